"""Ways to keep a discriminator smooth: gradient penalties, clipping, spectral norm."""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from gan_utils import validate
from gan_utils.threefry import unrolled

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

    The noise is as wide as half the standard deviation of all numbers in the batch, so
    that the slope is held to 1 around the data and not on lines to the fakes.

    Args:
        critic: function from samples (B, ...) to values (B,), each row on its own.
        real: data, shape (B, ...).
        fake: not used; every penalty has the same signature.
        key: PRNG key for the noise.

    Returns:
        Penalty per sample, shape (B,); the trainer multiplies it by gamma (lambda in
        the paper, 10 there).

    Raises:
        ValueError: when there is no key.

    References:
        Kodali et al., On convergence and stability of GANs, arXiv:1705.07215.
    """
    if key is None:
        raise ValueError("key is None; expected a PRNG key: the noise is random.")
    noise = jax.random.normal(unrolled(key), real.shape, real.dtype)
    return _one_centred(critic, real + 0.5 * real.std() * noise)


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
    if real.shape != fake.shape:
        raise ValueError(
            f"real has shape {real.shape} and fake has shape {fake.shape}; expected "
            "the same shape. Likely cause: two batch sizes, or flat against image data."
        )
    shape = (real.shape[0],) + (1,) * (real.ndim - 1)
    alpha = jax.random.uniform(unrolled(key), shape, real.dtype)
    return alpha * real + (1 - alpha) * fake


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


def clip_weights(params, limit):
    """Clip every parameter to [-limit, limit], the first Wasserstein GAN's projection.

    Args:
        params: pytree of arrays.
        limit: largest absolute value, above 0 (0.01 in the paper).

    Returns:
        Pytree of the same structure.

    Raises:
        ValueError: when limit is not above 0.

    References:
        Arjovsky et al., Wasserstein GAN, arXiv:1701.07875, algorithm 1.
    """
    validate.positive(limit, "limit")
    return jax.tree.map(lambda w: jnp.clip(w, -limit, limit), params)


def power_iteration(w: jax.Array, u: jax.Array, steps: int = 1):
    """Estimate the largest singular value of a matrix by power iteration.

    Args:
        w: matrix, shape (rows, columns).
        u: current guess of the left singular vector, shape (rows,).
        steps: number of iterations, 1 or more.

    Returns:
        (sigma, u): the estimate, shape (), and the improved unit vector, shape (rows,).
        The vectors are constants for differentiation; sigma = u^T w v is not.

    Raises:
        ValueError: when w is no matrix, u does not fit it or is zero, or steps is 0.

    References:
        Miyato et al., Spectral normalization, arXiv:1802.05957, algorithm 1.
    """
    _check_power_iteration(w, u, steps)
    u = jax.lax.stop_gradient(u)
    frozen = jax.lax.stop_gradient(w)
    for _ in range(steps):
        v = _unit(frozen.T @ u, 0.0)
        u = _unit(frozen @ v, u)  # a zero matrix must not erase the guess
    return u @ w @ v, u


def _unit(x: jax.Array, otherwise) -> jax.Array:
    norm = jnp.linalg.norm(x)
    return jnp.where(norm > 0, x / jnp.maximum(norm, 1e-12), otherwise)


def _check_power_iteration(w, u, steps):
    validate.count(steps, "steps", minimum=1)
    if w.ndim != 2:
        raise ValueError(
            f"w is {validate.describe(w)}; expected a matrix. Likely cause: the kernel "
            "of a convolution; use kernel.reshape(-1, kernel.shape[-1])."
        )
    if u.shape != w.shape[:1]:
        raise ValueError(
            f"u has shape {u.shape} and w has shape {w.shape}; expected u of shape "
            f"{w.shape[:1]}. Likely cause: a guess of the right vector, not the left."
        )
    if not validate.is_traced(u) and not jnp.any(u):
        raise ValueError(
            "u is zero; expected a direction, for example a random vector."
        )
