"""Two ways to enlarge images besides the transposed convolution."""

import jax
import jax.numpy as jnp

from gan_utils import validate
from gan_utils.networks.layers.sizes import require_images


def upsample_nearest(x: jax.Array, factor: int = 2) -> jax.Array:
    """Enlarge images by repeating each pixel in a square of factor x factor.

    Args:
        x: images, shape (B, H, W, C).
        factor: 1 or more.

    Returns:
        Images, shape (B, H factor, W factor, C).

    Raises:
        ValueError: x does not have four axes.
    """
    validate.count(factor, "factor", minimum=1)
    require_images(x)
    return jnp.repeat(jnp.repeat(x, factor, axis=1), factor, axis=2)


def pixel_shuffle(x: jax.Array, factor: int = 2) -> jax.Array:
    """Enlarge images by laying groups of factor^2 channels out as squares of pixels.

    No number changes: channel c factor^2 + i factor + j becomes channel c of the pixel
    in row i and column j of each square.

    Args:
        x: images, shape (B, H, W, C factor^2).
        factor: 1 or more.

    Returns:
        Images, shape (B, H factor, W factor, C).

    Raises:
        ValueError: the channels cannot be divided into groups of factor^2.

    References:
        Shi et al., Real-time single image and video super-resolution using an efficient
        sub-pixel convolutional neural network, arXiv:1609.05158.
    """
    validate.count(factor, "factor", minimum=1)
    require_images(x)
    batch, height, width, channels = x.shape
    if channels % factor**2:
        raise ValueError(
            f"x has {channels} channels; expected a multiple of {factor**2}, factor^2. "
            "Likely cause: the convolution before it must make factor^2 times as many."
        )
    x = x.reshape(batch, height, width, channels // factor**2, factor, factor)
    x = x.transpose(0, 1, 4, 2, 5, 3)
    return x.reshape(batch, height * factor, width * factor, -1)
