"""What the networks say at one moment: a single compiled program for each structure."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.lab.frame import ARROW_COUNT
from gan_utils.lab.loss_readings import shade
from gan_utils.metrics import mode_report
from gan_utils.networks import models


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
    seen = compared(gan, state, z, nodes, cells, real, gan.loss, shade(gan.loss))
    return seen._replace(modes=modes(source, seen.fake[: len(real)]))


def compared(
    gan, state, z, nodes, cells, real, loss: Callable, reading: Callable
) -> Picture:
    """Take a picture under a loss and its reading, which may be chosen in the program.

    Args:
        gan, state, z, nodes, cells, real: as in `take`.
        loss: as of `gan_utils.losses`.
        reading: how scores become probabilities, as of `loss_readings.shade`.

    Returns:
        Picture in which no modes are counted.
    """
    everything = place(gan, state, jnp.concatenate([z, nodes]))
    fake, manifold = everything[: len(z)], everything[len(z) :]
    few = fake[: len(real)]
    score = partial(_score, gan, state)
    scores = score(jnp.concatenate([cells, real, few]))
    on_cells, on_real, on_fake = jnp.split(scores, (len(cells), len(cells) + len(real)))
    middle = (on_real.mean() + on_fake.mean()) / 2
    spread = scores[len(cells) :].std() + 1e-6
    probability = partial(reading, middle=middle, spread=spread)
    x, partner = few[:ARROW_COUNT], on_real[:ARROW_COUNT]
    return Picture(
        fake=fake,
        manifold=manifold,
        heat=probability(on_cells),
        scores=on_cells,
        on_real=probability(on_real),
        on_fake=probability(on_fake),
        d_loss=loss(on_real, on_fake).discriminator.mean(),
        arrows={
            "generator_loss": _slope(lambda x: -loss(partner, score(x)).generator, x),
            "discriminator": _slope(lambda x: probability(score(x)), x),
        },
        modes=jnp.zeros((), "int32"),
    )


def _score(gan, state, x):
    """Compute the discriminator's scores (n,) of points (n, dim)."""
    return models.apply(gan.discriminator, state.d.variables, x)[0]


def _slope(function, x):
    """Differentiate a function of single points, (n, dim) -> (n,), in each point."""
    return jax.grad(lambda x: function(x).sum())(x)


def modes(source, x):
    """Count the modes of a distribution that points reach; 0 without modes."""
    if getattr(source, "modes", None) is None:
        return jnp.zeros((), "int32")
    return mode_report(x, source).modes


@partial(jax.jit, static_argnames=("gan",))
def place(gan, state, z):
    """Map noise (n, size) to samples (n, dim)."""
    return models.apply(gan.generator, state.g.variables, z)[0]
