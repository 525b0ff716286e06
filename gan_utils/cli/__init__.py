"""Open the course, run its notebooks, look for what is wrong with this computer."""

import argparse
import os
import sys
from pathlib import Path

from gan_utils.cli.places import CourseError, select

DEBUG = "--debug"  # anywhere in the line


def main(arguments: list[str] | None = None) -> int:
    """Run the command line `gan-course` and return its exit code.

    Args:
        arguments: the words after `gan-course`; by default those of this process.
    """
    words = sys.argv[1:] if arguments is None else arguments
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["open", *words]
    _prepare_output()
    options = _parser().parse_args([word for word in words if word != DEBUG])
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # quieter kernels
    try:
        os.getcwd()  # an error when the current folder is gone
        code = options.command(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the output has gone: `doctor | head`
        return 1
    except (Exception, KeyboardInterrupt) as error:
        if DEBUG in words:
            raise
        from gan_utils.cli import failures

        print(f"gan-course: {failures.sentence(error)}", file=sys.stderr)
        return 130 if isinstance(error, KeyboardInterrupt) else 2
    finally:
        _flush()


def _prepare_output() -> None:
    """Let every character be printed somehow, also where there is no output at all."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        elif hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="backslashreplace")


def _flush() -> None:
    """Write what is left, and be silent where it cannot be."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gan-course", description=__doc__)
    parser.add_argument(DEBUG, action="store_true", help="show where an error arose")
    commands = parser.add_subparsers(title="commands")

    lab = commands.add_parser("open", help="open JupyterLab on notebook 00 (default)")
    lab.add_argument("--folder", type=Path, help="your copy of the notebooks")
    lab.add_argument("--no-browser", action="store_true", help="print the address only")
    lab.add_argument("--ip", help="the address to listen on")
    lab.add_argument("--port", type=_number(int, 65535), help="the port to listen on")
    lab.set_defaults(command=_open)

    run = commands.add_parser("run", help="execute notebooks and write HTML to read")
    run.add_argument("notebooks", nargs="*", metavar="NN", help="numbers; all if none")
    run.add_argument("--out", type=Path, default=Path("course_html"), metavar="DIR")
    run.add_argument(
        "--in-place",
        action="store_true",
        help="for contributors: normalise and write the executed notebook back",
    )
    run.add_argument(
        "--times",
        action="store_true",
        help="for contributors: write the seconds into the README's time table",
    )
    run.set_defaults(command=_run)

    _add_train(commands)
    _add_sample(commands)

    doctor = commands.add_parser("doctor", help="say what is wrong with this computer")
    doctor.set_defaults(command=_doctor)

    address = commands.add_parser(
        "set-repository", help="for contributors: write the course's address into it"
    )
    address.add_argument("address", metavar="URL", help='https://..., or "" for none')
    address.set_defaults(command=_set_repository)
    return parser


def _add_train(commands) -> None:
    train = commands.add_parser("train", help="train a recipe on images")
    train.add_argument("recipe", help="brain, calculus, probability, art, ...")
    train.add_argument("--data", default="mnist", help="mnist, fashion_mnist, ...")
    length = train.add_mutually_exclusive_group()
    length.add_argument("--steps", type=_number(int, 2**31 - 1), help="updates")
    length.add_argument(
        "--minutes", type=_number(float, 1e5), help="time; fixes the number of updates"
    )
    train.add_argument("--seed", type=_seed, default=0)
    train.add_argument(
        "--conditional", action="store_true", help="generate digits of a chosen class"
    )
    train.add_argument("--out", type=Path, required=True, metavar="DIR")
    train.add_argument("--resume", action="store_true", help="go on in a used folder")
    train.set_defaults(command=_train)


def _add_sample(commands) -> None:
    sample = commands.add_parser("sample", help="draw samples from a trained run")
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.add_argument("--n", type=_number(int, 10**6), default=5000, help="how many")
    sample.add_argument(
        "--seed", type=_seed, help="another draw; the run's own if none"
    )
    sample.set_defaults(command=_sample)


def _number(kind, most):
    """Make a reader of numbers above 0 and up to `most`, for argparse."""

    def read(text: str):
        value = kind(text)
        if not 0 < value <= most:
            raise argparse.ArgumentTypeError(
                f"{text}; expected a number above 0, at most {most:g}"
            )
        return value

    read.__name__ = kind.__name__
    return read


def _seed(text: str) -> int:
    value = int(text)
    if not -(2**63) <= value < 2**63:
        raise argparse.ArgumentTypeError(f"{text}; expected at most 64 bits")
    return value


_seed.__name__ = "int"


def _train(options: argparse.Namespace) -> int:
    from gan_utils.cli import training

    return training.train(options)


def _sample(options: argparse.Namespace) -> int:
    from gan_utils.cli import training

    return training.sample(options)


def _open(options: argparse.Namespace) -> int:
    from gan_utils.cli.open import open_course

    return open_course(
        options.folder, options.ip, options.port, browser=not options.no_browser
    )


def _run(options: argparse.Namespace) -> int:
    try:
        from gan_utils.cli import run, times
    except ImportError as error:
        raise CourseError(
            f'{error}. Install the notebook tools: pip install -e ".[lab]"'
        ) from None
    if options.times:
        from gan_utils import program_cache

        program_cache.share_new_cache()  # compilation is a part of the time
    out = None if options.in_place else options.out
    runs = run.run_all(select(options.notebooks), out)
    print(run.table(runs))
    if options.times:
        times.write({r.name: r.seconds for r in runs if not r.failure})
    if out:
        print(f"Pages to read: {out.resolve()}")
    return int(any(r.failure for r in runs))


def _doctor(options: argparse.Namespace) -> int:
    from gan_utils.cli.doctor import print_report

    return print_report()


def _set_repository(options: argparse.Namespace) -> int:
    from gan_utils.cli.setup_cell import set_repository

    changed = set_repository(options.address)
    print("\n".join(["Changed:", *changed]) if changed else "Nothing to change.")
    return 0
