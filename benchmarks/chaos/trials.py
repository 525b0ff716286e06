"""What one trial is, and how trials of a kind are run."""

import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

VERDICTS = ("survived", "lost", "unclear")


class Lost(Exception):
    """Work or a file is gone, or came out otherwise; the text says which."""


class Unclear(Exception):
    """Nothing is lost, but nobody was told in a sentence what happened."""


class Trial(NamedTuple):
    """What became of one disturbance."""

    kind: str
    seed: int  # with the kind's name it gives the same random moments and bytes again
    verdict: str  # one of VERDICTS
    said: str  # what was disturbed, or what went wrong
    seconds: float


def run(kind: str, disturb: Callable, seed: int, folder: Path) -> Trial:
    """Run one trial in a new folder.

    Args:
        kind: its name; every kind draws other random numbers from the same seed.
        disturb: (rng, folder) -> what was done, in words; raises Lost or Unclear.
        seed: of the random numbers.
        folder: an empty one for its files.
    """
    rng = np.random.default_rng([seed, *kind.encode()])
    clock = time.perf_counter()
    try:
        verdict, said = "survived", disturb(rng, folder)
    except Lost as error:
        verdict, said = "lost", str(error)
    except Unclear as error:
        verdict, said = "unclear", str(error)
    except Exception:  # the benchmark's own fault, or one that nobody thought of
        verdict, said = "unclear", traceback.format_exc(limit=-2)
    return Trial(kind, seed, verdict, said, round(time.perf_counter() - clock, 2))


def require(true: bool, said: str) -> None:
    """Raise Lost with what is lost, unless it is there."""
    if not true:
        raise Lost(said)
