"""Scores of generated faces: what is kept of each, and how two compare."""

import datetime
from typing import NamedTuple

from gan_utils.metrics import FacesReport

SAMPLES = 2000  # faces behind a score


class Score(NamedTuple):
    """One line of the scoreboard; everything in it is plain text or a number."""

    notebook: str  # "03"; "course" for what the course ships
    updates: int  # that the networks have behind them
    clear: float  # share of the attributes that the judge is sure of, 0 to 1
    real_clear: float  # the same of drawn faces
    floors: float  # distance from drawn faces, in floors; near 1 is perfect
    rare: int  # rare values of attributes that occur at a third of their share
    rare_of: int
    date: str  # "2026-11-26"

    @property
    def share(self) -> float:
        """Give `clear` as a share of what drawn faces reach."""
        return self.clear / self.real_clear if self.real_clear else 0.0

    def better_than(self, other: "Score | None") -> bool:
        """Tell whether this one is nearer to the drawn faces, in floors."""
        return other is None or self.floors < other.floors


def score(report: FacesReport, notebook: str, updates: int) -> Score:
    """Reduce a report to a line of the scoreboard."""
    return Score(
        notebook=notebook,
        updates=updates,
        clear=report.clear,
        real_clear=report.real_clear,
        floors=report.multiple,
        rare=report.rare_found,
        rare_of=len(report.rare),
        date=datetime.date.today().isoformat(),
    )


def parse(values: dict) -> Score:
    """Make a score of what a file holds.

    Raises:
        ValueError: something is missing, or of another kind.
    """
    kinds = Score.__annotations__
    if set(values) != set(kinds):
        raise ValueError(f"a score has {', '.join(kinds)}")
    for name, kind in kinds.items():
        wanted = (int, float) if kind is float else kind
        if not isinstance(values[name], wanted) or isinstance(values[name], bool):
            raise ValueError(f"{name} is {values[name]!r}")
    return Score(**values)
