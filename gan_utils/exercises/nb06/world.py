"""The smallest GAN that can be broken in ten ways: bytes on a line, in plain JAX.

The data are bytes around 160. Prepared, they lie in [-1, 1], where G ends in tanh.
Every part is a plain function, so that a learner's version can take its place.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import leaky_relu, softplus

HIDDEN = 32
BATCH = 64
STEPS = 1500
STEEP = 3.0  # slope of D's hidden units at the start
LAST = 1000  # data and fakes that D sees at the end
RATE = 0.1
LEASH = 0.997  # shrinks D a little in each update, or the players would orbit


def prepare(raw):
    """Scale bytes (B, 1) to [-1, 1]."""
    return raw / 127.5 - 1.0


def D(d, x):
    """Compute logits (B, 1) of samples (B, 1)."""
    return leaky_relu(x @ d["v"] + d["a"]) @ d["w"] + d["b"]


def G(g, z):
    """Turn noise (B, 1) into samples (B, 1)."""
    return jnp.tanh(g["shift"] + g["scale"] * z)


def d_loss(D, G, d, g, x, z):
    """Compute the discriminator's loss."""
    return (softplus(-D(d, x)) + softplus(D(d, G(g, z)))).mean()


def g_loss(D, G, d, g, z):
    """Compute the generator's loss."""
    return softplus(-D(d, G(g, z))).mean()


def step(D, G, d_loss, g_loss, d, g, x, z, rate):
    """Move D, then G."""
    to_d = jax.grad(lambda d: d_loss(D, G, d, g, x, z))(d)
    d = jax.tree.map(lambda p, slope: p - rate * slope, d, to_d)
    to_g = jax.grad(lambda g: g_loss(D, G, d, g, z))(g)
    g = jax.tree.map(lambda p, slope: p - rate * slope, g, to_g)
    return d, g


class World(NamedTuple):
    """The parts of a GAN; replace one with a learner's."""

    prepare: Callable = prepare
    D: Callable = D
    G: Callable = G
    d_loss: Callable = d_loss
    g_loss: Callable = g_loss
    step: Callable = step


class Course(NamedTuple):
    """What a run left behind: samples of its last third, D's opinions at the end."""

    start: tuple  # parameters (d, g)
    end: tuple
    fakes: jax.Array  # (N, 1)
    data: jax.Array  # (N, 1), prepared
    on_data: jax.Array  # logits, (N, 1)
    on_fakes: jax.Array  # logits of the last G's samples, (N, 1)
    loss: jax.Array  # D's, at the end


@lru_cache  # drawn by NumPy: what a learner changes is compiled without a generator
def raw_data(*shape: int, seed: int = 0) -> np.ndarray:
    """Draw bytes, shape (*shape, 1), as floating-point numbers from 0 to 255."""
    bells = np.random.default_rng((seed, 0)).normal(160.0, 25.0, (*shape, 1))
    return np.clip(np.round(bells), 0, 255).astype("float32")


@lru_cache
def noise(*shape: int, seed: int = 0) -> np.ndarray:
    """Draw the generator's noise, shape (*shape, 1)."""
    draws = np.random.default_rng((seed, 1)).standard_normal((*shape, 1))
    return draws.astype("float32")


def start(shift: float = -0.5, scale: float = 0.15):
    """Make starting parameters (d, g): fakes around tanh(shift).

    The kinks of D's hidden units lie side by side from -1 to 1, so that narrow fakes
    show wherever they and the data are.
    """
    signs = np.resize([1.0, -1.0], HIDDEN)
    v = jnp.asarray(STEEP * signs, "float32")
    a = jnp.asarray(-STEEP * signs * np.linspace(-1, 1, HIDDEN), "float32")
    d = {"v": v[None], "a": a, "w": jnp.zeros((HIDDEN, 1)), "b": jnp.zeros(1)}
    return d, {"shift": jnp.float32(shift), "scale": jnp.float32(scale)}


def play(world: World, players, moves_g: bool) -> Course:
    """Train for `STEPS` updates and look at what came of it.

    Args:
        world: the parts; one program is compiled for each.
        players: starting parameters (d, g).
        moves_g: False lets G rest: only D is kept from each update.

    Returns:
        Course.
    """
    batches = raw_data(STEPS, BATCH), noise(STEPS, BATCH)
    last = raw_data(LAST, seed=1), noise(LAST, seed=1)
    return _play(world, players, moves_g, batches, last)


@partial(jax.jit, static_argnames="world")
def _play(world, players, moves_g, batches, last):
    def update(players, batch):
        (d, g), (raw, z) = players, batch
        losses = world.d_loss, world.g_loss
        x = world.prepare(raw)
        new_d, new_g = world.step(world.D, world.G, *losses, d, g, x, z, RATE)
        new_d = jax.tree.map(lambda p: LEASH * p, new_d)
        new_g = jax.tree.map(lambda new, old: jnp.where(moves_g, new, old), new_g, g)
        return (new_d, new_g), world.G(g, z)

    end, fakes = jax.lax.scan(update, players, batches)
    (d, g), x, z = end, world.prepare(last[0]), last[1]
    return Course(
        players,
        end,
        fakes[-(STEPS // 3) :].reshape(-1, 1),
        x,
        world.D(d, x),
        world.D(d, world.G(g, z)),
        world.d_loss(world.D, world.G, d, g, x, z),
    )
