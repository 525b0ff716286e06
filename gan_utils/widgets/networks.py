"""Widgets of notebook 03: a sheet of noise, the chain rule, kernels, a latent walk."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import plots
from gan_utils.networks import layers
from gan_utils.widgets.controls import choice, slider
from gan_utils.widgets.registry import registered
from gan_utils.widgets.slider_figure import Explorer, explore

SIDE = np.linspace(-2.0, 2.0, 21, dtype="float32")
SQUARES = np.stack(np.meshgrid(SIDE, SIDE), axis=-1)


@registered
def fold_the_sheet() -> Explorer:
    """Explore a random generator of the plane: how its weights bend and fold noise."""

    def draw(strength, seed):
        after, factors = _bent(float(strength), int(seed))
        return plots.sheet_of_noise(SQUARES, after, factors)

    return explore(
        draw,
        strength=slider(0.0, 2.0, 0.6, step=0.1, label="strength of the bend"),
        seed=slider(0, 9, 0, label="seed"),
    )


@jax.jit
def _bend(strength, seed):
    inward, outward, shift = jax.random.split(jax.random.key(seed), 3)
    W = jax.random.normal(inward, (2, 16))
    V = jax.random.normal(outward, (16, 2)) / 4
    b = jax.random.normal(shift, (16,))

    def g(z):
        return z + strength * jnp.tanh(z @ W + b) @ V

    z = jnp.asarray(SQUARES).reshape(-1, 2)
    return jax.vmap(g)(z), jnp.linalg.det(jax.vmap(jax.jacobian(g))(z))


@cache
def _bent(strength, seed):
    after, factors = _bend(strength, seed)
    grid = SQUARES.shape[:2]
    return np.reshape(after, SQUARES.shape), np.reshape(factors, grid)


ARROWS = {
    "to the right": (1.0, 0.0),
    "up": (0.0, 1.0),
    "to the right and up": (1.0, 1.0),
    "to the left": (-1.0, 0.0),
}


@registered
def chain_rule() -> Explorer:
    """Explore an arrow's way back from a sample to the weights, moment by moment."""
    v, W = (0.5, 1.0, -1.0), ((2.0, -1.0), (-0.5, 1.0), (-1.0, 1.0))

    def draw(moment, arrow):
        return plots.chain_rule(2.0, v, W, ARROWS[arrow], int(moment))

    return explore(
        draw,
        moment=slider(1, 5, 4, label="moment"),
        arrow=choice(list(ARROWS), label="arrow"),
    )


@registered
def overlapping_kernels() -> Explorer:
    """Explore a transposed convolution: sizes, overlaps and the checkerboard."""

    def draw(size, kernel, stride, padding):
        counts = layers.overlap_count(size, kernel, stride, padding)
        first = np.arange(size) * stride - padding
        title = f"{size} → {len(counts)} pixels"
        return plots.overlaps(first, first + kernel - 1, counts, title=title)

    return explore(
        draw,
        size=slider(4, 10, 7, label="inputs n"),
        kernel=slider(2, 6, 3, label="kernel k"),
        stride=slider(1, 4, 2, label="stride s"),
        padding=slider(0, 2, 0, label="padding p"),
    )


@registered
def latent_walk() -> Explorer:
    """Explore a walk between two latents: the straight line leaves the shell."""

    @cache
    def noise(dim):
        return np.random.default_rng(0).normal(size=(4000, dim))

    def draw(t, dim):
        z = noise(dim)
        z0, z1 = z[:2]
        omega = np.arccos(z0 @ z1 / np.linalg.norm(z0) / np.linalg.norm(z1))
        round_way = np.sin((1 - t) * omega) * z0 + np.sin(t * omega) * z1
        marks = {
            "straight line": np.linalg.norm((1 - t) * z0 + t * z1),
            "great circle": np.linalg.norm(round_way) / np.sin(omega),
        }
        return plots.shell({f"{dim} coordinates": np.linalg.norm(z, axis=1)}, marks)

    return explore(
        draw,
        t=slider(0.0, 1.0, 0.5, step=0.05, label="position t"),
        dim=choice({"2": 2, "32": 32, "512": 512}, 32, label="coordinates of z"),
    )
