"""Fair timing: all sides in one run, one after the other, round after round."""

import time
from statistics import median
from typing import NamedTuple


class Timed(NamedTuple):
    """Seconds a step of one side in every round."""

    seconds: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        return min(self.seconds), max(self.seconds)


def steps_for(side, target: float = 0.7, most: int = 20_000) -> int:
    """Find how many steps take about `target` seconds, after a warm-up."""
    side.run(2)
    steps = 2
    while True:
        begin = time.perf_counter()
        side.run(steps)
        spent = time.perf_counter() - begin
        if spent > target / 3 or steps >= most:
            return max(1, min(most, round(steps * target / spent)))
        steps *= 4


def interleaved(sides: dict, rounds: int) -> dict[str, Timed]:
    """Time every side in each round, so that a busy moment hits all of them."""
    steps = {name: steps_for(side) for name, side in sides.items()}
    found = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            begin = time.perf_counter()
            side.run(steps[name])
            found[name].append((time.perf_counter() - begin) / steps[name])
    return {name: Timed(seconds) for name, seconds in found.items()}
