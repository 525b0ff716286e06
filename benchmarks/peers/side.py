"""What the timer needs to know of one way to compute a case."""

from typing import Any, NamedTuple, Protocol

import numpy as np


class Start(NamedTuple):
    """Where all sides begin: weights by layer, and the draws of the first steps."""

    g: list[tuple[np.ndarray, np.ndarray]]  # (kernel, bias) from first layer to last
    d: list[tuple[np.ndarray, np.ndarray]]
    x: np.ndarray  # (steps, draws, B, ...)
    z: np.ndarray  # (steps, draws + 1, B, latent): D's draws, then G's


class Side(Protocol):
    """One implementation of a case, ready to run."""

    def losses(self, start: Start) -> list[tuple[float, float]]:
        """Train on the given draws from the given weights; return (D's, G's) losses."""

    def run(self, steps: int) -> Any:
        """Make updates on draws of its own and wait until they are done."""
