"""Two clouds of samples compared by their nearest neighbours; NumPy, any dimension."""

from typing import NamedTuple

import numpy as np


class Clouds(NamedTuple):
    """How the generator's samples lie among held-out data."""

    coverage: float  # share of data with a sample among their 5 nearest data, 0 to 1
    precision: float  # share of samples that lie as close to data as data do, 0 to 1
    told_apart: float  # accuracy of the nearest-neighbour test, 0.5 when alike
    spread: float  # standard deviation of the samples, in that of the data


NEIGHBOURS = 5


def compare(data, samples) -> Clouds:
    """Compare two sets of equally many samples.

    Args:
        data: (N, ...), not seen in training.
        samples: (N, ...), from the generator.

    Returns:
        Clouds. Two draws of one distribution have coverage 1 - 2^-5 = 0.97 on average.

    References:
        Naeem et al., Reliable fidelity and diversity metrics, arXiv:2002.09797;
        Lopez-Paz and Oquab, Revisiting classifier two-sample tests, arXiv:1610.06545.
    """
    x, y = _flat(data), _flat(samples)
    within, across, among = distances(x, x), distances(x, y), distances(y, y)
    np.fill_diagonal(within, np.inf)
    np.fill_diagonal(among, np.inf)
    radius = np.sort(within, axis=1)[:, NEIGHBOURS - 1]
    close = across <= radius[:, None]
    right = (within.min(1) < across.min(1)).mean() + (
        among.min(1) < across.min(0)
    ).mean()
    return Clouds(
        coverage=float(close.any(1).mean()),
        precision=float(close.any(0).mean()),
        told_apart=float(right / 2),
        spread=spread(y) / spread(x),
    )


def nearest(points, stored) -> np.ndarray:
    """Measure the distance from each point (N, ...) to the nearest of others, (N,)."""
    return distances(_flat(points), _flat(stored)).min(1)


def distances(x, y) -> np.ndarray:
    """Compute Euclidean distances between rows: (N, F), (M, F) -> (N, M)."""
    squares = (x**2).sum(1)[:, None] + (y**2).sum(1)[None] - 2 * x @ y.T
    return np.sqrt(np.maximum(squares, 0))


def spread(points) -> float:
    """Compute the root of the total variance of points (N, ...), above 0."""
    return float(np.sqrt(_flat(points).var(0).sum())) + 1e-12


def _flat(x) -> np.ndarray:
    x = np.asarray(x, "float64")
    return x.reshape(len(x), -1)
