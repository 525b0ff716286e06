"""The smallest GAN that can be broken in ten ways: bytes on a line, in plain JAX.

The data are bytes around 160. Prepared, they lie in [-1, 1], where G ends in tanh.
Every part is a plain function, so that a learner's version can take its place.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax.nn import leaky_relu, softplus

HIDDEN = 32
BATCH = 64
STEPS = 1500
RATE = 0.1
LEASH = 0.997  # shrinks D a little in each update, or the players would orbit


def prepare(raw):
    """Scale bytes (B, 1) to [-1, 1]."""
    return raw / 127.5 - 1.0


def D(d, x):
    """Judge samples (B, 1): logits (B, 1)."""
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


def raw_data(key, n: int):
    """Draw bytes, shape (n, 1), as floating-point numbers from 0 to 255."""
    return jnp.clip(jnp.round(160.0 + 25.0 * jax.random.normal(key, (n, 1))), 0, 255)


def start(shift: float = -0.5, scale: float = 0.15, seed: int = 0):
    """Make starting parameters (d, g): fakes around tanh(shift)."""
    keys = jax.random.split(jax.random.key(seed), 2)
    d = {
        "v": 2.0 * jax.random.normal(keys[0], (1, HIDDEN)),
        "a": jax.random.normal(keys[1], (HIDDEN,)),
        "w": jnp.zeros((HIDDEN, 1)),
        "b": jnp.zeros((1,)),
    }
    return d, {"shift": jnp.float32(shift), "scale": jnp.float32(scale)}


@partial(jax.jit, static_argnames="world")
def play(world: World, players, moves_g, seed=0) -> Course:
    """Train for `STEPS` updates and look at what came of it.

    Args:
        world: the parts; one program is compiled for each.
        players: starting parameters (d, g).
        moves_g: False lets G rest: only D is kept from each update.
        seed: of data and noise.

    Returns:
        Course.
    """

    def draw(key, n):
        keys = jax.random.split(key)
        return world.prepare(raw_data(keys[0], n)), jax.random.normal(keys[1], (n, 1))

    def update(players, key):
        d, g = players
        x, z = draw(key, BATCH)
        losses = world.d_loss, world.g_loss
        new_d, new_g = world.step(world.D, world.G, *losses, d, g, x, z, RATE)
        new_d = jax.tree.map(lambda p: LEASH * p, new_d)
        new_g = jax.tree.map(lambda new, old: jnp.where(moves_g, new, old), new_g, g)
        return (new_d, new_g), world.G(g, z)

    key = jax.random.key(seed)
    end, fakes = jax.lax.scan(update, players, jax.random.split(key, STEPS))
    x, z = draw(jax.random.fold_in(key, STEPS), 1000)
    d, g = end
    return Course(
        players,
        end,
        fakes[-(STEPS // 3) :].reshape(-1, 1),
        x,
        world.D(d, x),
        world.D(d, world.G(g, z)),
        world.d_loss(world.D, world.G, d, g, x, z),
    )
