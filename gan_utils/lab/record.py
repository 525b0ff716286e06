"""Curves of a run of any length in a fixed space: old points become averages."""

import numpy as np

from gan_utils.lab.frame import Series

BINS = 512


class Record:
    """Sums of named numbers over equal stretches of steps; the stretches double."""

    def __init__(self, names: tuple[str, ...]):
        self.names, self.width = names, 1
        self.sums = np.zeros((BINS, len(names)))
        self.counts = np.zeros((BINS, len(names)), int)

    def copy(self) -> "Record":
        """Copy the numbers."""
        other = Record(self.names)
        other.width = self.width
        other.sums, other.counts = self.sums.copy(), self.counts.copy()
        return other

    def add(self, step: int, values: np.ndarray) -> None:
        """Add rows (n, names) of consecutive steps from `step` on; NaN is left out."""
        values = np.asarray(values, float)
        steps = step + np.arange(len(values))
        while len(steps) and steps[-1] >= BINS * self.width:
            self._double()
        rows, known = steps // self.width, np.isfinite(values)
        np.add.at(self.sums, rows, np.where(known, values, 0.0))
        np.add.at(self.counts, rows, known.astype(int))

    def cut(self, step: int) -> None:
        """Forget the steps from `step` on, and those averaged with them."""
        kept = step // self.width
        self.sums[kept:], self.counts[kept:] = 0, 0

    def series(self) -> Series:
        """Return the averages; NaN where a number was never measured."""
        seen = np.flatnonzero(self.counts.any(1))
        counts = self.counts[seen]
        with np.errstate(invalid="ignore"):
            means = np.where(counts, self.sums[seen] / counts, np.nan)
        values = {
            name: means[:, i].astype("float32") for i, name in enumerate(self.names)
        }
        return Series(seen * self.width + self.width // 2, values)

    def _double(self) -> None:
        for name in ("sums", "counts"):
            pairs = getattr(self, name).reshape(BINS // 2, 2, -1).sum(1)
            setattr(self, name, np.concatenate([pairs, np.zeros_like(pairs)]))
        self.width *= 2
