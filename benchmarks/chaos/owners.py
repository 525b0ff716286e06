"""Two runs in one folder, and clocks that jump back."""

import os
import shutil
import time
from pathlib import Path

from benchmarks.chaos import training
from benchmarks.chaos.processes import begun, finished, killed
from benchmarks.chaos.trials import require

YEAR = 365 * 24 * 3600.0  # seconds
JUMP = """
import sys, time
_real, _start = time.time, time.time()
time.time = lambda: _real() - ({0} if _real() - _start > {1} else 0)
time.time_ns = lambda: int(1e9 * time.time())
"""
HOLDS = """
import builtins
from gan_utils.runs import lock
_held = lock._take
lock._take = lambda file: _held(file) and (print("begin", flush=True) or True)
"""


def two_trainers(rng, folder: Path, shelf: Path) -> str:
    """Start a second training in a folder; it is refused, and the first one ends."""
    _, seconds = training.undisturbed(shelf)
    run = training.begin(folder / "run")
    first = begun(training.train(run, setup=HOLDS), "begin")
    try:
        wait = rng.uniform(0, seconds / 4)
        time.sleep(wait)
        second = finished(training.train(run), codes=(0, 2))
        refused = "in use by another run" in second.stderr
        running = first.poll() is None
        require(refused or not running, "two runs were in one folder")
        _, errors = first.communicate()
    finally:
        first.kill()
        first.wait()
    require(first.returncode == 0, f"the first one failed: {errors[-300:]}")
    training.require_same(run, shelf)
    return f"the second came {wait:.1f} s later, refused: {refused}"


def killed_owner(rng, folder: Path, shelf: Path) -> str:
    """Kill the owner of a folder; the next run is not refused."""
    _, seconds = training.undisturbed(shelf)
    run = training.begin(folder / "run")
    process = training.train(run, setup=HOLDS)
    after, _ = killed(process, rng, seconds / 2, ready="begin")
    finished(training.train(run))
    training.require_same(run, shelf)
    return f"killed {after:.1f} s after it had the folder"


def clock(rng, folder: Path, shelf: Path) -> str:
    """Set the clock back while a run goes on, then find its files in the future."""
    _, seconds = training.undisturbed(shelf)
    run, cache = training.begin(folder / "run"), folder / "cache"
    shutil.copytree(os.environ["GAN_UTILS_CACHE"], cache)
    back, when = rng.uniform(1, YEAR), rng.uniform(0, seconds)
    jump = JUMP.format(back, when)
    after, _ = killed(
        training.train(run, setup=jump, GAN_UTILS_CACHE=cache), rng, seconds
    )
    for path in [*folder.rglob("*")]:
        future = time.time() + rng.uniform(0, YEAR)
        os.utime(path, (future, future))
    finished(training.train(run, setup=jump, GAN_UTILS_CACHE=cache))
    training.require_same(run, shelf)
    return f"{back:.0f} s back after {when:.1f} s, killed after {after:.1f} s"
