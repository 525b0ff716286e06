"""What metrics need at full size: python -m benchmarks.features [--n 50000 --dim 2048].

Seconds and peak memory of each metric, in a process of its own, on two sets of random
features of the size that published scores use. Both sets have one distribution, so the
scores are those of a perfect generator.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks import report
from gan_utils import metrics

METRICS = {
    "frechet_distance": metrics.frechet_distance,
    "kernel_distance": metrics.kernel_distance,
    "neighbours": metrics.neighbours,
}


def measure(name: str, n: int, dim: int) -> dict:
    """Time a metric in a new process.

    Args:
        name: a key of METRICS.
        n: rows of each set.
        dim: features of a row.
    """
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (name, n, dim))


def _measured(name: str, n: int, dim: int) -> dict:
    rng = np.random.default_rng(0)
    real, fake = (rng.standard_normal((n, dim), dtype="float32") for _ in range(2))
    began = time.perf_counter()
    found = METRICS[name](real, fake)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "case": f"{name}, {n} by {dim}",
        "unit": "s",
        "ours": seconds,
        "peak_mb": peak / (2**20 if sys.platform == "darwin" else 2**10),
        "value": getattr(found, "_asdict", lambda: float(found))(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.features", description=__doc__
    )
    parser.add_argument("--metric", action="append", choices=METRICS)
    parser.add_argument("--n", type=int, default=50_000)
    parser.add_argument("--dim", type=int, default=2048)
    parser.add_argument("--json", type=Path, help="write one object a metric here")
    options = parser.parse_args()
    results = []
    for name in options.metric or METRICS:
        found = measure(name, options.n, options.dim) | report.surroundings()
        results.append(found)
        print(
            f"{found['case']}: {found['ours']:.0f} s, peak {found['peak_mb']:.0f} MB, "
            f"{found['value']}",
            flush=True,
        )
        if options.json:
            options.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
