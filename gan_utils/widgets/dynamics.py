"""Widgets of dynamics: what an eigenvalue does, and how strong a cure should be."""

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


@registered
def eigenvalue(updates: int = 60) -> Explorer:
    """Explore what an eigenvalue does to a wobbling curve.

    Args:
        updates: length of the curve.

    Returns:
        An Explorer over the factor and the turn of one update.
    """

    def draw(factor, turn):
        value = factor * np.exp(1j * np.radians(turn))
        fate = "fades" if factor < 1 else "grows" if factor > 1 else "goes on for ever"
        label = "The curve" if turn else "No wobble: it"
        title = "One update multiplies by this number"
        return plots.wobbles({f"{label} {fate}": value}, updates=updates, title=title)

    return explore(
        draw,
        factor=slider(0.8, 1.1, 0.97, step=0.01, label="factor"),
        turn=slider(0.0, 90.0, 20.0, step=5.0, label="turn in degrees"),
    )


def _game(method: str, strength: float):
    rule, constant = METHODS[method]
    return games.dirac(rule, **{constant: strength})
