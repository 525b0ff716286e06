"""A widget of the Dirac-GAN: how the strength of a cure decides whether it damps."""

from functools import cache

import numpy as np

from gan_utils import games, plots
from gan_utils.vector_fields.vector_field import METHODS, STEPPERS
from gan_utils.widgets.controls import choice, slider
from gan_utils.widgets.registry import registered
from gan_utils.widgets.slider_figure import Explorer, explore

CURES = ("R1", "instance noise", "consensus", "unrolled, 5 steps")
TAKING_TURNS = {name: STEPPERS[name] for name in ("simultaneous", "alternating")}
STRENGTHS = np.linspace(0, 3, 61)


@registered
def damping(steps: int = 100) -> Explorer:
    """Explore how the strength of a cure decides whether, and how fast, a game settles.

    Args:
        steps: updates of every path.

    Returns:
        An Explorer over method, strength and step size, with both ways to take turns.
    """

    @cache
    def sizes(method, step_size):
        return {
            name: [
                np.abs(games.update_eigenvalues(_game(method, s), move, step_size))
                for s in STRENGTHS
            ]
            for name, move in TAKING_TURNS.items()
        }

    def draw(method, strength, step_size):
        game = _game(method, strength)
        largest = {
            name: np.max(found, axis=1)
            for name, found in sizes(method, step_size).items()
        }
        distances = {}
        for name, move in TAKING_TURNS.items():
            path = games.trajectory(game, move, (1.0, 1.0), steps, step_size)
            distances[name] = np.linalg.norm(np.asarray(path), axis=1)
        title = f"{method}, strength {strength:g}, h = {step_size:g}"
        return plots.damping(STRENGTHS, largest, strength, distances, title=title)

    return explore(
        draw,
        method=choice(list(CURES), "R1", label="method"),
        strength=slider(0.0, 3.0, 0.3, step=0.05, label="strength"),
        step_size=slider(0.1, 2.0, 0.2, step=0.1, label="step size h"),
    )


def _game(method: str, strength: float):
    rule, constant = METHODS[method]
    return games.dirac(rule, **{constant: strength})
