"""Games of two numbers: vector fields small enough to draw, steppers, and spectra."""

from gan_utils.games.dirac import DIRAC_METHODS, dirac
from gan_utils.games.game import (
    Game,
    bilinear,
    eigenvalues,
    lattice,
    trajectory,
    update_eigenvalues,
)
from gan_utils.games.steppers import (
    alternating,
    continuous,
    runge_kutta,
    simultaneous,
)

__all__ = [
    "DIRAC_METHODS",
    "Game",
    "alternating",
    "bilinear",
    "continuous",
    "dirac",
    "eigenvalues",
    "lattice",
    "runge_kutta",
    "simultaneous",
    "trajectory",
    "update_eigenvalues",
]
