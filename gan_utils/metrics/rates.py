"""Success rates: how often a run succeeds, with the interval that n runs allow."""

from typing import NamedTuple

import numpy as np

from gan_utils import validate


class Rate(NamedTuple):
    """A share of successes with its interval."""

    rate: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.rate:.0%} ({self.low:.0%} to {self.high:.0%})"


def success_rate(success, z: float = 1.96) -> Rate:
    """Estimate how often a run succeeds, with Wilson's score interval.

    The interval holds the rates that n runs do not contradict. Unlike rate +- z
    standard errors it stays in [0, 1], and it does not shrink to nothing when every run
    succeeds.

    Args:
        success: whether each run succeeded, shape (n,).
        z: half-width in standard errors; 1.96 for 95 %.

    Returns:
        Rate.

    Raises:
        ValueError: when there are no runs, or an entry is neither true nor false.

    References:
        Wilson, Probable inference, the law of succession, and statistical inference,
        Journal of the American Statistical Association, 1927.
    """
    success = np.asarray(success)
    if success.ndim != 1 or success.size == 0 or not np.isin(success, (0, 1)).all():
        raise ValueError(
            f"success is {validate.describe(success)}; expected one True or False a "
            "run. Likely cause: scores that were not compared with a threshold."
        )
    validate.positive(z, "z")
    n, rate = len(success), float(success.mean())
    centre = (rate + z**2 / (2 * n)) / (1 + z**2 / n)
    spread = np.sqrt(rate * (1 - rate) / n + z**2 / (4 * n**2)) / (1 + z**2 / n) * z
    return Rate(rate, float(max(0, centre - spread)), float(min(1, centre + spread)))
