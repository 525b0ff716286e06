"""Divergences between data and fakes, each beside what it says of data and data.

KL from the data to the fakes reads some per cent high: few samples reach the tails that
it weighs. W1 reads high by what random pairs lie apart; its band shows how much.
"""

from dataclasses import dataclass, field

import jax
import numpy as np

from gan_utils import divergences
from gan_utils.lab import densities
from gan_utils.lab.view import SAMPLE

FAST = ("kl_pq", "kl_qp", "js")  # on the cells, from SAMPLE points
SLOW = ("w1", "energy")  # on points, from fewer of them
PAIRED = 256  # points that W1 pairs; the work grows with the cube
MET = 512  # points whose distances the energy distance averages
DRAWS = 40  # of real data, for a band
FIRST_DRAWS = 8  # fewer give no band
EDGES = (5, 95)  # percentiles of a band


def on_cells(p: np.ndarray, q: np.ndarray) -> dict[str, float]:
    """Compute KL both ways and JS between masses on the same cells, in nats."""
    return {
        "kl_pq": float(divergences.kl(p, q)),
        "kl_qp": float(divergences.kl(q, p)),
        "js": float(divergences.js(p, q)),
    }


def on_points(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """Estimate W1 and the energy distance from samples, in the units of the points."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    return {
        "w1": divergences.wasserstein(x[:PAIRED], y[:PAIRED]),
        "energy": divergences.energy_distance(x[:MET], y[:MET]),
    }


def covered(p: np.ndarray, q: np.ndarray, least: float = 0.2) -> float:
    """Add up the data's mass where the fakes are at least a fifth as dense."""
    return float(p[q >= least * p].sum())


@dataclass
class Data:
    """A data set's own numbers: points to show, exact masses, and its noise floor."""

    source: object
    real: np.ndarray = field(init=False)  # (SAMPLE, dim)
    p: np.ndarray = field(init=False)  # (cells + 1,)
    draws: dict[str, list[float]] = field(init=False)
    bands: dict[str, tuple[float, float]] = field(init=False)

    def __post_init__(self):
        self.real = np.asarray(self.source.sample(jax.random.key(0), SAMPLE))
        self.p = densities.exact(self.source)
        self.draws = {name: [] for name in (*FAST, *SLOW)}
        self.bands = {}

    def grow(self) -> None:
        """Measure one more draw of real data, until there are DRAWS of them."""
        made = len(self.draws["js"])
        if made >= DRAWS:
            return
        key = jax.random.key(1 + made)
        real = np.asarray(self.source.sample(key, SAMPLE))
        numbers = on_cells(self.p, densities.counted(real))
        numbers |= on_points(self.real, real)
        for name, value in numbers.items():
            self.draws[name].append(value)
            if made + 1 >= FIRST_DRAWS:
                low, high = np.percentile(self.draws[name], EDGES)
                self.bands[name] = float(low), float(high)

    def band(self, name: str) -> tuple[float | None, float | None]:
        """Return the noise floor's edges, None before there are draws enough."""
        return self.bands.get(name, (None, None))
