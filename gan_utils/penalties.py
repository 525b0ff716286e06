"""Gradient penalties: ways to ask a discriminator to be smooth."""

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp

from gan_utils import validate
from gan_utils.lipschitz import clip_weights, power_iteration

__all__ = [
    "Critic",
    "OnPart",
    "clip_weights",
    "dragan",
    "gradient_penalty",
    "interpolate",
    "on_part",
    "power_iteration",
    "r1",
    "r1_r2",
    "r2",
    "squared_gradient_norm",
    "surround",
]

Critic = Callable[[jax.Array], jax.Array]  # x (B, ...) -> logits (B,)


def r1(critic: Critic, real: jax.Array, fake: jax.Array, key=None) -> jax.Array:
    """Compute |grad D|^2 / 2 on the data, the zero-centred penalty R1.

    Args:
        critic: function from samples (B, ...) to logits (B,), each row on its own.
        real: data, shape (B, ...).
        fake: not used; every penalty has the same signature.
        key: not used.

    Returns:
        Penalty per sample, shape (B,); the trainer multiplies it by gamma.

    References:
        Mescheder et al., Which training methods for GANs do actually converge?,
        arXiv:1801.04406, eq. 9.
    """
    return 0.5 * squared_gradient_norm(critic, real)


def r2(critic: Critic, real: jax.Array, fake: jax.Array, key=None) -> jax.Array:
    """Compute |grad D|^2 / 2 on the generated samples, the zero-centred penalty R2.

    Args:
        critic: function from samples (B, ...) to logits (B,), each row on its own.
        real: not used; every penalty has the same signature.
        fake: generated samples, shape (B, ...).
        key: not used.

    Returns:
        Penalty per sample, shape (B,); the trainer multiplies it by gamma.

    References:
        Mescheder et al., arXiv:1801.04406, eq. 10.
    """
    return 0.5 * squared_gradient_norm(critic, fake)


def r1_r2(critic: Critic, real: jax.Array, fake: jax.Array, key=None) -> jax.Array:
    """Compute R1 + R2: the penalty on both the data and the generated samples.

    Args:
        critic: function from samples (B, ...) to logits (B,), each row on its own.
        real: data, shape (B, ...).
        fake: generated samples, shape (B, ...).
        key: not used.

    Returns:
        Penalty per sample, shape (B,); the trainer multiplies it by gamma.

    References:
        Huang et al., arXiv:2501.05441.
    """
    return r1(critic, real, fake) + r2(critic, real, fake)


@dataclass(frozen=True)
class OnPart:
    """A penalty that is computed on one sample in so many; see `on_part`."""

    penalty: Callable
    every: int

    def __call__(self, critic: Critic, real, fake, key=None) -> jax.Array:
        """Compute the penalty of every n-th sample, shape (ceil(B / n),)."""
        return self.penalty(critic, real[:: self.every], fake[:: self.every], key)


def on_part(penalty: Callable, every: int) -> OnPart:
    """Describe a penalty that looks at one sample in so many, which costs less.

    Its mean over these has the same expectation as over all, and more noise. A penalty
    differentiates twice, so on a whole batch it costs more than the rest of D's step.

    Args:
        penalty: from this module.
        every: 1 or more; 4 looks at a quarter of the batch.

    Returns:
        The penalty, compared by value.

    Raises:
        ValueError: every is not a whole number of 1 or more.

    References:
        Karras et al., arXiv:1912.04958, save as much with R1 in every 16th step.
    """
    return OnPart(penalty, validate.count(every, "every", minimum=1))


def gradient_penalty(
    critic: Critic, real: jax.Array, fake: jax.Array, key: jax.Array
) -> jax.Array:
    """Compute (|grad D| - 1)^2 on random points between data and generated samples.

    Args:
        critic: function from samples (B, ...) to values (B,), each row on its own.
        real: data, shape (B, ...).
        fake: generated samples, shape (B, ...).
        key: PRNG key for the position on each line.

    Returns:
        Penalty per sample, shape (B,); the trainer multiplies it by gamma (lambda in
        the paper, 10 there). Where the gradient is exactly 0 the penalty is 1 and its
        slope is taken as 0.

    References:
        Gulrajani et al., Improved training of Wasserstein GANs, arXiv:1704.00028.
    """
    return _one_centred(critic, interpolate(real, fake, key))


def dragan(
    critic: Critic, real: jax.Array, fake: jax.Array, key: jax.Array
) -> jax.Array:
    """Compute (|grad D| - 1)^2 at data moved by normal noise, DRAGAN's penalty.

    The slope is held to 1 around the data (see `surround`) and not on lines to the
    fakes.

    Args:
        critic: function from samples (B, ...) to values (B,), each row on its own.
        real: data, shape (B, ...).
        fake: not used; every penalty has the same signature.
        key: PRNG key for the noise.

    Returns:
        Penalty per sample, shape (B,); the trainer multiplies it by gamma (lambda in
        the paper, 10 there).

    References:
        Kodali et al., On convergence and stability of GANs, arXiv:1705.07215.
    """
    return _one_centred(critic, surround(real, key))


def _one_centred(critic, x):
    squared = squared_gradient_norm(critic, x)
    positive = squared > 0  # sqrt has no finite slope at 0: keep it out of the gradient
    norm = jnp.where(positive, jnp.sqrt(jnp.where(positive, squared, 1.0)), 0.0)
    return (norm - 1) ** 2


def interpolate(real: jax.Array, fake: jax.Array, key: jax.Array) -> jax.Array:
    """Draw one point on the line between each datum and its generated partner.

    Args:
        real: data, shape (B, ...).
        fake: generated samples, the same shape.
        key: PRNG key.

    Returns:
        Points alpha * real + (1 - alpha) * fake, shape (B, ...), with ONE alpha,
        uniform on [0, 1], for each example (not one a pixel, not normal).

    Raises:
        ValueError: when the shapes differ or there is no key.
    """
    if key is None:
        raise ValueError(
            "key is None; expected a PRNG key: the place on each line is random."
        )
    validate.key(key, "key")
    real = jnp.asarray(validate.array(real, "real"))
    fake = jnp.asarray(validate.array(fake, "fake"))
    if real.shape != fake.shape:
        raise ValueError(
            f"real has shape {real.shape} and fake has shape {fake.shape}; expected "
            "the same shape. Likely cause: two batch sizes, or flat against image data."
        )
    shape = (real.shape[0],) + (1,) * (real.ndim - 1)
    alpha = jax.random.uniform(key, shape, real.dtype)
    return alpha * real + (1 - alpha) * fake


def surround(real: jax.Array, key: jax.Array) -> jax.Array:
    """Draw one point near each datum.

    Args:
        real: data, shape (B, ...).
        key: PRNG key.

    Returns:
        Points of the same shape: the data and normal noise half as wide as the standard
        deviation of all numbers in the batch.

    Raises:
        ValueError: when there is no key.
    """
    if key is None:
        raise ValueError("key is None; expected a PRNG key: the noise is random.")
    validate.key(key, "key")
    real = jnp.asarray(validate.array(real, "real"))
    return real + 0.5 * real.std() * jax.random.normal(key, real.shape, real.dtype)


def squared_gradient_norm(critic: Critic, x: jax.Array) -> jax.Array:
    """Compute |grad_x D(x)|^2 for every sample, summed over its pixels.

    Args:
        critic: function from samples (B, ...) to logits (B,), each row on its own.
        x: samples, shape (B, ...).

    Returns:
        Squared norms, shape (B,).

    Raises:
        ValueError: when the critic does not return one number a sample, or the samples
            are not floating point.
    """
    validate.function(critic, "critic")
    x = jnp.asarray(validate.array(x, "x"))
    if not jnp.issubdtype(x.dtype, jnp.floating):
        raise ValueError(
            f"x is {validate.describe(x)}; expected floating point, because it is "
            "differentiated. Likely cause: raw pixels; scale with x / 127.5 - 1."
        )

    def total(x):
        logits = critic(x)
        if logits.shape != x.shape[:1]:
            raise ValueError(
                f"critic returned shape {logits.shape} for {x.shape[0]} samples; "
                "expected one logit a sample, shape (B,). Likely cause: a last axis of "
                "size 1; use logits[:, 0]."
            )
        return logits.sum()  # rows are independent, so its gradient holds each row's

    gradient = jax.grad(total)(x)
    return (gradient**2).reshape(x.shape[0], -1).sum(axis=1)
