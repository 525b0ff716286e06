"""Write a file whole or not at all; read JSON that anybody may have changed."""

import contextlib
import errno
import json
import os
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path

STALE = 24 * 3600  # seconds after which an unfinished file belongs to nobody


def write_with(path: Path, write: Callable) -> None:
    """Call write(file) on a new file and put it in place once all of it is on disk.

    Args:
        path: where the file goes; one already there is replaced in one moment.
        write: gets a binary file open for writing.

    Raises:
        OSError: for example a full disk; it names `path`, and the file there is as it
            was.
    """
    _sweep(path)
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(new, "xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except OSError as error:  # NumPy leaves out the number where a disk is full
        number = error.errno or errno.ENOSPC
        raise OSError(number, os.strerror(number), str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Delete what processes that were killed left behind, once nobody writes it."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{16}}")
    with contextlib.suppress(OSError):
        for old in path.parent.iterdir():
            if name.fullmatch(old.name) and time.time() - old.stat().st_mtime > STALE:
                old.unlink()


def write_json(path: Path, value: dict) -> None:
    """Write a dictionary as JSON that people can read; see `write_with`."""
    text = json.dumps(value, indent=2) + "\n"
    write_with(path, lambda file: file.write(text.encode()))


def read_json(path) -> dict:
    """Read a JSON object.

    Args:
        path: a file, or a resource of the package.

    Raises:
        ValueError: the file holds no text, no JSON, or another value than an object.
        OSError: it cannot be read.
    """
    return json_object(path.read_bytes())


def json_object(content: bytes | str) -> dict:
    """Parse a JSON object; see `read_json`."""
    try:
        value = json.loads(content)
    except RecursionError:  # brackets in brackets, a thousand deep
        raise ValueError("brackets too deep for JSON of ours") from None
    if not isinstance(value, dict):
        raise ValueError(f"a JSON {type(value).__name__}; expected an object")
    return value
