"""Reproduce a published table: python -m benchmarks.papers --table ring."""

import argparse
import json
from pathlib import Path

from benchmarks.papers import clusters, dirac, ladder, parzen, stacked

TABLES = {
    "dirac": dirac.rows,
    "ring": clusters.rows,
    "grid": clusters.rows,
    "ladder": ladder.rows,
    "parzen": parzen.rows,
    "stacked": stacked.rows,
}
WORK = Path("runs/papers")
FIELDS = (  # of every row; null where a table has no such number
    "method",
    "seeds",
    "modes",
    "high_quality",
    "reverse_kl",
    "spread",
    "steps",
    "published",
    "label",
)


def main(arguments=None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.papers", description=__doc__
    )
    parser.add_argument("--table", required=True, choices=TABLES)
    parser.add_argument("--budget", choices=["cpu", "full"], default="cpu")
    parser.add_argument("--json", type=Path, help="write the rows here")
    parser.add_argument("--work", type=Path, default=WORK, help="what a rerun resumes")
    parser.add_argument("--only", action="append", help="methods to run, by name")
    options = parser.parse_args(arguments)
    found = []
    work = options.work / f"{options.table}-{options.budget}"
    for row in TABLES[options.table](options.table, options.budget, work, options.only):
        row = dict.fromkeys(FIELDS) | row
        found.append(row)
        print(line(row), flush=True)
        if options.json:
            options.json.write_text(json.dumps(found, indent=1) + "\n")


def line(row: dict) -> str:
    """Write a row as two lines: what was measured, and what was published."""
    if "computed" in row:
        values = row["computed"]
    elif "log_likelihood" in row:
        spread = row["spread"]["log_likelihood"]
        values = f"{row['log_likelihood']:.1f} +- {spread:.1f} nats"
    else:
        values = _modes(row)
    return (
        f"{row['method']:<30} {values}  ({row['seeds']} seeds, {row['steps']} steps)\n"
        f"{'':<30} published: {row['published']}. {row['label']}."
    )


def _modes(row: dict) -> str:
    spread = row["spread"]
    values = f"{row['modes']:5.2f} +- {spread['modes']:.2f} modes"
    if row["high_quality"] is not None:
        values += f"  {row['high_quality']:6.1%} +- {spread['high_quality']:.1%}"
    kl = f"{row['reverse_kl']:.4f} +- {spread['reverse_kl']:.4f}"
    return f"{values}  reverse KL {kl}"


if __name__ == "__main__":
    main()
