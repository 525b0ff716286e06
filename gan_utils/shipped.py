"""Files that come with the package, known by their hash."""

import hashlib
import io
from pathlib import Path

import numpy as np

REMEDY = "Likely cause: an incomplete download or copy; install the course again."


def read(file, sha256: str, what: str) -> bytes:
    """Read a file after a check that it is the one that was tested.

    Args:
        file: a path, or a resource of the package.
        sha256: hash that its content must have, in hexadecimal.
        what: names the content in messages, in the plural: "the judge's weights".

    Raises:
        ValueError: the file is missing, or its content is not what was published.
    """
    if not file.is_file():
        raise ValueError(f"{what}, {file}, are missing. {REMEDY}")
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(
            f"{what}, {file}, are damaged: {len(content)} bytes with SHA-256 "
            f"{found[:12]}..., expected {sha256[:12]}... {REMEDY}"
        )
    return content


def write(path, named: dict[str, np.ndarray]) -> str:
    """Write arrays as an .npz file under exactly this name.

    The same numbers in the same order give the same bytes, with one version of zlib.

    Returns:
        The file's SHA-256.

    Raises:
        ValueError: an array is named "file", which NumPy keeps for itself.
    """
    if "file" in named:
        raise ValueError('named holds an array "file"; expected another name for it.')
    content = io.BytesIO()
    np.savez_compressed(content, **named)
    Path(path).write_bytes(content.getvalue())
    return hashlib.sha256(content.getvalue()).hexdigest()
