"""How long until a GAN's digits are good, each side by the recipe it recommends."""

import importlib
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import NamedTuple

from benchmarks import data
from benchmarks.compiling import compiling_anew
from benchmarks.distance import Distance, split
from benchmarks.recipes import ours
from benchmarks.recipes.side import Side

MODULES = {"torch": "torch_tutorial", "tf": "tensorflow_tutorial"}
GOAL = 5.0  # distance to reach, in floors
PATIENCE = 10  # a peer is stopped after so many times our median
LIMIT = 300.0  # seconds that we have ourselves
EVERY = 5.0  # seconds of training between two measurements, at first
SHARE = 0.05  # of the time spent, later: measuring 5,000 samples takes seconds


class Run(NamedTuple):
    """How one training run went."""

    seconds: float  # of training up to the goal, or the limit
    reached: bool
    best: float  # least distance seen, in floors


def race(side: Side, distance: Distance, limit: float, clock=time.perf_counter) -> Run:
    """Train until the samples are near enough or the time is over.

    Only training is timed; the first chunk's seconds include what it compiles.

    Args:
        side: what trains.
        distance: called on `distance.n` samples, gives floors.
        limit: seconds of training allowed.
        clock: gives the time in seconds.
    """
    spent, best, due = 0.0, float("inf"), EVERY
    while spent < limit:
        begin = clock()
        side.advance()
        spent += clock() - begin
        if spent < min(due, limit):
            continue
        best = min(best, distance(side.samples(distance.n)))
        if best <= GOAL:
            return Run(spent, True, best)
        due = spent + max(EVERY, SHARE * spent)
    return Run(limit, False, best)


def measure(rounds: int, peers: list[str], notice=print) -> list[dict]:
    """Race our recipe from up to three seeds, then one run of each peer's tutorial.

    Args:
        rounds: seeds, of which three at most are run.
        peers: sides to race besides; only those in MODULES have a recipe.
        notice: called with a line of text for everything that is left out.

    Returns:
        One JSON object, see `result`.
    """
    images, kind = data.mnist()
    parts = split(images)
    distance = Distance(parts)
    with compiling_anew():
        runs = [
            race(ours.make(parts.seen, seed), distance, LIMIT)
            for seed in range(min(rounds, 3))
        ]
    others = {}
    if _middle(runs).reached:
        limit = PATIENCE * median(run.seconds for run in runs)
        others = _race_peers(peers, parts.seen, distance, limit, notice)
    else:
        notice(f"quality: peers skipped, we did not get there in {LIMIT:g} s ourselves")
    return [result(distance, runs, others) | {"data": kind}]


def _race_peers(peers, x, distance: Distance, limit: float, notice) -> dict[str, Run]:
    """Race each peer in a process of its own: PyTorch and TensorFlow share none."""
    found = {}
    for peer in (peer for peer in peers if peer in MODULES):
        try:
            found[peer] = _apart(_race_recipe, MODULES[peer], x, distance, limit)
        except ImportError as error:
            notice(f"quality: {peer} skipped, {error}")
    return found


def _apart(function, *arguments):
    """Call a function in a new process, and return what it returns."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def _race_recipe(name: str, x, distance: Distance, limit: float) -> Run:
    module = importlib.import_module(f"benchmarks.recipes.{name}")
    return race(module.make(x, seed=0), distance, limit)


def result(distance: Distance, runs: list[Run], others: dict[str, Run]) -> dict:
    """Make the case's JSON object; our middle run stands for us.

    Args:
        distance: what the samples were measured with.
        runs: ours, one a seed.
        others: peer -> its one run.
    """
    seconds = [run.seconds for run in runs]
    sides = {"ours": _middle(runs), **others}
    return {
        "case": "quality",
        "unit": "s",
        "ours": median(seconds),
        "peers": {name: run.seconds for name, run in others.items()},
        "reached": {name: run.reached for name, run in sides.items()},
        "distances": {name: run.best for name, run in sides.items()},
        "seeds": seconds,
        "spread": {"ours": (min(seconds), max(seconds))},
        "goal": GOAL,
        "floor": distance.floor,
        "n": distance.n,
        "classifier_accuracy": distance.accuracy,
    }


def _middle(runs: list[Run]) -> Run:
    return sorted(runs)[(len(runs) - 1) // 2]
