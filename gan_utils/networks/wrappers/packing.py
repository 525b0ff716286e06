"""Packing: a discriminator that judges several samples at once."""

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import Partial
from gan_utils.networks.functional import Factory, build


def pack(x: jax.Array, size: int) -> jax.Array:
    """Join every `size` neighbouring samples into one, along the last axis.

    Args:
        x: samples, shape (B, ..., C), with B a multiple of size.
        size: samples in a pack, 1 or more.

    Returns:
        Packs, shape (B / size, ..., size C): points side by side, images as channels.

    Raises:
        ValueError: when size is below 1 or does not divide the batch.

    References:
        Lin et al., PacGAN, arXiv:1712.04086.
    """
    validate.count(size, "size", minimum=1)
    if x.ndim < 2 or x.shape[0] % size:
        raise ValueError(
            f"x is {validate.describe(x)} and size is {size}; expected shape "
            "(B, ..., C) with a batch that size divides. Likely cause: an odd batch."
        )
    groups = x.reshape(-1, size, *x.shape[1:])
    return jnp.concatenate([groups[:, i] for i in range(size)], axis=-1)


class Packed(nnx.Module):
    """A discriminator of packs that still answers once for each sample.

    All samples of a pack get the pack's logit, so losses and trainers need no change.

    Args:
        inner: a discriminator whose input has `size` times the channels.
        size: samples in a pack.
        rngs: source of the starting parameters.
    """

    couples_samples = True

    def __init__(self, inner: Factory, size: int, *, rngs: nnx.Rngs):
        self.inner, self.size = build(inner, rngs), size

    @property
    def batch_multiple(self) -> int:
        """Samples that are judged as one: they divide the batch."""
        return self.size

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, ..., C) to logits (B,), equal inside each pack."""
        return jnp.repeat(self.inner(pack(x, self.size)), self.size)


def packed(inner: Factory, size: int) -> Factory:
    """Describe a discriminator that judges packs of samples.

    Args:
        inner: a discriminator for packs: the last axis of its input is
            `size` times as long as that of one sample.
        size: samples in a pack, 1 or more.

    Returns:
        The network; it maps (B, ..., C) to (B,) for batches that size divides.

    References:
        Lin et al., PacGAN, arXiv:1712.04086.
    """
    return Partial(Packed, inner=inner, size=validate.count(size, "size", minimum=1))
