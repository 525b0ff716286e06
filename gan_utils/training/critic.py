"""A discriminator trained alone, against fakes that stand still."""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax

from gan_utils import losses, validate
from gan_utils.data.batches import Batches, batches
from gan_utils.networks import models
from gan_utils.networks.models import Network, Variables
from gan_utils.penalties import clip_weights


class CriticFit(NamedTuple):
    """A trained discriminator and how it got there."""

    variables: Variables  # after the last step
    loss: jax.Array  # (steps,) mean loss of each step, without the penalty
    frames: Variables  # after every steps / frames steps, leading axis (frames,)


def fit_critic(
    discriminator: Network,
    key: jax.Array,
    real: Any,
    fake: Any,
    *,
    loss: losses.Loss = losses.nonsaturating,
    penalty=None,
    gamma=0.0,
    clip=None,
    steps: int = 1000,
    batch_size: int = 128,
    learning_rate=1e-3,
    frames: int = 1,
) -> CriticFit:
    """Train a discriminator between two fixed sources by Adam, in one compiled scan.

    The function is pure: vmap it over keys, gamma or the sources. Dense networks
    only: a convolution inside a scan is slow on the CPU.

    Args:
        discriminator: recipe of a network from samples (B, ...) to logits (B,).
        key: PRNG key of the start and of the batches.
        real: distribution (fresh samples in every step) or array (N, ...).
        fake: distribution or array of the same sample shape.
        loss: pair of losses; only the discriminator's half is used.
        penalty: from `gan_utils.penalties`, or None.
        gamma: weight of the penalty, 0 or more.
        clip: largest absolute weight after each step, or None for no clipping.
        steps: number of updates, a multiple of `frames`.
        batch_size: samples of each source in one update.
        learning_rate: Adam's, with its usual decays 0.9 and 0.999.
        frames: how many snapshots of the variables to keep.

    Returns:
        CriticFit.

    Raises:
        ValueError: when a setting is out of range, or a convolution is asked for.
    """
    if validate.count(steps, "steps", 1) % validate.count(frames, "frames", 1):
        raise ValueError(
            f"steps is {steps} and frames is {frames}; expected a whole number of "
            "steps between frames."
        )
    validate.not_negative(gamma, "gamma")
    validate.positive(learning_rate, "learning_rate")
    if models.uses_convolution(discriminator):
        raise ValueError(
            "discriminator holds a convolution; expected dense layers, because a "
            "convolution inside a scan is slow on the CPU. Jit one step and loop."
        )
    rule = _Rule(discriminator, loss, penalty, steps, frames)
    weights = (gamma, jnp.inf if clip is None else clip, learning_rate)
    weights = jax.tree.map(jnp.float32, weights)
    sources = _source(real, batch_size), _source(fake, batch_size)
    return _fit(rule, key, sources, weights)


class _Rule(NamedTuple):
    """What the compiled program depends on."""

    discriminator: Network
    loss: losses.Loss
    penalty: Any
    steps: int
    frames: int


def _source(source, batch_size) -> Batches:
    if validate.is_traced(source):  # under vmap its numbers cannot be checked
        return Batches((source, None), batch_size)
    return batches(source, batch_size)


@partial(jax.jit, static_argnames="rule")
def _fit(rule, key, sources, weights) -> CriticFit:
    adam = optax.scale_by_adam()

    def step(carry, at):
        variables, moments = carry
        variables, moments, loss = _step(
            rule, adam, variables, moments, key, at, sources, weights
        )
        return (variables, moments), loss

    def frame(carry, steps):
        carry, loss = jax.lax.scan(step, carry, steps)
        return carry, (loss, carry[0])

    variables = models.init(rule.discriminator, key)
    start = variables, adam.init(variables.params)
    steps = jnp.arange(rule.steps).reshape(rule.frames, -1)
    (variables, _), (loss, frames) = jax.lax.scan(frame, start, steps)
    return CriticFit(variables, loss.reshape(-1), frames)


def _step(rule, adam, variables, moments, key, at, sources, weights):
    """Make one update of the discriminator on fresh batches."""
    gamma, clip, rate = weights
    keys = jax.random.split(jax.random.fold_in(key, at), 3)
    real, fake = (
        source.batch(k, at).x[0] for source, k in zip(sources, keys, strict=False)
    )

    def objective(params):
        trained = variables._replace(params=params)
        on_real, after = models.apply(rule.discriminator, trained, real, train=True)
        on_fake, after = models.apply(rule.discriminator, after, fake, train=True)
        loss = rule.loss(on_real, on_fake).discriminator.mean()
        if rule.penalty is None:
            return loss, (loss, after.rest)

        def critic(x):
            return models.apply(rule.discriminator, trained, x)[0]

        penalty = rule.penalty(critic, real, fake, keys[2]).mean()
        return loss + gamma * penalty, (loss, after.rest)

    slope, (loss, rest) = jax.grad(objective, has_aux=True)(variables.params)
    direction, moments = adam.update(slope, moments)
    params = jax.tree.map(lambda p, u: p - rate * u, variables.params, direction)
    params = clip_weights(params, clip)
    return Variables(params, rest), moments, loss
