"""What updates say of themselves: a report each, and the history of a run."""

from typing import NamedTuple

import jax
import numpy as np


class Report(NamedTuple):
    """What one update says of itself: scalars, each from its player's last move.

    They are measured before the parameters move; a player at rest has a norm of 0.
    """

    d_loss: jax.Array  # with the weighted penalty
    g_loss: jax.Array
    d_real: jax.Array  # mean logit on data
    d_fake: jax.Array  # mean logit on generated samples
    penalty: jax.Array  # unweighted mean
    d_grad_norm: jax.Array
    g_grad_norm: jax.Array


class History:
    """Reports of every update, as NumPy arrays by name, and how the run ended.

    Attributes:
        first_step: number of the first update recorded.
        stopped: None after a full run, else a sentence that says why it ended early.
        d_loss, g_loss, ...: every field of `Report`, shape (steps,), or
            (steps, members) for an ensemble.
    """

    def __init__(self, first_step: int = 0, arrays: dict | None = None):
        self.first_step = first_step
        self.stopped: str | None = None
        self._parts = {name: [] for name in Report._fields}
        for name, values in (arrays or {}).items():
            self._parts[name].append(np.asarray(values))

    def append(self, reports: Report) -> None:
        """Add the reports of some consecutive updates, arrays of shape (n, ...)."""
        if len(reports.d_loss) == 0:
            return
        for name, values in reports._asdict().items():
            self._parts[name].append(np.asarray(values))

    def __getattr__(self, name: str):
        parts = self.__dict__.get("_parts", {})
        if name not in parts:
            raise AttributeError(
                f"History has no field {name!r}; it has {list(parts)}."
            )
        if len(parts[name]) != 1:  # join once, on demand
            parts[name] = [np.concatenate(parts[name] or [np.zeros(0, "float32")])]
        return parts[name][0]

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts["d_loss"])

    def cut(self, n: int) -> None:
        """Forget all but the first n updates."""
        self._parts = {name: [values[:n]] for name, values in self.arrays().items()}

    def latest(self) -> tuple[float, float]:
        """Losses (D, G) of the last update; means over the members of an ensemble."""
        return tuple(
            float(np.mean(self._parts[k][-1][-1])) for k in ("d_loss", "g_loss")
        )

    @property
    def steps(self) -> np.ndarray:
        """Number of each recorded update, shape (steps,)."""
        return self.first_step + np.arange(len(self))

    def arrays(self) -> dict[str, np.ndarray]:
        """All fields by name."""
        return {name: getattr(self, name) for name in self._parts}

    def __repr__(self) -> str:
        if not len(self):
            return "History: no steps yet"
        losses = f"D {np.mean(self.d_loss[-1]):.3f}, G {np.mean(self.g_loss[-1]):.3f}"
        end = f"; {self.stopped}" if self.stopped else ""
        return f"History: {len(self)} steps, last losses {losses}{end}"
