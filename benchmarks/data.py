"""The arrays that all sides of a case draw their batches from."""

import jax
import numpy as np

from gan_utils import data


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
