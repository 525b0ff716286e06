"""Widgets of the Dirac-GAN: the paths and eigenvalues of every method, its damping."""

from functools import cache

import numpy as np

from gan_utils import games, plots
from gan_utils.widgets.controls import choice, slider
from gan_utils.widgets.explorer import Explorer, explore
from gan_utils.widgets.games import STEPPERS
from gan_utils.widgets.registry import registered

STRENGTH = {  # the constant that the slider of strength moves
    "wgan": "clip",
    "wgan_gp": "gamma",
    "instance_noise": "std",
    "r1": "gamma",
    "nsgan_r1": "gamma",
    "consensus": "gamma",
    "unrolled": "rate",
}
METHODS = {
    "GAN": "gan",
    "non-saturating GAN": "nsgan",
    "WGAN, clipped": "wgan",
    "WGAN-GP": "wgan_gp",
    "spectral norm": "spectral_norm",
    "instance noise": "instance_noise",
    "R1": "r1",
    "non-saturating + R1": "nsgan_r1",
    "consensus": "consensus",
    "unrolled, 5 steps": "unrolled",
}
CURES = ("R1", "instance noise", "consensus", "unrolled, 5 steps")
TAKING_TURNS = {name: STEPPERS[name] for name in ("simultaneous", "alternating")}
POINTS = plots.lattice(2.2, 11)
STRENGTHS = np.linspace(0, 3, 31)


@registered
def dirac_methods(steps: int = 200) -> Explorer:
    """Explore the Dirac-GAN by method, step size and strength of the cure.

    Args:
        steps: updates of every path.

    Returns:
        An Explorer; the right panel holds the eigenvalues of one update at the centre.
    """

    def draw(method, step_size, strength, stepper):
        game = _game(method, strength)
        move = STEPPERS[stepper]
        path = games.trajectory(game, move, (1.0, 1.0), steps, step_size)
        arrows = np.asarray(game.arrows(POINTS))
        values = None
        if game.jumps is None:
            values = games.update_eigenvalues(game, move, step_size)
        cure = f", strength {strength:g}" if METHODS[method] in STRENGTH else ""
        title = f"{method}{cure}, h = {step_size:g}"
        return plots.stability(
            POINTS, arrows, {stepper: path}, {stepper: values}, title=title
        )

    return explore(
        draw,
        method=choice(list(METHODS), "R1", label="method"),
        step_size=slider(0.02, 2.0, 0.2, step=0.02, label="step size h"),
        strength=slider(
            0.0, 3.0, 0.3, step=0.05, label="strength (gamma, std, clip or rate)"
        ),
        stepper=choice(list(STEPPERS), label="stepper"),
    )


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
    name = METHODS[method]
    return games.dirac(name, **({STRENGTH[name]: strength} if name in STRENGTH else {}))
