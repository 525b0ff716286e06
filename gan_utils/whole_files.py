"""Write a file whole or not at all."""

import contextlib
import json
import os
import secrets
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
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(new, "xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise


def write_json(path: Path, value: dict) -> None:
    """Write a dictionary as JSON that people can read; see `write_with`."""
    text = json.dumps(value, indent=2) + "\n"
    write_with(path, lambda file: file.write(text.encode()))
