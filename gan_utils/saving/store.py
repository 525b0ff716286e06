"""Orbax's store: in a folder of any name, its errors without their traces."""

import gc
import io
import logging
import os
import re
import shutil
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

KEEP = 2  # newest checkpoints kept in a folder
SETTLE = 0.2  # seconds after which orbax has said all of an error
ASIDE = "damaged"  # folder for checkpoints that cannot be read
_STEP = re.compile("0|[1-9][0-9]*")  # a folder with any other name is not orbax's
_PLAIN = re.compile(r"[\w ./+,=@~'()#&%-]*")  # orbax takes [, \ and more for patterns


class Failed(Exception):
    """Something could not be read; the text is the kind of error."""


def steps(directory) -> list[int]:
    """List the steps with a complete checkpoint in a folder, oldest first."""
    folder = Path(directory)
    if not folder.is_dir():
        return []
    names = (p.name for p in folder.iterdir() if p.is_dir())
    return sorted(int(n) for n in names if _STEP.fullmatch(n))


def set_aside(directory, step: int) -> Path:
    """Move a checkpoint out of the way, and return where it lies now."""
    shelf = Path(directory) / ASIDE
    shelf.mkdir(exist_ok=True)
    place = shelf / f"{step}-{sum(1 for _ in shelf.iterdir())}"
    return (Path(directory) / str(step)).rename(place)


def quietly(read):
    """Return read(), or raise Failed and let nothing be printed.

    Orbax's other threads fail, and print, a moment later; and what they leave behind
    complains when it is collected.
    """
    with silence(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "coroutine '.*' was never awaited")
        try:
            return read()
        except Exception as error:
            kind = type(error).__name__
        time.sleep(SETTLE)
        gc.collect()
    raise Failed(kind)


def remove(folder: Path, pattern: str) -> None:
    """Remove what a failed save left; orbax's other threads may still write to it."""
    for _ in range(5):
        for unfinished in folder.glob(pattern):
            shutil.rmtree(unfinished, ignore_errors=True)
        time.sleep(0.1)


@contextmanager
def silence():
    """Keep orbax from printing the trace of an error that is raised anyway.

    After one its logger stays silent: its other threads may fail a moment later. They
    print past the logger too.
    """
    logger = logging.getLogger("absl")
    level, hook = logger.level, sys.unraisablehook
    logger.setLevel(logging.CRITICAL)
    sys.unraisablehook = lambda _: None
    try:
        with redirect_stderr(io.StringIO()):
            yield
    finally:
        sys.unraisablehook = hook
    logger.setLevel(level)


def write(directory, step: int, state: dict, history: dict, about: dict) -> None:
    """Write the checkpoint of a step, unless it is there.

    Orbax writes into a temporary folder and renames it.

    Args:
        directory: of any name.
        step: number of updates.
        state, history: arrays by name.
        about: what JSON holds.

    Raises:
        OSError: of the system. What was written is gone.
    """
    import orbax.checkpoint as ocp

    items = ocp.args.Composite(
        state=ocp.args.StandardSave(state),
        history=ocp.args.StandardSave(history),
        about=ocp.args.JsonSave(about),
    )
    try:
        with _manager(directory, writes=True) as manager:
            if step not in manager.all_steps():
                manager.save(step, args=items)
    except ValueError as error:  # of orbax's store, whatever the system's error was
        code = re.search(r"os_error_code='(\d+)'", str(error))
        if not code:
            raise
        remove(Path(directory), f"{step}.*tmp*")
        warnings.filterwarnings("ignore", "coroutine '.*' was never awaited")
        number = int(code[1])
        raise OSError(number, os.strerror(number), str(directory)) from error


def read(directory, step: int, state: dict) -> tuple[dict, dict]:
    """Read (state, history), arrays by name; `state` has the shapes of the first."""
    import orbax.checkpoint as ocp

    wanted = ocp.args.Composite(
        state=ocp.args.StandardRestore(state), history=ocp.args.StandardRestore()
    )
    with _manager(directory) as manager:
        found = manager.restore(step, args=wanted)
    return found.state, found.history


def read_about(directory, step: int) -> dict:
    """Read what `write` was told of it."""
    import orbax.checkpoint as ocp

    wanted = ocp.args.Composite(about=ocp.args.JsonRestore())
    with _manager(directory) as manager:
        return manager.restore(step, args=wanted).about


@contextmanager
def _manager(directory, writes: bool = False):
    """Open a folder of checkpoints, which is made for it.

    Args:
        directory: of any name.
        writes: something will be saved: what a killed process left is removed.
    """
    import orbax.checkpoint as ocp

    options = ocp.CheckpointManagerOptions(
        max_to_keep=KEEP,
        create=True,
        enable_async_checkpointing=False,
        cleanup_tmp_directories=writes,  # what a killed process left
    )
    path = Path(directory).absolute()
    path.mkdir(parents=True, exist_ok=True)
    with (
        _plainly(path) as plain,
        ocp.CheckpointManager(plain, options=options) as manager,
    ):
        yield manager


@contextmanager
def _plainly(path: Path):
    """Give a folder's path, or that of a link to it where orbax would misread it."""
    text = path.as_posix().removeprefix(path.drive)
    spoken = text.isascii() or sys.getfilesystemencoding() == "utf-8"  # as in C++
    if spoken and _PLAIN.fullmatch(text):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="gan_utils-") as place:
        link = Path(place) / "checkpoints"
        link.symlink_to(path, target_is_directory=True)
        yield link
