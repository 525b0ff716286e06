"""Whether what is asked for fits into this computer's memory.

JAX says so itself, but on a CPU often too late: where the answer is then read as a
NumPy array, some versions end the whole process, a notebook's kernel with it.
"""

import math
import os

GIB = 2**30
NUMBER = 4  # bytes of a float32


def memory() -> int | None:
    """Return the bytes of memory of this computer; None where it does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows
        return None


def require(n: int, shape: tuple[int, ...] = (), name: str = "n") -> None:
    """Refuse to draw more samples than memory can hold.

    Args:
        n: samples, a whole number of 0 or more.
        shape: of one of them.
        name: what to call n in the message.

    Raises:
        ValueError: n float32 samples are larger than all of this computer's memory.
    """
    most, needed = memory(), n * math.prod(shape) * NUMBER
    if most and needed > most:
        raise ValueError(
            f"{name} is {n:,}, and so many samples of shape {shape} take "
            f"{needed // GIB:,} GiB; expected fewer, since this computer has "
            f"{most / GIB:.1f} GiB of memory. Likely cause: too many zeros; else "
            "draw in parts."
        )
