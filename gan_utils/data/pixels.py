"""Raw images as a source of batches: bytes on the device, scaled as they are drawn."""

from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import cautions, validate


@partial(jax.tree_util.register_dataclass, data_fields=["x"], meta_fields=[])
@dataclass(frozen=True, eq=False)
class Pixels:
    """Raw images that stay bytes on the device; a source of batches. See `pixels`."""

    x: jax.Array  # (N, H, W, C) uint8

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n images with replacement, shape (n, H, W, C), float32 in [-1, 1]."""
        rows = jax.random.randint(key, (n,), 0, self.x.shape[0])
        return self.x[rows].astype("float32") / 127.5 - 1.0


def pixels(x) -> Pixels:
    """Keep raw pixels as they are and scale them where they are used.

    A quarter of the memory, and of the traffic, of float32 images.

    Args:
        x: images of bytes, shape (N, H, W, C), uint8 from 0 to 255.

    Returns:
        Pixels, accepted wherever a source of batches is.

    Raises:
        ValueError: another dtype or rank, or no images.
    """
    if getattr(x, "dtype", None) != np.uint8 or np.ndim(x) != 4 or len(x) == 0:
        raise ValueError(
            f"x is {validate.describe(x)}; expected raw images, uint8 of shape "
            "(N, H, W, C) with N of 1 or more. Likely cause: images that are scaled "
            "already; pass those to `batches` as they are."
        )
    if np.asarray(x).max() == 1:
        cautions.caution(
            "x holds no byte above 1, so every image comes out black. Likely cause: "
            "images in [0, 1] that were turned into bytes; take 255 * x before that."
        )
    return Pixels(jnp.asarray(x))
