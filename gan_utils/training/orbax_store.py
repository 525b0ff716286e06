"""Orbax's store: any folder's name, and its errors without their traces."""

import gc
import io
import logging
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
_PLAIN = re.compile(r"[\w ./+,=@~'()#&%-]*")  # orbax takes [, \ and more for patterns


class Failed(Exception):
    """Something could not be read; the text is the kind of error."""


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


@contextmanager
def manager(directory, writes: bool = False):
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
