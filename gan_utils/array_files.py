"""Read named arrays from a file that anybody may have written: no code of it runs."""

import io

import numpy as np

MOST = 2**28  # bytes, packed or unpacked; no file of the course comes near


class Unreadable(ValueError):
    """A file holds no arrays, or is damaged; its text says why."""


def unpack(content: bytes) -> dict[str, np.ndarray]:
    """Unpack the arrays of an .npz file that is already in memory.

    Args:
        content: the whole file. Pickled objects in it are refused, never loaded.

    Raises:
        Unreadable: a ValueError; the content is none, or damaged, cut or too large.
    """
    if len(content) > MOST:
        raise Unreadable(f"it has more than {MOST:,} bytes")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as held:
            size = sum(entry.file_size for entry in held.zip.infolist())
            if size > MOST:
                raise ValueError(f"it unpacks to {size:,} bytes")
            found = {name: held[name] for name in held}
    except Exception as error:  # NumPy, zip and zlib each have their own
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise Unreadable(reason) from error
    for name, value in found.items():
        if not isinstance(value, np.ndarray):  # another file in the archive
            raise Unreadable(f"{name[:40]!r} in it is no array")
    return found
