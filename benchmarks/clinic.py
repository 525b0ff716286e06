"""How often the clinic is right: python -m benchmarks.clinic [--sick 40] [--seed 2026].

Random faults are injected into rings of random size, at random learning rates and
seeds, none of which the rules were chosen on; then `clinic.diagnose` reads each run.
"""

import argparse
import time
from collections import defaultdict
from typing import NamedTuple

import numpy as np

from gan_utils import clinic

FIRST_SEED = 10_000  # tests and thresholds used seeds below 100


class Trial(NamedTuple):
    """One run and what was said of it."""

    truth: str
    said: str
    second: str
    seconds: float  # of training and diagnosis, compiling included


def patient(name: str, rng: np.random.Generator) -> clinic.Case:
    """Make a ring of random radius and learning rate, with a fault or none."""
    steps = clinic.gallery.SHORT.get(name, clinic.gallery.STEPS)
    radius, rate = rng.uniform(0.5, 0.8), rng.uniform(0.7, 1.4)
    sound = clinic.healthy.ring(steps, radius, rate)
    return sound if name == "healthy" else clinic.inject(sound, name)


def trial(name: str, rng: np.random.Generator) -> Trial:
    """Train one run and have it diagnosed."""
    clock, seed = time.perf_counter(), FIRST_SEED + int(rng.integers(10**6))
    found = clinic.diagnose(clinic.play(patient(name, rng), seed))
    causes = [finding.cause for finding in found.findings]
    second = causes[1] if len(causes) > 1 else ""
    return Trial(name, found.cause, second, time.perf_counter() - clock)


def table(trials: list[Trial]) -> str:
    """Write one row a fault: runs, how many named first, what else was said."""
    rows = defaultdict(list)
    for one in trials:
        rows[one.truth].append(one)
    lines = ["| fault | runs | named first | otherwise |", "|---|---|---|---|"]
    for name, group in sorted(rows.items()):
        right = sum(one.said == name for one in group)
        wrong = ", ".join(one.said for one in group if one.said != name)
        lines.append(f"| {name} | {len(group)} | {right} | {wrong} |")
    return "\n".join(lines)


def measure(sick: int, healthy: int, seed: int, notice=print) -> list[Trial]:
    """Draw faults, train and diagnose; equal faults share what they compile."""
    rng = np.random.default_rng(seed)
    names = sorted(rng.choice(sorted(clinic.FAULTS), sick)) + ["healthy"] * healthy
    trials = []
    for name in map(str, names):
        trials.append(trial(name, rng))
        notice(*trials[-1])
    return trials


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clinic")
    parser.add_argument("--sick", type=int, default=40)
    parser.add_argument("--healthy", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    trials = measure(options.sick, options.healthy, options.seed)
    print(table(trials))
    for truth, group in (
        ("sick", [t for t in trials if t.truth != "healthy"]),
        ("healthy", [t for t in trials if t.truth == "healthy"]),
    ):
        right = sum(t.said == t.truth for t in group)
        print(f"{truth}: {right} of {len(group)} named rightly")


if __name__ == "__main__":
    main()
