"""Bias in n: fit a metric as a + b / n, and read off where n is infinite."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gan_utils import validate
from gan_utils.metrics.floors import several

PARTS = (1, 2, 3, 4)  # evenly spaced in 1 / n


class Extrapolation(NamedTuple):
    """A metric as a + b / n, from many draws of sub-samples."""

    value: float  # a, the metric where n is infinite
    standard_error: float  # of value
    slope: float  # b, in units of the metric times rows
    n: np.ndarray  # (P,) rows in each set
    values: np.ndarray  # (seeds, P) the metric at these sizes

    def __str__(self) -> str:
        return (
            f"{self.value:.4g} ± {self.standard_error:.2g} "
            f"({len(self.values)} draws, n = {self.n.min():,} to {self.n.max():,})"
        )


def extrapolate(metric: Callable, sets, seeds: int = 20, parts=PARTS) -> Extrapolation:
    """Estimate what a metric would say of sets without end.

    Metrics made of estimated means and covariances are off by about b / n, and b
    depends on the generator: the better of two models can score worse at equal n. Each
    seed takes half of the rows of each set and cuts it into 1, 2, 3 and 4 parts; the
    metric's means over the parts lie near a line in 1 / n.

    Wrong where b / n is not all of the bias: in F features, a covariance of fewer rows
    than a few F bends the line. Look at it.

    Args:
        metric: maps sets of rows to a number.
        sets: the sets, such as (real, fake), each of shape (N, ...). Larger sets are
            used as far as the smallest one reaches.
        seeds: how many draws of half of the rows.
        parts: into how many parts to cut, two different numbers or more.

    Returns:
        Extrapolation. Halves of the same rows scatter about as whole sets of other rows
        would, so the standard deviation over seeds is the value's standard error,
        roughly: too large where the sets are of unequal size or equally distributed.

    Raises:
        ValueError: sets is no tuple, fewer than two different parts, or too few rows.

    References:
        Chong and Forsyth, Effectively unbiased FID and Inception score,
        arXiv:1911.07023; Shao and Wu, A general theory for jackknife variance
        estimation, 1989.
    """
    validate.count(seeds, "seeds", minimum=2)
    validate.function(metric, "metric")
    parts = validate.array(parts, "parts").ravel().tolist()
    parts = [validate.count(part, "parts", minimum=1) for part in parts]
    sets = several(sets)
    half = min(map(len, sets)) // 2
    if len(set(parts)) < 2 or half < 2 * max(parts):
        raise ValueError(
            f"parts is {parts} and half of the smallest set has {half} rows; expected "
            "two different numbers or more, and 2 rows a part or more."
        )
    values = np.array([_values(metric, sets, half, parts, s) for s in range(seeds)])
    n = half // np.asarray(parts)
    slopes, starts = np.polynomial.polynomial.polyfit(1 / n, values.T, 1)[::-1]
    return Extrapolation(
        value=float(starts.mean()),
        standard_error=float(starts.std(ddof=1)),
        slope=float(slopes.mean()),
        n=n,
        values=values,
    )


def _values(metric, sets, half, parts, seed):
    """Average the metric over the parts of one half of each set, (P,)."""
    rng = np.random.default_rng(seed)
    halves = [rows[rng.permutation(len(rows))[:half]] for rows in sets]

    def mean_of(cuts):
        size = half // cuts
        pieces = ([rows[i * size :][:size] for rows in halves] for i in range(cuts))
        return np.mean([float(metric(*piece)) for piece in pieces])

    return [mean_of(cuts) for cuts in parts]
