"""The judge's weights: a small file that comes with the package, known by its hash."""

import hashlib
from importlib import resources
from pathlib import Path

import jax.numpy as jnp
import numpy as np

from gan_utils import array_files, shipped, validate
from gan_utils.metrics.digit_classifier import Weights

FILE = "judge_weights.npz"  # half precision; how it was made is in judge_weights.json
SHA256 = "ac766be7dd9a07bdc3d4c4c27975b478fd6bef7340eb37db76d30de89be923e4"


def load(path=None, sha256: str = SHA256, file: str = FILE) -> Weights:
    """Read the weights, after a check that they are the ones that were tested.

    Args:
        path: a file; by default the one in the package.
        sha256: hash that the file must have, in hexadecimal.
        file: name of the package's own file: another judge has another one.

    Returns:
        Weights in float32.

    Raises:
        ValueError: the file is missing, or its content is not what was published.
    """
    found = resources.files(__package__) / file if path is None else Path(path)
    held = array_files.unpack(shipped.read(found, sha256, "the judge's weights"))
    return {name: jnp.asarray(array, "float32") for name, array in held.items()}


def save(weights: Weights, path) -> str:
    """Write weights in half precision; return the file's SHA-256.

    Args:
        weights: what training ended with; the same numbers give the same bytes.
        path: of the file, with the ending .npz.

    Raises:
        ValueError: weights are not finite, or too large for half precision.
    """
    halves = {name: np.asarray(w, "float16") for name, w in weights.items()}
    for name, half in halves.items():
        validate.finite(half, name)
    np.savez(path, **halves)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
