"""The idx format: what is read, and every way to be refused."""

import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_utils.data import idx

# A slow machine is no failure, and what a test sees must not depend on an earlier run.
same_every_time = settings(deadline=None, database=None, derandomize=True)
COUNTS = st.lists(st.integers(1, 5), min_size=1, max_size=4)


def encode(array):
    """Write the format, independently of the reader."""
    counts = b"".join(n.to_bytes(4, "big") for n in array.shape)
    return bytes([0, 0, 8, array.ndim]) + counts + array.tobytes()


def array_of(counts, seed=0):
    return np.random.default_rng(seed).integers(0, 256, counts).astype("uint8")


IMAGES = encode(array_of((3, 4, 5)))


@same_every_time
@given(COUNTS, st.integers(0, 2**32 - 1))
def test_what_was_written_is_read(counts, seed):
    array = array_of(counts, seed)
    found = idx.parse(encode(array), len(counts))
    assert found.dtype == np.uint8 and not found.flags.writeable
    np.testing.assert_array_equal(found, array)


@same_every_time
@given(COUNTS)
def test_every_truncation_is_refused(counts):
    content = encode(array_of(counts))
    for size in range(len(content)):
        with pytest.raises(ValueError, match="download that was cut"):
            idx.parse(content[:size], len(counts))


@same_every_time
@given(COUNTS, st.binary(min_size=1, max_size=9))
def test_trailing_bytes_are_refused(counts, extra):
    with pytest.raises(ValueError, match=f"{len(extra)} bytes after its end"):
        idx.parse(encode(array_of(counts)) + extra, len(counts))


@same_every_time
@given(st.binary(max_size=40), st.integers(1, 4))
def test_no_bytes_crash_the_reader(content, rank):
    try:
        assert idx.parse(content, rank).ndim == rank
    except ValueError as error:
        assert "Likely cause" in str(error) or "expected 1 or more" in str(error)


WRONG = {
    "labels": (encode(array_of((3,))) + bytes(20), "labels in the place of images"),
    "type": (bytes([0, 0, 9, 3]) + IMAGES[4:], r"00000903; expected .* 00000803"),
    "start": (b"\x08\x03\0\0" + IMAGES[4:], "no idx file"),
    "gzip": (gzip.compress(IMAGES), "still compressed"),
    "page": (b"<!DOCTYPE html><html></html>", "no idx file"),
    "nothing": (encode(np.zeros((0, 4, 5), "uint8")), "expected 1 or more"),
    "huge": (IMAGES[:4] + b"\xff" * 12 + IMAGES[16:], "ends after 76 bytes"),
    "more": (IMAGES[:7] + b"\x04" + IMAGES[8:], "96 for counts of .4, 4, 5."),
    "fewer": (IMAGES[:7] + b"\x02" + IMAGES[8:], "20 bytes after its end"),
}


# Named, as the bytes of a gzip file hold the time and two workers would disagree.
@pytest.mark.parametrize(("content", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_header_is_refused(content, message):
    with pytest.raises(ValueError, match=f"shoes.*{message}"):
        idx.parse(content, 3, "shoes")


def test_a_gzip_file_is_unpacked():
    assert idx.unpack(gzip.compress(IMAGES)) == IMAGES


def test_a_gzip_file_is_whole_or_refused():
    packed = gzip.compress(IMAGES)
    for size in range(len(packed)):
        with pytest.raises(ValueError, match="cut"):
            idx.unpack(packed[:size])
    for extra in (b"\0", packed):
        with pytest.raises(ValueError, match="after its end"):
            idx.unpack(packed + extra)


@same_every_time
@given(st.integers(0, 8 * 30 - 1))
def test_a_flipped_bit_of_the_packed_bytes_never_gives_other_values(bit):
    packed = bytearray(gzip.compress(IMAGES))
    packed[-1 - bit // 8] ^= 1 << bit % 8
    try:
        assert idx.unpack(bytes(packed)) == IMAGES  # a bit that nothing reads
    except ValueError as error:
        assert "Likely cause" in str(error)


def test_there_is_one_label_an_image():
    idx.pair(array_of((3, 2, 2)), array_of((3,)))
    with pytest.raises(ValueError, match="3 images and 4 labels"):
        idx.pair(array_of((3, 2, 2)), array_of((4,)))
