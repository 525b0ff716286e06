"""The program behind the fields: games of two numbers, launched into in the page."""

from functools import partial

import jax
import jax.numpy as jnp

from gan_utils import games
from gan_utils.explorers.program import Program
from gan_utils.vector_fields import portrait
from gan_utils.vector_fields import vector_field as engine
from gan_utils.widgets.vector_field import catalogue

MOVE = ["strength", "step_size"]


def fields() -> Program:
    """Describe the program; what it draws is what `VectorField.portrait` draws.

    Functions, with the places k of a game in `GAMES` and j of a way to move in
    `STEPPERS`: `arrows_k` (velocities on the plane), `launch_k_j` (a start to its
    path), `slopes_k_j` (the Jacobian at the centre whose eigenvalues are shown).
    """
    functions = {}
    for k, game in enumerate(engine.GAMES):
        functions[f"arrows_{k}"] = partial(arrows, game), ["strength"]
        for j, stepper in enumerate(engine.STEPPERS):
            functions[f"launch_{k}_{j}"] = (
                partial(launch, game, stepper),
                ["start", *MOVE],
            )
            if not _jumps(game):
                functions[f"slopes_{k}_{j}"] = partial(slopes, game, stepper), MOVE
    given = {
        "start": jnp.zeros(2),
        "strength": jnp.float32(0),
        "step_size": jnp.float32(0),
    }
    return Program("fields", functions, given, about(), tuple(given))


def arrows(game: str, strength) -> dict:
    """Compute the velocities of a game where its arrows stand."""
    rule = engine.rule(game, strength)
    return {"arrows": rule.arrows(portrait.arrow_points())}


def launch(game: str, stepper: str, start, strength, step_size) -> dict:
    """Follow a game from a start (theta, psi)."""
    rule, move = engine.rule(game, strength), engine.STEPPERS[stepper]
    path = games.trajectory(rule, move, start, portrait.STEPS, step_size)
    return {"path": path}


def slopes(game: str, stepper: str, strength, step_size) -> dict:
    """Differentiate one update at the centre; of a flow, its field."""
    rule, move = engine.rule(game, strength), engine.STEPPERS[stepper]

    def update(point):
        return (
            rule.field(point)
            if stepper == engine.FLOW
            else move(rule, point, step_size)
        )

    return {"slopes": jax.jacobian(update)(jnp.zeros(2))}


def about() -> dict:
    """Say what the page must know of the games, so that nothing stands twice."""
    told = [
        {
            "constant": engine.constant(game),
            "published": engine.published(game),
            "jumps": _jumps(game),
        }
        for game in engine.GAMES
    ]
    return {
        "catalogue": catalogue(),
        "games": told,
        "flow": list(engine.STEPPERS).index(engine.FLOW),
        "most": engine.MOST,
        "on_circle": portrait.ON_CIRCLE,
        "together": portrait.TOGETHER,
        "fates": portrait.FATES,
    }


def _jumps(game: str) -> bool:
    """Tell whether a game has no slope at the centre."""
    return engine.rule(game, engine.published(game)).jumps is not None
