"""Widgets of games with two numbers: choose a start, launch, watch where it goes."""

import numpy as np

from gan_utils import games, plots
from gan_utils.widgets.controls import choice, slider
from gan_utils.widgets.explorer import Explorer, explore
from gan_utils.widgets.registry import registered

STEPPERS = {
    "simultaneous": games.simultaneous,
    "alternating": games.alternating(1),
    "alternating, 5 D steps": games.alternating(5),
    "continuous time": games.runge_kutta,
}
REACH = 3.0
POINTS = plots.lattice(REACH, 13)


@registered
def launch(game=None, steps: int = 100, name: str = "") -> Explorer:
    """Explore trajectories of a game: start point, step size and stepper.

    Args:
        game: a games.Game; the bilinear game by default.
        steps: updates of every launch.
        name: the game's name, for the title.

    Returns:
        An Explorer.
    """
    if game is None:
        game, name = games.bilinear(), name or "theta times psi"
    arrows = np.asarray(game.arrows(POINTS))

    def draw(theta, psi, step_size, stepper):
        move = STEPPERS[stepper]
        path = games.trajectory(game, move, (theta, psi), steps, step_size)
        title = f"{name}, h = {step_size:g}" if name else f"h = {step_size:g}"
        return plots.portrait(POINTS, arrows, {stepper: path}, title=title)

    return explore(
        draw,
        theta=slider(-2.5, 2.5, 1.0, step=0.1, label="start theta (generator)"),
        psi=slider(-2.5, 2.5, 0.0, step=0.1, label="start psi (discriminator)"),
        step_size=slider(0.02, 2.2, 0.1, step=0.02, label="step size h"),
        stepper=choice(list(STEPPERS), label="stepper"),
    )
