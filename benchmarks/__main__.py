"""Run the comparisons: python -m benchmarks [--case NAME] [--peers torch,tf,flax]."""

import argparse
import json
from pathlib import Path

import jax

from benchmarks import choice, compare, ensemble, quality, report, scale, start
from benchmarks.spec import SPECS

EXTRA = {
    "ensemble": ensemble.measure,
    "start": start.measure,
    "quality": quality.measure,
    "scale": scale.measure,
    "choice": choice.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--case", action="append", choices=[*SPECS, *EXTRA])
    parser.add_argument("--peers", default="torch,tf,flax")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write one object a case here")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="put the cases into benchmarks/results, in the file of this processor",
    )
    parser.add_argument("--chart", type=Path, help="draw the ratios into this PNG")
    options = parser.parse_args()
    peers = [peer for peer in options.peers.split(",") if peer]
    if unknown := set(peers) - set(compare.PEERS):
        parser.error(f"--peers: {sorted(unknown)}; expected {sorted(compare.PEERS)}")
    results = []
    for case in options.case or [*SPECS, *EXTRA]:
        if case in SPECS and SPECS[case].gpu and jax.default_backend() == "cpu":
            print(f"{case}: skipped, there is no GPU here")
            continue
        if case in SPECS:
            found = [compare.compare(SPECS[case], peers, options.rounds)]
        else:
            found = EXTRA[case](options.rounds, peers)
        results += [r | report.surroundings() for r in found]
        print(report.table(results[-len(found) :]), flush=True)
        print(report.choices(results[-len(found) :]), flush=True)
        if options.json:
            options.json.write_text(json.dumps(results, indent=1) + "\n")
    print(report.table(results))
    if options.keep and results:
        results = report.keep(results)
    if options.chart:
        report.chart(results, str(options.chart))


if __name__ == "__main__":
    main()
