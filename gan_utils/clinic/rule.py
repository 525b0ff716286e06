"""What a rule of the diagnosis is: a cause, a condition, and words for it."""

from collections.abc import Callable
from typing import NamedTuple

from gan_utils.clinic.evidence import Evidence

TINY = 1e-6
PROOF, READING, STATISTIC = 1.0, 0.9, 0.7  # how directly a rule shows its cause


class Rule(NamedTuple):
    """When a cause is named, and in which words."""

    cause: str
    score: float
    fires: Callable[[Evidence], bool]
    when: str  # the same condition, to read
    says: str  # what to tell; {names} are filled with the evidence


def all_of(slopes, sign: int) -> bool:
    """Tell whether every slope has that sign."""
    return all(sign * slope > TINY for slope in slopes)


def none_of(*slopes) -> bool:
    """Tell whether every slope of several rows is 0."""
    return all(abs(slope) <= TINY for each in slopes for slope in each)
