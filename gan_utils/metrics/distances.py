"""Euclidean distances between many rows, in float64 and in bounded memory.

scikit-learn's chunks would do, but they forget float64 where features are float32, and
the import takes seconds that every notebook would pay.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from gan_utils import validate

BYTES = 2**26  # of distances in work at a time


class Nearest(NamedTuple):
    """For each row of one set, its nearest row in another."""

    distance: np.ndarray  # (N,) float64
    row: np.ndarray  # (N,) its number in the other set


def nearest(x, others) -> Nearest:
    """Find the nearest of the others for each row, by Euclidean distance.

    Args:
        x: shape (N, ...); images are compared pixel by pixel.
        others: shape (M, ...).

    Returns:
        Nearest; a copy is at distance 0 exactly.

    Raises:
        ValueError: rows of another size, NaN or infinity, or an empty set.
    """
    x, others = tables({"x": x, "others": others})
    same_width(x, others, "x", "others")
    a, b = centred(others, x, others)
    found = np.concatenate([d.argmin(1) for _, d in squared_blocks(a, b)])
    # The product below cancels digits; the winner's distance is taken anew.
    return Nearest(np.linalg.norm(a - b[found], axis=1), found)


def table(x, name: str) -> np.ndarray:
    """Check rows of any shape (N, ...) and flatten each; NumPy, any float."""
    x = np.asarray(validate.array(x, name))
    x = x.reshape(len(x), math.prod(x.shape[1:])) if x.ndim > 2 else x
    return validate.points(x, name)


def tables(sets: dict) -> list[np.ndarray]:
    """Check sets of rows that are compared, by name; flatten each row as `table` does.

    It warns where some hold images in [0, 1] and others hold some in [-1, 1].
    """
    flat = [table(x, name) for name, x in sets.items()]
    if all(np.ndim(x) == 4 for x in sets.values()) and min(x.min() for x in flat) < 0:
        validate.below_0(sets)
    return flat


def same_width(a, b, name_a: str, name_b: str) -> None:
    """Check that two tables have rows of one size."""
    if a.shape[1] != b.shape[1]:
        raise ValueError(
            f"{name_a} has {a.shape[1]} numbers a row and {name_b} has {b.shape[1]}; "
            "expected as many. Likely cause: features of different networks, or images "
            "of different sizes."
        )


def centred(origin, *sets) -> list[np.ndarray]:
    """Move sets so that the mean of `origin` is 0, where float64 is finest."""
    mean = origin.mean(0, dtype="float64")
    return [np.subtract(rows, mean, dtype="float64") for rows in sets]


def squared_blocks(a, b) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield rows of a and their squared distances from all of b, block by block.

    |a|^2 + |b|^2 - 2 a.b is one matrix product, far faster than differences, but it
    loses what is small beside |a|^2: centre both sets first.

    Args:
        a: shape (N, F) float64.
        b: shape (M, F) float64.

    Yields:
        (slice of a, squared distances (rows, M) of 0 or more).
    """
    length = max(1, BYTES // (8 * len(b)))
    norms = np.einsum("ij,ij->i", b, b)
    for start in range(0, len(a), length):
        rows = slice(start, min(start + length, len(a)))
        piece = a[rows]
        squared = piece @ b.T
        squared *= -2
        squared += norms
        squared += np.einsum("ij,ij->i", piece, piece)[:, None]
        yield rows, np.maximum(squared, 0, out=squared)
