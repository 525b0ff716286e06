"""Write a file whole or not at all."""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write_with(path: Path, write: Callable) -> None:
    """Call write(file) on a new file and put it in place once all of it is on disk.

    Args:
        path: where the file goes; one already there is replaced in one moment.
        write: gets a binary file open for writing.

    Raises:
        OSError: for example a full disk; the file at `path` is then as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def write_json(path: Path, value: dict) -> None:
    """Write a dictionary as JSON that people can read."""
    text = json.dumps(value, indent=2) + "\n"
    write_with(path, lambda file: file.write(text.encode()))
