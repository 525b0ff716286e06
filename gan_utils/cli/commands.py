"""What each command of the line does; an error ends it in one line."""

import argparse
import contextlib
import difflib
import os
import signal
import sys
from pathlib import Path

from gan_utils.cli import DEBUG, options, surroundings
from gan_utils.cli.places import CourseError, install, select

OWN = ("-h", "--help", "--version")  # options of no command


def run(words: list[str]) -> int:
    """Run a command in words, and return its exit code."""
    debug = DEBUG in words
    words = [word for word in words if word != DEBUG]
    if not words or (words[0].startswith("-") and words[0] not in OWN):
        words = ["open", *words]
    _prepare_output()
    if words[0] not in (*COMMANDS, *OWN):
        return _unknown(words[0])
    read = options.parser().parse_args(words)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # quieter kernels
    try:
        os.getcwd()  # an error when the current folder is gone
        code = COMMANDS[read.command](read)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the output has gone: `doctor | head`
        return 1
    except (Exception, KeyboardInterrupt, SystemExit) as error:
        if debug:
            raise
        from gan_utils.cli import failures

        print(f"gan-course: {failures.sentence(error)}", file=sys.stderr)
        return 130 if isinstance(error, KeyboardInterrupt) else 2
    finally:
        _flush()


def _unknown(word: str) -> int:
    """Refuse a word that is no command."""
    close = difflib.get_close_matches(word.lower(), COMMANDS, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    known = ", ".join(COMMANDS)
    said = f"there is no command {word!r}.{hint} There are {known}; see --help."
    print(f"gan-course: {said}", file=sys.stderr)
    _flush()
    return 2


@contextlib.contextmanager
def _loading():
    """End at once by Control-C: some modules take it for an error of their own."""

    def end(*_):
        os.write(2, b"gan-course: stopped.\n")
        os._exit(130)

    try:
        before = signal.signal(signal.SIGINT, end)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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


def _check_surroundings() -> None:
    surroundings.require_packages()
    surroundings.require_flags()


def _train(given: argparse.Namespace) -> int:
    with _loading():
        _check_surroundings()
        from gan_utils.cli import training

    return training.train(given)


def _sample(given: argparse.Namespace) -> int:
    with _loading():
        _check_surroundings()
        from gan_utils.cli import training

    return training.sample(given)


def _open(given: argparse.Namespace) -> int:
    from gan_utils.cli.open import open_course

    _check_surroundings()
    return open_course(given.folder, given.ip, given.port, browser=not given.no_browser)


def _run(given: argparse.Namespace) -> int:
    _check_surroundings()
    try:
        with _loading():
            from gan_utils.cli import run, times
    except ImportError as error:
        raise CourseError(f"{error}. Install the notebook tools: {install()}") from None
    if given.times:
        from gan_utils import program_cache

        program_cache.share_new_cache()  # compilation is a part of the time
    out = None if given.in_place else given.out or Path("course_html")
    runs = run.run_all(select(given.notebooks), out)
    print(run.table(runs))
    if given.times:
        times.write({r.name: r.seconds for r in runs if not r.failure})
    if out:
        print(f"Pages to read: {out.resolve()}")
    return int(any(r.failure for r in runs))


def _doctor(given: argparse.Namespace) -> int:
    from gan_utils.cli.doctor import print_report

    return print_report()


def _book(given: argparse.Namespace) -> int:
    from gan_utils.cli import book

    print(f"Open this in a browser: {book.build(given.out).resolve()}", flush=True)
    if given.pdf:
        book.print_pdf(given.out, given.pdf)
        print(f"On paper: {given.pdf.resolve()}")
    return 0


def _set_repository(given: argparse.Namespace) -> int:
    from gan_utils.cli.set_repository import set_repository

    changed = set_repository(given.address, given.site)
    print("\n".join(["Changed:", *changed]) if changed else "Nothing to change.")
    return 0


COMMANDS = {
    "open": _open,
    "run": _run,
    "train": _train,
    "sample": _sample,
    "doctor": _doctor,
    "book": _book,
    "set-repository": _set_repository,
}
