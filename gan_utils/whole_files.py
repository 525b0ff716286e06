"""Write a file whole or not at all; read JSON that anybody may have changed."""

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
