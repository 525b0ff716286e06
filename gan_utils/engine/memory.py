"""Memory kept between updates, where the C library would give it back every time.

The temporary memory of an update with convolutions is tens of megabytes. glibc maps
such a piece anew at each call and returns it after, so that every page of it is faulted
in again: a tenth of the time of a DCGAN's update. `keep` has it cut such pieces from
the heap, and leave up to MOST bytes of it with the process.
"""

import ctypes
import os
import platform
from functools import cache

SWITCH = "GAN_UTILS_KEEP_MEMORY"  # "0" or "off" leaves the C library as it is
MOST = 512 * 2**20  # bytes free at the heap's end, beyond which it shrinks
TRIM_THRESHOLD, MMAP_MAX = -1, -4  # of glibc's malloc.h


@cache
def keep() -> bool:
    """Keep temporary memory from now on; tell whether the C library does."""
    if os.environ.get(SWITCH, "").lower() in ("0", "off"):
        return False
    if platform.libc_ver()[0] != "glibc":
        return False  # macOS, Windows and musl have other allocators
    try:
        set_option = ctypes.CDLL(None).mallopt
        return bool(set_option(MMAP_MAX, 0) and set_option(TRIM_THRESHOLD, MOST))
    except (OSError, AttributeError):
        return False
