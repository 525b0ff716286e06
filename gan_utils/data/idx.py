"""The idx format of MNIST and its kin: big-endian counts, then one byte a value."""

import math
import zlib

import numpy as np

UNSIGNED_BYTES = 8  # the format's code for the only type that these files use
MOST = 2**28  # bytes once unpacked; the largest published file takes 47 million


def unpack(content: bytes, name: str = "content") -> bytes:
    """Decompress a gzip file that is complete and holds nothing after its end.

    Args:
        content: the file, as published (one gzip member).
        name: what to call it in the message.

    Raises:
        ValueError: no gzip file, or one that is damaged, cut, too large or followed by
            bytes.
    """
    gzip = zlib.decompressobj(wbits=31)  # 31: a gzip header and its checksum are due
    try:
        unpacked = gzip.decompress(content, MOST + 1)
    except zlib.error as error:
        raise ValueError(
            f"{name} is no sound gzip file ({error}). Likely cause: a damaged "
            "download, or a page that was saved in its place."
        ) from error
    if len(unpacked) > MOST:
        raise ValueError(
            f"{name} unpacks to more than {MOST:,} bytes. Likely cause: another file."
        )
    if not gzip.eof:
        raise ValueError(_cut(name, len(content), "the end of a gzip file"))
    if gzip.unused_data:
        raise ValueError(_trailing(name, len(gzip.unused_data)))
    return unpacked


def parse(content: bytes, rank: int, name: str = "content") -> np.ndarray:
    """Read an array of bytes in the idx format.

    The header is two zeros, the type (8: unsigned bytes), the rank, and a big-endian
    count of 4 bytes for each axis.

    Args:
        content: the whole file, not compressed.
        rank: axes that it must have, 1 for labels or 3 for images.
        name: what to call it in the message.

    Returns:
        uint8 array of that rank, a read-only view of content.

    Raises:
        ValueError: another magic number, too few bytes, too many, or a count of zero.

    References:
        LeCun, Cortes and Burges, The MNIST database of handwritten digits, 1998.
    """
    header = 4 + 4 * rank
    _expect_magic(content[:4], rank, name)
    if len(content) < header:
        raise ValueError(_cut(name, len(content), f"a header of {header}"))
    counts = np.frombuffer(content[4:header], ">u4").tolist()
    size = header + math.prod(counts)
    if 0 in counts:
        raise ValueError(f"{name} announces {counts} values; expected 1 or more.")
    if len(content) < size:
        raise ValueError(_cut(name, len(content), f"{size} for counts of {counts}"))
    if len(content) > size:
        raise ValueError(_trailing(name, len(content) - size, f", {counts} values"))
    return np.frombuffer(content, "uint8", offset=header).reshape(counts)


def pair(images: np.ndarray, labels: np.ndarray, name: str = "images") -> None:
    """Check that there is one label an image.

    Raises:
        ValueError: the counts differ.
    """
    if len(images) != len(labels):
        raise ValueError(
            f"{name} holds {len(images)} images and {len(labels)} labels; expected one "
            "label an image. Likely cause: images of one split, labels of the other."
        )


def _expect_magic(found: bytes, rank: int, name: str) -> None:
    expected = bytes([0, 0, UNSIGNED_BYTES, rank])
    if found == expected:
        return
    if expected.startswith(found):
        raise ValueError(_cut(name, len(found), "a magic number of 4"))
    cause = {
        b"\x1f\x8b": "a file that is still compressed; `unpack` it",
        b"\x00\x00": "labels in the place of images, or the reverse",
    }.get(found[:2], "no idx file")
    raise ValueError(
        f"{name} begins with {found.hex()}; expected the magic number "
        f"{expected.hex()}. Likely cause: {cause}."
    )


def _cut(name, size, expected):
    return (
        f"{name} ends after {size} bytes; expected {expected}. "
        "Likely cause: a download that was cut."
    )


def _trailing(name, extra, announced=""):
    return (
        f"{name} has {extra} bytes after its end{announced}. "
        "Likely cause: two files in one, or a header that was changed."
    )
