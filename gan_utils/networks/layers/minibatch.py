"""Minibatch statistics: let a discriminator see how much a batch varies."""

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import validate


def minibatch_std(x: jax.Array, group_size: int | None = None) -> jax.Array:
    """Append one feature that holds the spread of each group of samples.

    The standard deviation of every feature over the group, averaged over all features,
    is one number; each sample of the group gets it as an extra feature. A generator
    that has collapsed to one sample shows as a 0.

    Args:
        x: features, shape (B, ..., C).
        group_size: samples a group, a divisor of B; None for the whole batch.

    Returns:
        Features, shape (B, ..., C + 1).

    Raises:
        ValueError: x has no feature axis, or the batch cannot be divided into groups.

    References:
        Karras et al., Progressive growing of GANs, arXiv:1710.10196, section 3.
    """
    if x.ndim < 2:
        raise ValueError(f"x is {validate.describe(x)}; expected shape (B, ..., C).")
    size = x.shape[0] if group_size is None else group_size
    if x.shape[0] % validate.count(size, "group_size", minimum=1):
        raise ValueError(
            f"group_size is {size}; expected a divisor of the batch size {x.shape[0]}."
        )
    groups = x.reshape(-1, size, *x.shape[1:])
    spread = jnp.sqrt(groups.var(axis=1) + 1e-8)  # the root has no slope at 0
    spread = jnp.repeat(spread.reshape(len(groups), -1).mean(axis=1), size)
    column = spread.reshape(-1, *(1,) * (x.ndim - 1))
    column = jnp.broadcast_to(column, (*x.shape[:-1], 1))
    return jnp.concatenate([x, column], axis=-1)


class MinibatchStd(nnx.Module):
    """`minibatch_std` over the whole batch, as a layer without parameters."""

    couples_samples = True

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map features (B, ..., C) to (B, ..., C + 1)."""
        return minibatch_std(x)
