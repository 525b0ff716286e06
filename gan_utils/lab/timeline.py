"""The timeline: snapshots from which any step of a run can be played again.

A stretch is what was played under one setup. Every stretch keeps its first state, and
marks along it keep others, ever farther apart as the run grows: memory stays bounded.
Updates draw by their step's number, so playing on from a snapshot repeats the run.
"""

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.lab.structure import Setup
from gan_utils.training import GANState

MOST_MARKS = 128
MOST_STRETCHES = 400
MOST_BYTES = 12 * 2**20  # of all marks, and of all stretches


class Packed(NamedTuple):
    """A state as one vector of bytes."""

    numbers: np.ndarray
    layout: "Layout"


class Layout(NamedTuple):
    """How a state's arrays lie in the vector."""

    tree: object
    kinds: tuple[tuple[str, tuple[int, ...], str], ...]  # dtype, shape, kind of key


@lru_cache(maxsize=256)
def _shared(layout: Layout) -> Layout:
    return layout


def pack(state: GANState) -> Packed:
    """Copy a state out of JAX, into one vector."""
    leaves, tree = jax.tree.flatten(state)
    keys = [_kind_of_key(leaf) for leaf in leaves]
    arrays = [
        np.asarray(jax.random.key_data(leaf) if kind else leaf)
        for leaf, kind in zip(leaves, keys, strict=True)
    ]
    kinds = tuple(
        (a.dtype.str, a.shape, kind) for a, kind in zip(arrays, keys, strict=True)
    )
    numbers = np.frombuffer(b"".join(a.tobytes() for a in arrays), "uint8")
    return Packed(numbers, _shared(Layout(tree, kinds)))


def _kind_of_key(leaf) -> str:
    typed = jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key)
    return str(jax.random.key_impl(leaf)) if typed else ""


def unpack(packed: Packed) -> GANState:
    """Make the state again, bit for bit."""
    leaves, at = [], 0
    for dtype, shape, kind in packed.layout.kinds:
        end = at + np.dtype(dtype).itemsize * int(np.prod(shape, dtype=int))
        array = packed.numbers[at:end].view(dtype).reshape(shape).copy()
        leaf = jnp.asarray(array)
        leaves.append(jax.random.wrap_key_data(leaf, impl=kind) if kind else leaf)
        at = end
    return jax.tree.unflatten(packed.layout.tree, leaves)


class Snapshot(NamedTuple):
    """Where a run stood, and under which setup it went on."""

    step: int
    setup: Setup
    packed: Packed


class Timeline:
    """Stretches and marks of one run."""

    def __init__(self, first: Snapshot):
        self.stretches: list[Snapshot] = [first]
        self.marks: list[Snapshot] = []
        self.every = 32  # updates between marks, doubled when there are too many

    @property
    def first(self) -> int:
        """The earliest step that can be played again."""
        return self.stretches[0].step

    def copy(self) -> "Timeline":
        """Copy the lists; snapshots never change."""
        other = Timeline(self.stretches[0])
        other.stretches, other.marks = list(self.stretches), list(self.marks)
        other.every = self.every
        return other

    def stretch_at(self, step: int) -> Snapshot:
        """Find the stretch that update number `step` belongs to."""
        return self.stretches[bisect_right(self.stretches, step, key=_step) - 1]

    def change_after(self, step: int) -> Snapshot | None:
        """Find the next stretch that begins after a step."""
        after = bisect_right(self.stretches, step, key=_step)
        return self.stretches[after] if after < len(self.stretches) else None

    def nearest(self, step: int) -> Snapshot:
        """Find the last snapshot at a step or before it."""
        stretch = self.stretch_at(step)
        before = bisect_right(self.marks, step, key=_step)
        mark = self.marks[before - 1] if before else stretch
        return mark if mark.step > stretch.step else stretch

    def begin(self, snapshot: Snapshot) -> None:
        """Start a stretch; what was recorded from that step on is forgotten."""
        self.cut(snapshot.step)
        if self.stretches and self.stretches[-1].step == snapshot.step:
            self.stretches.pop()
        self.stretches.append(snapshot)
        while (
            len(self.stretches) > MOST_STRETCHES or _size(self.stretches) > MOST_BYTES
        ):
            self.stretches.pop(0)
            self.marks = [mark for mark in self.marks if mark.step > self.first]

    def cut(self, step: int) -> None:
        """Forget what begins after a step."""
        self.stretches = [s for s in self.stretches if s.step <= step]
        self.marks = [mark for mark in self.marks if mark.step <= step]

    def mark(self, step: int, setup: Setup, state: GANState) -> None:
        """Keep a state if the last snapshot is old enough."""
        last = self.marks[-1].step if self.marks else self.first
        last = max(last, self.stretches[-1].step)
        if step < last + self.every:
            return
        self.marks.append(Snapshot(step, setup, pack(state)))
        if len(self.marks) > MOST_MARKS or _size(self.marks) > MOST_BYTES:
            self.marks, self.every = self.marks[1::2], 2 * self.every


def _step(snapshot: Snapshot) -> int:
    return snapshot.step


def _size(snapshots: list[Snapshot]) -> int:
    return sum(snapshot.packed.numbers.nbytes for snapshot in snapshots)
