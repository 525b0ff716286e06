"""Files are written whole or not at all, and an error names what was to be written."""

import errno
import os
import time

import numpy as np
import pytest

from gan_utils import whole_files


def test_a_failing_writer_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.npy"
    path.write_bytes(b"old")

    def fail(file):
        file.write(b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        whole_files.write_with(path, fail)
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["a.npy"]


@pytest.mark.parametrize("number", [errno.EACCES, None])
def test_an_error_names_the_file_and_not_the_one_that_was_to_become_it(
    tmp_path, number
):
    def fail(file):  # NumPy says only how many values it wrote
        raise OSError(number, "x") if number else OSError("3000 requested, 2 written")

    with pytest.raises(OSError) as caught:
        whole_files.write_with(tmp_path / "a.npy", fail)
    assert caught.value.errno == (number or errno.ENOSPC)
    assert caught.value.filename == str(tmp_path / "a.npy")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has such a file")
def test_numpy_on_a_full_disk_gives_no_number_of_the_error():
    with pytest.raises(OSError) as caught, open("/dev/full", "wb", 0) as file:
        np.save(file, np.zeros(10**5))
    assert caught.value.errno in (None, errno.ENOSPC)


def test_what_a_killed_process_left_goes_once_it_is_old(tmp_path):
    names = [".a.json." + "0" * 16, ".a.json." + "1" * 16, ".a.json.mine", ".b.json"]
    for name in names:
        (tmp_path / name).touch()
    old = time.time() - whole_files.STALE - 60
    for name in (names[0], *names[2:]):
        os.utime(tmp_path / name, (old, old))
    whole_files.write_json(tmp_path / "a.json", {})
    assert sorted(os.listdir(tmp_path)) == sorted([*names[1:], "a.json"])
