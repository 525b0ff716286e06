"""A discriminator trained alone, against fakes that stand still.

It takes no `step.move_d`: that moves one half of a `GANState`, and here there is no
generator to make one of. What is left of a move is `_step` below.
"""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax

from gan_utils import losses, validate
from gan_utils.by_value import by_value
from gan_utils.data.batches import Batches, batches
from gan_utils.lipschitz import clip_weights
from gan_utils.networks import models
from gan_utils.networks.functional import Factory, Variables
from gan_utils.networks.traits import convolves


class CriticFit(NamedTuple):
    """A trained discriminator and how it got there."""

    variables: Variables  # after the last step
    loss: jax.Array  # (steps,) mean loss of each step, without the penalty
    frames: Variables  # after every steps / frames steps, leading axis (frames,)


def fit_critic(
    discriminator: Factory,
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
    only: a convolution inside a scan is slow on the CPU. All batches are drawn in
    advance, so memory grows with steps * batch_size.

    Args:
        discriminator: network from samples (B, ...) to logits (B,).
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
            "steps between frames, so steps must be a multiple of frames."
        )
    validate.not_negative(gamma, "gamma")
    validate.positive(learning_rate, "learning_rate")
    if clip is not None:
        validate.positive(clip, "clip")
    discriminator = by_value(discriminator, "discriminator")
    x = jax.eval_shape(lambda: _source(real, batch_size).batch(key, 0).x[0])
    if convolves(discriminator, x):
        raise ValueError(
            "discriminator holds a convolution; expected dense layers, because a "
            "convolution inside a scan is slow on the CPU. Jit one step and loop."
        )
    rule = _Rule(discriminator, loss, penalty)
    numbers = _Numbers(gamma, jnp.inf if clip is None else clip, learning_rate)
    for_start, for_real, for_fake, for_penalty = jax.random.split(key, 4)
    seen = _Seen(
        real=_draw(_source(real, batch_size), for_real, steps, frames),
        fake=_draw(_source(fake, batch_size), for_fake, steps, frames),
        keys=jax.random.split(for_penalty, (frames, steps // frames)),
    )
    variables = _start(discriminator, for_start)
    return _fit(rule, variables, seen, jax.tree.map(jnp.float32, numbers))


class _Rule(NamedTuple):
    """What the compiled program depends on."""

    discriminator: Factory
    loss: losses.Loss
    penalty: Any


class _Numbers(NamedTuple):
    """What may change without compiling again."""

    gamma: jax.Array
    clip: jax.Array
    learning_rate: jax.Array


class _Seen(NamedTuple):
    """All that a critic is shown, drawn in advance: (frames, steps / frames, ...)."""

    real: jax.Array
    fake: jax.Array
    keys: jax.Array  # for a penalty that needs chance


def _source(source, batch_size) -> Batches:
    if validate.is_traced(source):  # under vmap its numbers cannot be checked
        return Batches((source, None), batch_size)
    return batches(source, batch_size)


# Random numbers and starting weights take longest to compile. In programs of their own
# they are compiled once, whatever the penalty.
@partial(jax.jit, static_argnums=(2, 3))
def _draw(source, key, steps, frames):
    x = Batches(source.source, source.batch_size, steps).batch(key, 0).x
    return x.reshape(frames, steps // frames, *x.shape[1:])


@partial(jax.jit, static_argnums=0)
def _start(discriminator, key) -> Variables:
    return models.init(discriminator, key)


@partial(jax.jit, static_argnums=0)
def _fit(rule, variables, seen, numbers) -> CriticFit:
    # One vector of all parameters: fewer kernels to compile.
    adam = optax.flatten(optax.adam(numbers.learning_rate))
    step = partial(_step, rule, adam, numbers)

    def frame(carry, seen):
        carry, loss = jax.lax.scan(step, carry, seen)
        return carry, (loss, carry[0])

    start = variables, adam.init(variables.params)
    (variables, _), (loss, frames) = jax.lax.scan(frame, start, seen)
    return CriticFit(variables, loss.reshape(-1), frames)


def _step(rule, adam, numbers, carry, seen):
    """Make one update of the discriminator on one batch of each kind."""
    variables, opt_state = carry

    def objective(params):
        trained = variables._replace(params=params)
        judge = partial(models.apply, rule.discriminator)
        on_real, after = judge(trained, seen.real, train=True)
        on_fake, after = judge(after, seen.fake, train=True)
        loss = rule.loss(on_real, on_fake).discriminator.mean()
        if rule.penalty is None:
            return loss, (loss, after.rest)

        def critic(x):
            return judge(trained, x)[0]

        penalty = rule.penalty(critic, seen.real, seen.fake, seen.keys).mean()
        return loss + numbers.gamma * penalty, (loss, after.rest)

    slope, (loss, rest) = jax.grad(objective, has_aux=True)(variables.params)
    with jax.numpy_dtype_promotion("standard"):  # optax mixes a float and a count
        updates, opt_state = adam.update(slope, opt_state)
    params = optax.apply_updates(variables.params, updates)
    variables = Variables(clip_weights(params, numbers.clip), rest)
    return (variables, opt_state), loss
