"""Train the generators that come with the course, and pack them.

In the repository, on MNIST:

    python -m gan_utils.cli.weights --work DIR [NAME ...]

Each run is a folder of `gan-course train` in DIR, with the number of updates in `FULL`;
the same command goes on where it was stopped. Then `runs.pack` writes the averaged
generator to the package.
"""

import argparse
from pathlib import Path

from gan_utils import runs


def main(words: list[str] | None = None) -> None:
    """Train what is asked for and pack it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = ", ".join(runs.FULL)
    parser.add_argument("names", nargs="*", metavar="NAME", help=names)
    parser.add_argument("--steps", type=int, help="updates, if not those of FULL")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, required=True, help="folder of the runs")
    options = parser.parse_args(words)
    if unknown := set(options.names) - set(runs.FULL):
        parser.error(f"NAME is {', '.join(sorted(unknown))}; expected some of {names}")
    if options.steps is not None and options.steps < 1:
        parser.error(f"--steps is {options.steps}; expected 1 or more")
    for name in options.names or runs.FULL:
        steps = options.steps or runs.FULL[name]
        request = runs.request_for(name, options.seed, steps)
        try:
            report = runs.train(options.work / name, request, resume=True)
        except runs.RunError as error:
            raise SystemExit(str(error)) from error
        if report is None:
            raise SystemExit(1)
        entry = runs.pack(name, options.work / name)
        print(f"{name}: {entry['bytes']:,} bytes, {runs.sentence(entry['metrics'])}")


if __name__ == "__main__":
    main()
