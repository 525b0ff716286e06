"""The words of the line: what each command takes."""

import argparse
from pathlib import Path

import gan_utils
from gan_utils.cli import DEBUG

HOME = ("~", "~/", "~\\")  # how a path below the home directory begins


def parser() -> argparse.ArgumentParser:
    """Make the reader of the line; `command` is the first word."""
    parser = argparse.ArgumentParser(
        prog="gan-course",
        description="Open the course, run its notebooks, look for what is wrong with "
        "this computer.",
    )
    parser.add_argument(DEBUG, action="store_true", help="show where an error arose")
    version = f"gan-course {gan_utils.__version__}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(title="commands", dest="command")

    lab = commands.add_parser("open", help="open JupyterLab on notebook 00 (default)")
    lab.add_argument("--folder", type=_folder, help="your copy of the notebooks")
    lab.add_argument("--no-browser", action="store_true", help="print the address only")
    lab.add_argument("--ip", help="the address to listen on")
    lab.add_argument("--port", type=_number(int, 65535), help="the port to listen on")

    run = commands.add_parser("run", help="execute notebooks and write HTML to read")
    run.add_argument("notebooks", nargs="*", metavar="NN", help="numbers; all if none")
    where = run.add_mutually_exclusive_group()
    where.add_argument(
        "--out", type=_folder, metavar="DIR", help="for the pages; course_html if none"
    )
    where.add_argument(
        "--in-place",
        action="store_true",
        help="for contributors: normalise and write the executed notebook back",
    )
    run.add_argument(
        "--times",
        action="store_true",
        help="for contributors: write the seconds into the README's time table",
    )

    _add_train(commands)
    _add_sample(commands)

    commands.add_parser("doctor", help="say what is wrong with this computer")

    book = commands.add_parser("book", help="make a site to read from the notebooks")
    book.add_argument("--out", type=_folder, default=Path("course_book"), metavar="DIR")
    book.add_argument("--pdf", type=_folder, metavar="FILE", help="print it, too")

    address = commands.add_parser(
        "set-repository", help="for contributors: write the course's address into it"
    )
    address.add_argument("address", metavar="URL", help='https://..., or "" for none')
    address.add_argument("--site", default="", metavar="URL", help="of the book")
    return parser


def _add_train(commands) -> None:
    train = commands.add_parser("train", help="train a recipe on images")
    train.add_argument("recipe", help="brain, calculus, probability, art, ...")
    train.add_argument("--data", default="mnist", help="mnist, fashion_mnist, ...")
    length = train.add_mutually_exclusive_group()
    length.add_argument("--steps", type=_number(int, 2**31 - 1), help="updates")
    length.add_argument(
        "--minutes",
        type=_number(float, 100_000),
        help="time; fixes the number of updates",
    )
    train.add_argument("--seed", type=_seed, default=0)
    train.add_argument(
        "--conditional", action="store_true", help="generate digits of a chosen class"
    )
    train.add_argument("--out", type=_folder, required=True, metavar="DIR")
    train.add_argument("--resume", action="store_true", help="go on in a used folder")


def _add_sample(commands) -> None:
    sample = commands.add_parser("sample", help="draw samples from a trained run")
    sample.add_argument("folder", type=_folder, metavar="DIR")
    sample.add_argument("--n", type=_number(int, 10**6), default=5000, help="how many")
    sample.add_argument(
        "--seed", type=_seed, help="another draw; the run's own if none"
    )


def _number(kind, most):
    """Make a reader of numbers above 0 and up to `most`, for argparse."""
    whole = "whole " if kind is int else ""

    def read(text: str):
        value = _value(kind, text)
        if value is None or not 0 < value <= most:
            raise argparse.ArgumentTypeError(
                f"{text!r}; expected a {whole}number above 0, at most {most:,}"
            )
        return value

    return read


def _seed(text: str) -> int:
    value = _value(int, text)
    if value is None or not -(2**63) <= value < 2**63:
        raise argparse.ArgumentTypeError(
            f"{text!r}; expected a whole number of at most 64 bits"
        )
    return value


def _value(kind, text: str):
    try:
        return kind(text)
    except ValueError:
        return None


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError(
            "'' is no name; expected a folder's. Likely cause: a variable that is "
            "not set"
        )
    # No shell does it behind `--out=`, and a folder called ~ is hard to delete.
    return Path(text).expanduser() if text[:2] in HOME else Path(text)
