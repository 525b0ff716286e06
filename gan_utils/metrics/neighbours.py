"""Precision, recall, density and coverage: the same balls, counted four ways."""

from typing import NamedTuple

import numpy as np

from gan_utils import validate
from gan_utils.metrics.distances import (
    centred,
    same_width,
    squared_blocks,
    table,
    tables,
)

ROUNDING = 1e-12  # of the largest squared norm; a point on a rim is inside


class Neighbours(NamedTuple):
    """Who lies in whose ball; a ball reaches from a point to its k-th neighbour."""

    precision: float  # share of fakes in some ball of a real point
    recall: float  # share of real points in some ball of a fake
    density: float  # real balls around a fake, over k; 1 for a perfect generator
    coverage: float  # share of real balls that hold some fake


def neighbours(real, fake, k: int = 5) -> Neighbours:
    """Ask which samples lie where data are, and which data lie where samples are.

    Each of the four has a fault. In precision and recall a single outlier has a huge
    ball, and everything in it counts as good. Density divides the outlier's credit by
    k, but can exceed 1 where fakes crowd into the densest part of the data. Coverage
    forgives any number of bad fakes. Of a perfect generator only density is 1, and only
    on average: its coverage is 1 - 2^-k on average, for n real points, n fakes and a
    large n, and depends on both numbers. Compare at equal n.

    Distances are made block by block, so two sets of 50,000 by 2,048 fit into 3 GB. The
    time grows like the product of the numbers of rows: those two take tens of minutes.

    Args:
        real: features of real data, shape (N, F), or images, compared by pixels.
        fake: features of samples, shape (M, F).
        k: which neighbour a ball reaches to, below N and M. The papers take 3 for
            precision and recall, 5 for density and coverage.

    Returns:
        Neighbours. With fakes that are the real points themselves: 1, 1, (k + 1) / k
        and 1.

    Raises:
        ValueError: features that do not fit, NaN, or too few rows for k.

    References:
        Kynkaanniemi et al., Improved precision and recall metric for assessing
        generative models, arXiv:1904.06991; Naeem et al., Reliable fidelity and
        diversity metrics for generative models, arXiv:2002.09797.
    """
    real, fake = tables({"real": real, "fake": fake})
    same_width(real, fake, "real", "fake")
    real, fake = centred(real, real, fake)
    slack = ROUNDING * max(np.einsum("ij,ij->i", x, x).max() for x in (real, fake))
    real_reach = _squared_radii(real, k, "real") + slack
    fake_reach = _squared_radii(fake, k, "fake") + slack
    balls = np.zeros(len(fake), int)  # real balls around each fake
    recalled, covered = np.zeros(len(real), bool), np.zeros(len(real), bool)
    for rows, squared in squared_blocks(real, fake):
        inside = squared <= real_reach[rows, None]
        balls += inside.sum(0)
        covered[rows] = inside.any(1)
        recalled[rows] = (squared <= fake_reach).any(1)
    return Neighbours(
        precision=float((balls > 0).mean()),
        recall=float(recalled.mean()),
        density=float(balls.mean() / k),
        coverage=float(covered.mean()),
    )


def radii(x, k: int = 5) -> np.ndarray:
    """Compute how far each point is from its k-th nearest neighbour in its own set.

    Args:
        x: shape (N, F), or images, compared by pixels.
        k: which neighbour, from 1 to N - 1; a point is not its own.

    Returns:
        Distances, shape (N,) float64.

    Raises:
        ValueError: no numbers, NaN, or too few rows for k.
    """
    x = table(x, "x")
    (x,) = centred(x, x)
    return np.sqrt(_squared_radii(x, k, "x"))


def _squared_radii(x, k, name):
    validate.count(k, "k", minimum=1)
    if k >= len(x):
        raise ValueError(
            f"k is {k} and {name} holds {len(x)} points; expected more points than k, "
            "since a point is not its own neighbour."
        )
    found = []
    for rows, squared in squared_blocks(x, x):
        here = np.arange(rows.start, rows.stop)
        squared[here - rows.start, here] = np.inf
        squared.partition(k - 1)  # in place
        found.append(squared[:, k - 1].copy())  # a view would keep the block alive
    return np.concatenate(found)
