"""Densities on the cells of the view, all blurred by the same kernel.

The data's density is exact: its average over each cell. The generator's is counted from
a large sample. Both then go through one Gaussian kernel as wide as a cell, so counting
noise is smoothed and nothing is favoured: a divergence between blurred densities is
never larger than the one it stands for, and 0 when that is 0. What lies outside the
view shares one cell more.
"""

from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from gan_utils.lab.frame import CELLS, REACH
from gan_utils.lab.view import LINE_CELLS, centres

FINE = 3  # the exact density is averaged over FINE places on each side of a cell
LEAST = 1e-6  # of all mass is spread evenly, so that no logarithm meets a 0


def cells_on_a_side(dim: int) -> int:
    """Count the cells on one side of the view."""
    return CELLS if dim == 2 else LINE_CELLS


def width(dim: int) -> float:
    """Measure a cell, which is also the width of the kernel, in view units."""
    return 2 * REACH / cells_on_a_side(dim)


def counted(x: np.ndarray) -> np.ndarray:
    """Estimate the blurred masses of the distribution that points (n, dim) come from.

    Returns:
        (cells + 1,) float64, sums to 1; the last is the mass outside the view.
    """
    dim, side = x.shape[1], cells_on_a_side(x.shape[1])
    flat, inside = np.zeros(len(x), np.int32), np.ones(len(x), bool)
    for axis in reversed(range(dim)):  # rows first
        place = x[:, axis]
        here = np.abs(place) < REACH  # False for NaN
        place = np.where(here, place, 0) + REACH
        flat *= side
        flat += np.minimum((place * (1 / width(dim))).astype(np.int32), side - 1)
        inside &= here
    flat[~inside] = side**dim
    counts = np.bincount(flat, minlength=side**dim + 1)[:-1]
    return _blurred(counts / len(x), dim)


def exact(source) -> np.ndarray:
    """Integrate a distribution's density over the cells, blurred; as `counted`."""
    dim = source.dim
    step = width(dim) / FINE
    offsets = (np.arange(FINE) - (FINE - 1) / 2) * step
    shifts = np.stack(np.meshgrid(*[offsets] * dim), -1).reshape(-1, dim)
    masses = np.zeros(len(centres(dim)))
    for shift in shifts:  # one compiled program, and no huge array of all places
        x = centres(dim) + shift.astype("float32")[None]
        masses += np.exp(np.asarray(source.log_prob(x), float))
    masses *= step**dim
    return _blurred(masses / max(masses.sum(), 1.0), dim)


def _blurred(masses: np.ndarray, dim: int) -> np.ndarray:
    side, kernel = cells_on_a_side(dim), _kernel(dim)
    if dim == 1:
        smooth = kernel @ masses
    else:
        smooth = kernel @ masses.reshape(side, side) @ kernel.T
    smooth = np.append(smooth.ravel(), max(1.0 - smooth.sum(), 0.0))
    smooth = smooth * (1 - LEAST) + LEAST / len(smooth)
    return smooth / smooth.sum()


@lru_cache(maxsize=2)
def _kernel(dim: int) -> np.ndarray:
    """Share each cell's mass among the cells of its row; some leaves the view."""
    side, h = cells_on_a_side(dim), width(dim)
    edges = (np.arange(side + 1)[:, None] - (np.arange(side)[None] + 0.5)) * h
    return np.diff(ndtr(edges / h), axis=0)
