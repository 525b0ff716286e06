"""Probes: small experiments that show how a GAN is wired, whatever its parts are."""

import dataclasses
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.data import Batch
from gan_utils.networks import models

RATE = 1e-3  # learning rate of a probe's step
# For a program that is called once: it compiles in half the time and runs up to four
# times as slowly.
ONCE = {
    "xla_backend_optimization_level": 0,
    "xla_llvm_disable_expensive_passes": True,
}
AT = (-3.0, 0.0, 3.0)  # logits at which a loss is asked for its slopes


class Wiring(NamedTuple):
    """What single updates move and read."""

    d_by_d: float  # length of D's move when only D has a learning rate
    g_by_d: float  # of G's move then: 0 in a sound GAN
    d_by_g: float  # of D's move when only G has one: 0 in a sound GAN
    g_by_g: float  # of G's move then
    d_gain: float  # change of D's own loss by D's move, below 0 in a sound GAN
    g_gain: float  # change of G's own loss by G's move, below 0 in a sound GAN
    reads_data: float  # how far D's move changes with the data; 0: never read
    printed: float  # D's loss as the update reports it
    computed: float  # and as `GAN.compare` computes it from the same batch
    same_points: float  # |logit as data - logit as fakes| of the same points, of means
    batch_gap: float  # way of G(z) from batch statistics to running ones, r.m.s.


def wiring(gan, state, x, other, z) -> Wiring:
    """Make single updates from one state and see what they change.

    The penalty and the projection of weights are left out: they concern D alone.

    Args:
        gan: structure.
        state: of one run.
        x: data (B, ...).
        other: other data of the same shape, for `reads_data`.
        z: latents (B, size).

    Returns:
        Wiring.
    """
    plain = dataclasses.replace(gan, penalty=None, project=None)
    found = jax.device_get(_wiring(plain, state, x, other, z))
    return Wiring(*map(float, found))


@partial(jax.jit, static_argnames="gan", compiler_options=ONCE)
def _wiring(gan, state, x, other, z) -> Wiring:
    d, g = state.d.variables, state.g.variables
    key = jax.random.key(0)  # for nothing: latents are given and there is no penalty

    def step(d_rate, g_rate, x):
        hyper = state.hyper._replace(d_learning_rate=d_rate, g_learning_rate=g_rate)
        return gan.step(state._replace(hyper=hyper), _batch(gan, x, z))

    def losses(d, g):
        return gan.compare(d, g, x, key, z=z).losses

    rates = jnp.array([[RATE, 0.0, RATE], [0.0, RATE, 0.0]])
    after, report = jax.vmap(step)(*rates, jnp.stack([x, x, other]))
    by_d, by_g, elsewhere = (
        jax.tree.map(lambda rows, k=k: rows[k], after) for k in range(3)
    )
    fakes, _ = models.apply(gan.generator, g, z, train=True)
    still, _ = models.apply(gan.generator, g, z, train=False)
    seen = gan.compare(d, g, fakes, key, z=z)
    before = losses(d, g)
    return Wiring(
        d_by_d=_way(by_d.d, state.d),
        g_by_d=_way(by_d.g, state.g),
        d_by_g=_way(by_g.d, state.d),
        g_by_g=_way(by_g.g, state.g),
        d_gain=losses(by_d.d.variables, g).discriminator - before.discriminator,
        g_gain=losses(d, by_g.g.variables).generator - before.generator,
        reads_data=_way(elsewhere.d, by_d.d),
        printed=report.d_loss[1],  # D rests there, however many moves it has
        computed=before.discriminator,
        same_points=jnp.abs((seen.real - seen.fake).mean()),
        batch_gap=jnp.sqrt(((fakes - still) ** 2).mean()),
    )


def _batch(gan, x, z) -> Batch:
    """Give the same data and latents to every move of an update."""

    def repeat(rows, n):
        return jnp.broadcast_to(rows, (n, *rows.shape))

    return Batch(repeat(x, gan.update.draws), None, repeat(z, gan.update.moves))


def _way(after, before) -> jax.Array:
    """Measure the distance between a player's parameters after and before."""
    pairs = zip(
        jax.tree.leaves(after.variables.params),
        jax.tree.leaves(before.variables.params),
        strict=True,
    )
    return jnp.sqrt(sum(((a - b) ** 2).sum() for a, b in pairs))


class LossShape(NamedTuple):
    """How the two losses answer to logits alone, without any network."""

    floor: float  # least value of D's loss for logits from -20 to 20
    symmetric: bool  # exchanging data and fakes changes nothing for D
    on_real: tuple[float, ...]  # slope of D's loss in the logit on data, at `AT`
    on_fake: tuple[float, ...]  # slope of D's loss in the logit on fakes
    g_on_fake: tuple[float, ...]  # slope of G's loss in the logit on fakes


def loss_shape(loss) -> LossShape:
    """Ask a loss for its values and slopes at logits of our choice.

    Args:
        loss: from `gan_utils.losses`, or in its form.

    Returns:
        LossShape; slopes are means over the other player's logits at `AT`.
    """
    floor, symmetric, *slopes = jax.device_get(_shape(loss))
    return LossShape(
        float(floor), bool(symmetric), *(tuple(s.tolist()) for s in slopes)
    )


@partial(jax.jit, static_argnames="loss", compiler_options=ONCE)
def _shape(loss):
    wide, few = jnp.linspace(-20.0, 20.0, 161), jnp.array(AT)
    real, fake = (axis.ravel() for axis in jnp.meshgrid(wide, wide))
    d, exchanged = loss(real, fake).discriminator, loss(fake, real).discriminator
    symmetric = jnp.allclose(d, exchanged, rtol=1e-4, atol=1e-4, equal_nan=True)

    def total(player, real, fake):
        return getattr(loss(real, fake), player).sum()

    at = [axis.ravel() for axis in jnp.meshgrid(few, few, indexing="ij")]
    on_real, on_fake = jax.grad(partial(total, "discriminator"), argnums=(0, 1))(*at)
    g_on_fake = jax.grad(partial(total, "generator"), argnums=1)(*at)
    square = (len(AT), len(AT))
    return (
        jnp.nanmin(d),
        symmetric,
        on_real.reshape(square).mean(1),
        on_fake.reshape(square).mean(0),
        g_on_fake.reshape(square).mean(0),
    )
