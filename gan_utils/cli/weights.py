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
    for name in options.names or runs.FULL:
        steps = options.steps or runs.FULL[name]
        request = runs.request_for(name, options.seed, steps)
        if runs.train(options.work / name, request, resume=True) is None:
            raise SystemExit(1)
        entry = runs.pack(name, options.work / name)
        print(f"{name}: {entry['bytes']:,} bytes, {runs.sentence(entry['metrics'])}")


if __name__ == "__main__":
    main()
