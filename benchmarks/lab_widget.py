"""What the laboratory costs in the kernel: python -m benchmarks.lab_widget.

Steps a second at 1,000 steps a frame, and milliseconds for 10 steps with a frame: 2,000
points, a heat map of 60 x 60, and measures. The browser's share is not in here.
"""

import argparse
import json
import resource
import time
from pathlib import Path
from statistics import median, quantiles

from benchmarks import report
from gan_utils.lab import Lab

FRAMES = 40  # of ten steps, in one round


def measure(rounds: int) -> dict:
    """Time a lab with the default networks, on a warm cache of programs or a cold one.

    Args:
        rounds: how often each is timed.
    """
    begin = time.perf_counter()
    lab = Lab()
    lab.frame()
    first = time.perf_counter() - begin
    lab.play(10), lab.frame(thorough=True)
    rates, frames, single = [], [], []
    for _ in range(rounds):
        seconds = _timed(lambda: lab.play(1000))
        rates.append(1000 / seconds)
        frames += [_timed(lambda: lab.play(10)) for _ in range(FRAMES)]
        single += [_timed(lab.frame) for _ in range(FRAMES)]
    found = {
        "first_frame_s": first,
        "steps_per_s_at_1000": median(rates),
        "steps_per_s_spread": [min(rates), max(rates)],
        "frame_of_10_ms": 1e3 * median(frames),
        "frame_of_10_ms_p95": 1e3 * quantiles(frames, n=20)[-1],
        "frame_alone_ms": 1e3 * median(single),
        "seek_back_500_ms": 1e3 * median(_sought(lab) for _ in range(rounds)),
        "growth_mb_in_1000_frames": _growth(lab),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return {"case": "lab widget, kernel", **found, **report.surroundings()}


def _sought(lab: Lab) -> float:
    lab.advance(500)
    seconds = _timed(lambda: lab.seek(lab.head - 500))
    lab.seek(lab.head)
    return seconds


def _growth(lab: Lab) -> float:
    """Measure what 1,000 frames leave behind, with a slider that moves all the time."""
    before = None
    for i in range(1200):
        if i == 200:  # bands and caches are full by now
            before = resident()
        lab.change(d_rate=0.005 + 1e-6 * i)
        lab.play(1 + i % 7)
    return resident() - before


def resident() -> float:
    """Read this process's resident memory in MB; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 2**20


def _timed(call) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lab_widget", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=5)
    for name, value in measure(parser.parse_args().rounds).items():
        print(f"{name:22} {json.dumps(value)}")


if __name__ == "__main__":
    main()
