"""Limits on a network's weights that keep it from being steep: clipping, spectral norm.

`gan_utils.penalties` offers both beside the penalties.
"""

import jax
import jax.numpy as jnp

from gan_utils import validate


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
