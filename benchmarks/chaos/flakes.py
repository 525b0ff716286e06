"""Tests that sometimes fail: a fast set of them, again and again.

The set was chosen by `pytest --durations=0`, among the files that start processes and
threads, write files or ask clocks, since there chance can enter: those that take about
ten seconds together on two quiet cores, with the start of pytest.
"""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.chaos.processes import ROOT
from benchmarks.chaos.trials import Lost

TESTS = (
    "tests/test_downloads.py",
    "tests/test_program_cache.py",
    "tests/test_progress.py",
    "tests/test_whole_files.py",
    "tests/test_idx.py",
)


def again(rng, folder: Path, shelf: Path) -> str:
    """Run the set once, with another seed of Python's hashes.

    Raises:
        Lost: a test failed.
    """
    seed = int(rng.integers(2**32))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
    ]
    command += [f"--basetemp={folder / 'tests'}", *TESTS]
    given = {k: v for k, v in os.environ.items() if k != "GAN_UTILS_CACHE"}
    given |= {"PYTHONHASHSEED": str(seed), "JAX_PLATFORMS": "cpu"}
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
    if done.returncode:
        failed = [line for line in done.stdout.splitlines() if "FAILED" in line]
        raise Lost("; ".join(failed) or done.stdout[-300:] + done.stderr[-300:])
    return f"PYTHONHASHSEED={seed}: {done.stdout.strip().splitlines()[-1]}"
