"""How good the digits are: python -m benchmarks.images --work DIR [NAME ...].

Trains every recipe from several seeds, as `gan-course train` does, on MNIST, and prints
what the judge says of 5,000 unselected samples beside real test digits. A stopped
measurement goes on where it was; finished runs in DIR are only read.
"""

import argparse
import json
from pathlib import Path

from gan_utils import runs
from gan_utils.training import recipes

COLUMNS = "| recipe | seeds | updates | share | rarest digit | distance |"


def measure(name: str, seed: int, options: argparse.Namespace) -> dict:
    """Train one recipe from one seed, unless that was done, and return its report."""
    folder = options.work / f"{name}-{seed}"
    kept = folder / runs.REPORT
    if kept.is_file():
        return json.loads(kept.read_text(encoding="utf-8"))
    minutes = None if options.steps else options.minutes
    request = runs.request_for(name, seed, options.steps, minutes)
    report = runs.train(folder, request, resume=True)
    if report is None:
        raise SystemExit(1)
    return report


def row(name: str, reports: list[dict]) -> dict:
    """Collect what the seeds of one recipe say."""
    found = [report["metrics"] for report in reports]
    return {
        "recipe": name,
        "seeds": [report["seed"] for report in reports],
        "steps": [report["steps"] for report in reports],
        "share": [metrics["share"] for metrics in found],
        "rarest": [min(metrics["classes"]) for metrics in found],
        "distance": [metrics["multiple"] for metrics in found],
        "floor": found[0]["floor"],
        "n": found[0]["n"],
        "versions": reports[0]["versions"],
        "device": reports[0]["device"],
    }


def table(rows: list[dict]) -> str:
    """Write least and most of each number over the seeds, a line a recipe."""
    lines = [COLUMNS, "|---|---:|---:|---:|---:|---:|"]
    for found in rows:
        steps, share, rarest, distance = (
            f"{min(found[key]):{form}} to {max(found[key]):{form}}"
            for key, form in (
                ("steps", ",.0f"),
                ("share", ".0%"),
                ("rarest", ".1%"),
                ("distance", ".1f"),
            )
        )
        cells = found["recipe"], len(found["seeds"]), steps, share, rarest, distance
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table and keep the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--work", type=Path, required=True, help="folder of the runs")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=10.0, help="for each run")
    parser.add_argument("--steps", type=int, help="updates, instead of minutes")
    parser.add_argument("--json", type=Path, help="file to keep the rows in")
    options = parser.parse_args()
    rows = []
    for name in options.names or recipes.IMAGES:
        reports = [measure(name, seed, options) for seed in range(options.seeds)]
        rows.append(row(name, reports))
        print(table(rows[-1:]).splitlines()[-1], flush=True)
        if options.json:
            options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(table(rows))


if __name__ == "__main__":
    main()
