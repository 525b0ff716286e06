"""What a saved run must hold; whoever wrote the file, nothing else gets into a lab."""

from itertools import pairwise

import jax
import numpy as np

from gan_utils.lab.record import Record
from gan_utils.lab.structure import PLAYERS
from gan_utils.lab.timeline import MOST_STRETCHES

MOST_UPDATES = 2**31 - 1
LARGEST = 1e18  # of a number; its square still fits into single precision


def about(found: dict, form: str, records: tuple[str, ...]) -> None:
    """Check the plain part of a file.

    Args:
        found: what was in it.
        form: name of the format that it must have.
        records: names of the curves that it must have.

    Raises:
        ValueError: naming the first part that no lab has written.
    """
    _expect(found.get("format") == form, f"its format is not {form!r}")
    now, head, widths = (found.get(name) for name in ("now", "head", "widths"))
    _expect(_whole(now) and _whole(head) and now <= head, "its steps make no sense")
    _expect(isinstance(found.get("message"), str), "it has no message")
    _expect(isinstance(found.get("broken"), bool), "it does not say if the run broke")
    _expect(isinstance(widths, dict), "the widths of its curves are missing")
    for name in records:
        width = widths.get(name)
        double = _whole(width) and width > 0 and width & (width - 1) == 0
        _expect(double, "a curve of it has another width")
    snapshots = found.get("snapshots")
    _expect(isinstance(snapshots, list), "it lists no states")
    _expect(2 <= len(snapshots) <= MOST_STRETCHES + 1, "its states are too few or many")
    for entry in snapshots:
        _expect(
            isinstance(entry, dict)
            and _whole(entry.get("step"))
            and entry.get("moves") in PLAYERS
            and isinstance(entry.get("settings"), dict),
            "one of its states is not described",
        )
    *stretches, last = (entry["step"] for entry in snapshots)
    _expect(
        all(a < b for a, b in pairwise(stretches))
        and stretches[0] <= now == last
        and stretches[-1] <= head,
        "its states are not in order",
    )


def numbers(found, size: int) -> np.ndarray:
    """Check that the bytes of a state are there."""
    kind = getattr(found, "dtype", None), getattr(found, "shape", None)
    _expect(kind == (np.dtype("uint8"), (size,)), "a state has another size")
    return found


def state(found, step: int) -> None:
    """Check that a state is of that step, and its networks are of ordinary numbers."""
    _expect(found.updates == step, "a state is of another step")
    for leaf in jax.tree.leaves((found.d.variables, found.g.variables, found.ema)):
        small = np.abs(np.asarray(leaf)) < LARGEST  # False for NaN
        _expect(small.all(), "a network has numbers that are not finite")


def record(empty: Record, name: str, width: int, arrays: dict) -> Record:
    """Fill the record of a curve from a file's arrays."""
    sums, counts = arrays.get(f"{name}.sums"), arrays.get(f"{name}.counts")
    for came, own in ((sums, empty.sums), (counts, empty.counts)):
        kind = getattr(came, "dtype", None), getattr(came, "shape", None)
        _expect(kind == (own.dtype, own.shape), "a curve of it has another size")
    _expect((np.abs(sums) < LARGEST).all(), "a curve has numbers that are not finite")
    counted = (counts >= 0) & (counts <= MOST_UPDATES) & ((counts > 0) | (sums == 0))
    _expect(counted.all(), "a curve was counted wrongly")
    empty.width, empty.sums, empty.counts = width, sums, counts
    return empty


def _whole(value) -> bool:
    return type(value) is int and 0 <= value <= MOST_UPDATES


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
