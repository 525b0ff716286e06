"""What the networks say at one moment: a single compiled program for each structure."""

from functools import lru_cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from scipy.special import ndtr

from gan_utils.data.latents import Uniform
from gan_utils.lab.frame import ARROW_COUNT, CELLS, NODES, POINTS, REACH
from gan_utils.lab.loss_readings import shade
from gan_utils.metrics import mode_report
from gan_utils.networks import models

SAMPLE = 20_000  # generated points that densities are estimated from
LINE_CELLS = 200  # of the view in one dimension
WIDEST = 2.5  # standard deviations of normal noise that the net covers


class Picture(NamedTuple):
    """Arrays of one moment; points have the dimension of the data."""

    fake: jax.Array  # (SAMPLE, dim)
    manifold: jax.Array  # (nodes, dim)
    heat: jax.Array  # (cells,) probability of "real"
    scores: jax.Array  # (cells,) what the discriminator says there
    on_real: jax.Array  # (POINTS,) probabilities
    on_fake: jax.Array  # (POINTS,)
    d_loss: jax.Array  # () mean over these points, without penalty
    arrows: dict[str, jax.Array]  # (ARROW_COUNT, dim) each
    modes: jax.Array  # () modes with a sample, of the first POINTS; 0 without modes


class Net(NamedTuple):
    """The net that is drawn over the noise, and where its picture begins."""

    nodes: np.ndarray  # (k * k, size) or (k, size) noise
    start: np.ndarray  # (k, k, 2) or (k, 1, 2) the same in the view
    mass: np.ndarray  # probability of each mesh


@partial(jax.jit, static_argnames=("gan",))
def take(gan, state, z, nodes, cells, real, source) -> Picture:
    """Take a picture of a run.

    Args:
        gan: structure.
        state: of one run.
        z: noise of the fakes, (SAMPLE, size).
        nodes: noise of the net, (nodes, size).
        cells: centres of the heat map's cells, (cells, dim).
        real: data, (POINTS, dim).
        source: their distribution.
    """
    g, d = state.g.variables, state.d.variables
    fake = models.apply(gan.generator, g, jnp.concatenate([z, nodes]))[0]
    fake, manifold = fake[: len(z)], fake[len(z) :]
    few = fake[: len(real)]

    def score(x):
        return models.apply(gan.discriminator, d, x)[0]

    scores = score(jnp.concatenate([cells, real, few]))
    on_cells, on_real, on_fake = jnp.split(scores, (len(cells), len(cells) + len(real)))
    middle = (on_real.mean() + on_fake.mean()) / 2
    spread = scores[len(cells) :].std() + 1e-6
    probability = partial(shade(gan.loss), middle=middle, spread=spread)
    x, partner = few[:ARROW_COUNT], on_real[:ARROW_COUNT]
    return Picture(
        fake=fake,
        manifold=manifold,
        heat=probability(on_cells),
        scores=on_cells,
        on_real=probability(on_real),
        on_fake=probability(on_fake),
        d_loss=gan.loss(on_real, on_fake).discriminator.mean(),
        arrows={
            "generator_loss": -jax.grad(
                lambda x: gan.loss(partner, score(x)).generator.sum()
            )(x),
            "discriminator": jax.grad(lambda x: probability(score(x)).sum())(x),
        },
        modes=_modes(source, few),
    )


def _modes(source, x):
    if getattr(source, "modes", None) is None:
        return jnp.zeros((), "int32")
    return mode_report(x, source).modes


@partial(jax.jit, static_argnames=("gan",))
def place(gan, state, z):
    """Map noise (n, size) to samples (n, dim)."""
    return models.apply(gan.generator, state.g.variables, z)[0]


@lru_cache(maxsize=8)
def noise(latent) -> jax.Array:
    """Draw the noise that every picture shows, (SAMPLE, size): always the same."""
    return latent.sample(jax.random.key(1), SAMPLE)


@lru_cache(maxsize=8)
def net(latent) -> Net:
    """Lay a regular net over the noise."""
    uniform = isinstance(latent, Uniform)
    widest = 1.0 if uniform else WIDEST
    axis = np.linspace(-widest, widest, NODES)
    share = np.diff(axis / (2 * widest) if uniform else ndtr(axis))
    if latent.size == 1:
        nodes, mass = axis[:, None], share[:, None]
        start = np.stack([axis, np.zeros(NODES)], -1)[:, None]
    else:
        start = np.stack(np.meshgrid(axis, axis), -1)
        nodes, mass = start.reshape(-1, 2), share[:, None] * share[None]
    scale = _scale(latent)
    return Net(
        nodes.astype("float32"), (scale * start).astype("float32"), mass.astype(float)
    )


@lru_cache(maxsize=8)
def in_view(latent) -> np.ndarray:
    """Scale the noise of a picture's POINTS to the view, (POINTS, 2)."""
    return plane(_scale(latent) * np.asarray(noise(latent))[:POINTS])


def plane(x: np.ndarray) -> np.ndarray:
    """Write points (..., dim) with two coordinates, the second 0 where it lacks."""
    x = np.asarray(x, "float32")
    return x if x.shape[-1] == 2 else np.concatenate([x, np.zeros_like(x)], -1)


def _scale(latent) -> float:
    return REACH * (0.9 if isinstance(latent, Uniform) else 0.9 / WIDEST)


@lru_cache(maxsize=2)
def centres(dim: int) -> np.ndarray:
    """List the centres of the view's cells, (cells, dim), row by row from below."""
    count = CELLS if dim == 2 else LINE_CELLS
    axis = (np.arange(count) + 0.5) * (2 * REACH / count) - REACH
    axis = axis.astype("float32")
    if dim == 1:
        return axis[:, None]
    return np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2)
