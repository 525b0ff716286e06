"""Stacked digits: three random ones as the red, green and blue of one image."""

from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate
from gan_utils.data.pixels import pixels


@partial(jax.tree_util.register_dataclass, data_fields=["x"], meta_fields=[])
@dataclass(frozen=True, eq=False)
class Stacked:
    """Grey images, drawn three at a time; a source of batches. See `stacked`."""

    x: jax.Array  # (N, H, W) uint8, or float32 in [-1, 1]

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n images in three colours, (n, H, W, 3), float32 in [-1, 1]."""
        rows = jax.random.randint(key, (n, 3), 0, self.x.shape[0])
        x = jnp.moveaxis(self.x[rows], 1, -1)
        return x.astype("float32") / 127.5 - 1.0 if x.dtype == jnp.uint8 else x


def stacked(x) -> Stacked:
    """Stack three grey images, drawn independently, as red, green and blue.

    With MNIST's ten digits this makes 1,000 modes of equal weight, nearly: the data of
    the mode-counting tables (VEEGAN, arXiv:1705.07761; PacGAN, arXiv:1712.04086).

    Args:
        x: grey images, shape (N, H, W, 1): uint8 from 0 to 255, which stay bytes on the
            device, or floating point in [-1, 1].

    Returns:
        Stacked, accepted wherever a source of batches is.

    Raises:
        ValueError: colour images, another rank, range or dtype, or no images.
    """
    if getattr(x, "dtype", None) == np.uint8:
        pixels(x)
    else:
        x = jnp.asarray(validate.images(x, "x"), "float32")
    if x.shape[-1] != 1:
        raise ValueError(
            f"x is {validate.describe(x)}; expected grey images (N, H, W, 1), three of "
            "which make one image."
        )
    return Stacked(jnp.asarray(x[..., 0]))
