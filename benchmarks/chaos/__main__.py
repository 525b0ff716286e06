"""Run it: python -m benchmarks.chaos [--kills 100] [--others 4] [--flakes 0]."""

import argparse
import functools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import report
from benchmarks.chaos import caches, damage, disks, flakes, notebooks, owners, training
from benchmarks.chaos.trials import VERDICTS, run
from gan_utils.whole_files import write_json

KILLS = {  # kind: (what is done, parts of a hundred kills, kills of one trial)
    "kill train": (training.kill_train, 32, training.CHAIN),
    "kill sample": (training.kill_sample, 14, 1),
    "kill run --in-place": (notebooks.kill_run, 14, 1),
    "kill a refreshed copy": (notebooks.kill_refresh, 16, 1),
    "kill kept choices": (caches.kill_choices, 8, 1),
    "kill kept programs": (caches.kill_program, 8, 1),
    "kill a download": (caches.kill_download, 8, 1),
}
OTHERS = {
    "full disk: train": disks.full_train,
    "full disk: sample": disks.full_sample,
    "full disk: run --in-place": disks.full_run,
    "full disk: a refreshed copy": disks.full_refresh,
    "full disk: kept programs": disks.full_caches,
    "read-only folders": disks.no_writing,
    "clock set back": owners.clock,
    "two trainers": owners.two_trainers,
    "a killed owner": owners.killed_owner,
    "spoilt checkpoint": damage.checkpoint,
    "spoilt file of a run": damage.run_files,
    "spoilt programs": damage.programs,
    "spoilt choices": damage.choices,
}
FLAKES = "a set of tests"


def planned(kills: int, others: int, repeats: int, only: str = "") -> list[tuple]:
    """Share out the trials: [(kind, what is done, how many, kills of each)]."""
    share = {kind: parts * kills / 100 for kind, (_, parts, _) in KILLS.items()}
    counts = {kind: int(part) for kind, part in share.items()}
    rest = sorted(share, key=lambda kind: counts[kind] - share[kind])
    for kind in rest[: kills - sum(counts.values())]:
        counts[kind] += 1
    plan = []
    for kind, (disturb, _, chain) in KILLS.items():
        while counts[kind]:
            each = min(chain, counts[kind])
            given = {"kills": each} if chain > 1 else {}
            plan.append((kind, functools.partial(disturb, **given), each))
            counts[kind] -= each
    plan += [
        (kind, disturb, 0) for kind, disturb in OTHERS.items() for _ in range(others)
    ]
    plan += [(FLAKES, flakes.again, 0)] * repeats
    return [one for one in plan if only in one[0]]


def measure(plan: list[tuple], seed: int, shelf: Path) -> Iterator[dict]:
    """Run all trials, each in a folder of its own that is then deleted.

    Args:
        plan: see `planned`.
        seed: of the first trial of each kind; the next ones count on.
        shelf: a folder for the undisturbed runs.

    Yields:
        What became of each, see `Trial`, with its number of kills.
    """
    seeds = {}
    os.environ["GAN_UTILS_CACHE"] = f"{shelf}/cache"
    for kind, disturb, kills in plan:
        at = seeds[kind] = seeds.get(kind, seed - 1) + 1
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            one = run(kind, functools.partial(disturb, shelf=shelf), at, Path(folder))
        yield one._asdict() | {"kills": kills}


def table(found: list[dict]) -> str:
    """Write one row a kind: trials, kills, verdicts."""
    lines = ["| kind | trials | kills | " + " | ".join(VERDICTS) + " | seeds |"]
    lines.append("|---|" + "---:|" * (len(VERDICTS) + 2) + "---|")
    for kind in dict.fromkeys(one["kind"] for one in found):
        rows = [one for one in found if one["kind"] == kind]
        counts = [
            sum(one["verdict"] == verdict for one in rows) for verdict in VERDICTS
        ]
        seeds = f"{rows[0]['seed']} to {rows[-1]['seed']}"
        cells = [kind, len(rows), sum(one["kills"] for one in rows), *counts, seeds]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main(words: list[str] | None = None) -> int:
    """Run trials, write what was found, and return 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument("--kills", type=int, default=100, help="by SIGKILL")
    parser.add_argument(
        "--others", type=int, default=4, help="trials of each other kind"
    )
    parser.add_argument("--flakes", type=int, default=0, help="runs of a set of tests")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument(
        "--only", default="", help="kinds with these words in their name"
    )
    parser.add_argument("--json", type=Path, help="write every trial here")
    options = parser.parse_args(words)
    plan = planned(options.kills, options.others, options.flakes, options.only)
    found = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as shelf:
        for one in measure(plan, options.seed, Path(shelf)):
            print("{verdict:9} {kind} {seed}: {said} ({seconds} s)".format(**one))
            sys.stdout.flush()
            found.append(one)
            if options.json:  # what is stopped early leaves what it had found
                kept = report.surroundings() | {"full_disk": disks.how()}
                write_json(options.json, kept | {"trials": found})
    print(table(found))
    return int(any(one["verdict"] == "lost" for one in found))


if __name__ == "__main__":
    sys.exit(main())
