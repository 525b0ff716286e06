"""What the vector-field explorer shows: arrows, paths, eigenvalues, and words."""

from dataclasses import dataclass

import numpy as np

from gan_utils import games
from gan_utils.numerics import beside_one

REACH = 2.5  # of the plane in each direction
SIDE = 15  # arrows along each side
STEPS = 500  # updates of a launch
ON_CIRCLE = 2e-6  # float32 knows a size of 1 so far
TOGETHER = 1e-4  # two eigenvalues no farther apart are one
FATES = {  # what eigenvalues of one update mean for points nearby
    "jump": "The field jumps at the centre, so no eigenvalue describes it.",
    "drift": "two in one place on the circle, so points drift away in a line",
    "settle": "points near the centre settle",
    "stay": "to first order points neither settle nor leave",
    "leave": "points near the centre are thrown out",
}


@dataclass(frozen=True)
class Portrait:
    """What is to be seen of a game.

    Attributes:
        settings: game, stepper, step_size and strength.
        constant: name of what the strength is; empty where there is none.
        arrows: velocities on a lattice of side SIDE over the plane, (SIDE, SIDE, 2).
        paths: positions of each launch, (launches, STEPS + 1, 2).
        values: eigenvalues of one update at the centre as (real, imaginary), (2, 2), or
            (0, 2) where the field jumps there.
        title: the settings in words.
        sentence: all of it in words.
    """

    settings: dict
    constant: str
    arrows: np.ndarray
    paths: np.ndarray
    values: np.ndarray
    title: str
    sentence: str


def arrow_points() -> np.ndarray:
    """Return where the arrows stand, shape (SIDE, SIDE, 2)."""
    return games.lattice(REACH, SIDE).astype(np.float32)


def fate(values: np.ndarray) -> str:
    """Say what eigenvalues of one update mean for points nearby.

    Args:
        values: as in a Portrait.
    """
    if not len(values):
        return FATES["jump"]
    size = np.hypot(*values.T).max()
    apart = np.hypot(*(values[0] - values[1]))
    if abs(size - 1) < TOGETHER and apart < TOGETHER:  # a shear, unless nothing moves
        kind = "drift"
    elif size < 1 - ON_CIRCLE:
        kind = "settle"
    else:
        kind = "stay" if size <= 1 + ON_CIRCLE else "leave"
    return (
        f"The larger eigenvalue of one update has size {beside_one(size)}: "
        f"{FATES[kind]}."
    )


def last_words(paths: np.ndarray) -> str:
    """Say how the last launch went, if there is one.

    Args:
        paths: as in a Portrait.
    """
    if not len(paths):
        return "Nothing is launched."
    theta, psi = (round(float(x), 2) + 0.0 for x in paths[-1, 0])
    ends = np.hypot(*paths[-1, [0, -1]].T.astype(float))
    last = f"{ends[1]:.3g}"
    if ends[1] < 1e-6:
        last = "less than a millionth"
    elif not ends[1] < 1e6:  # NaN is not, either
        last = "out of sight"
    return (
        f"Launch {len(paths)} from ({theta:.2f}, {psi:.2f}): distance {ends[0]:.3g} at "
        f"first, {last} after {STEPS} updates."
    )
