"""Files that come with the package, known by their hash."""

import hashlib
import io
from pathlib import Path

import numpy as np


def read(file, sha256: str, what: str) -> bytes:
    """Read a file after a check that it is the one that was tested.

    Args:
        file: a path, or a resource of the package.
        sha256: hash that its content must have, in hexadecimal.
        what: names the file in messages, for example "the judge's weights".

    Raises:
        ValueError: the file is missing, or its content is not what was published.
    """
    remedy = "Likely cause: an incomplete download or copy; install the course again."
    if not file.is_file():
        raise ValueError(f"{what}, {file}, are missing. {remedy}")
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(
            f"{what}, {file}, are damaged: {len(content)} bytes with SHA-256 "
            f"{found[:12]}..., expected {sha256[:12]}... {remedy}"
        )
    return content


def arrays(content: bytes) -> dict[str, np.ndarray]:
    """Unpack the arrays of an .npz file that is already in memory."""
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        return {name: held[name] for name in held}


def write(path, named: dict[str, np.ndarray]) -> str:
    """Write arrays as an .npz file; the same numbers give the same bytes.

    Returns:
        The file's SHA-256.
    """
    np.savez_compressed(path, **named)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
