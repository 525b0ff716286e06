"""The command `gan-course`: open, run, doctor and set-repository."""

import argparse
import sys
from pathlib import Path

from gan_utils.cli.places import CourseError, select


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        arguments: the words after `gan-course`; by default those of this process.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except CourseError as error:
        print(f"gan-course: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gan-course", description=__doc__)
    commands = parser.add_subparsers(title="commands")

    run = commands.add_parser("run", help="execute notebooks and write HTML to read")
    run.add_argument("notebooks", nargs="*", metavar="NN", help="numbers; all if none")
    run.add_argument("--out", type=Path, default=Path("course_html"), metavar="DIR")
    run.add_argument(
        "--in-place",
        action="store_true",
        help="for contributors: normalise and write the executed notebook back",
    )
    run.set_defaults(command=_run)

    return parser


def _run(options: argparse.Namespace) -> int:
    try:
        from gan_utils.cli import run
    except ImportError as error:
        raise CourseError(
            f'{error}. Install the notebook tools: pip install -e ".[lab]"'
        ) from None
    paths = select(options.notebooks)
    out = None if options.in_place else options.out
    runs = run.run_all(paths, out)
    print(run.table(runs))
    if out:
        print(f"Pages to read: {out.resolve()}")
    return int(any(r.failure for r in runs))
