"""Steppers: ways for two players to follow a field, one update at a time."""

import functools

import jax

from gan_utils import validate


def simultaneous(game, point: jax.Array, step_size) -> jax.Array:
    """Move both players at once, each looking at the other's old position.

    Args:
        game: a Game.
        point: (theta, psi), shape (2,).
        step_size: learning rate of both players.

    Returns:
        The next point, shape (2,).
    """
    return game.settle(point + step_size * game.field(point))


def alternating(k: int = 1):
    """Return the stepper that moves the generator once, then the discriminator k times.

    The generator goes first, as in the official notebook of arXiv:1801.04406.

    Args:
        k: discriminator updates for each generator update, 1 or more.

    Returns:
        A stepper (game, point, step_size) -> point; the same object for the same k.
    """
    return _alternating(validate.count(k, "k", minimum=1))


@functools.cache
def _alternating(k):
    def step(game, point, step_size):
        point = game.settle(point.at[0].add(step_size * game.field(point)[0]))
        for _ in range(k):
            point = game.settle(point.at[1].add(step_size * game.field(point)[1]))
        return point

    return step


def runge_kutta(game, point: jax.Array, step_size) -> jax.Array:
    """Follow the continuous-time game for a time of step_size (fourth order).

    Args:
        game: a Game.
        point: (theta, psi), shape (2,).
        step_size: length of time.

    Returns:
        The point after that time, shape (2,).
    """
    k1 = game.field(point)
    k2 = game.field(point + 0.5 * step_size * k1)
    k3 = game.field(point + 0.5 * step_size * k2)
    k4 = game.field(point + step_size * k3)
    return game.settle(point + step_size * (k1 + 2 * k2 + 2 * k3 + k4) / 6)


def continuous(parts: int = 8):
    """Return the stepper that follows the continuous-time game in several parts.

    Args:
        parts: Runge-Kutta steps that a time of step_size is cut into, 1 or more.

    Returns:
        A stepper (game, point, step_size) -> point; the same object for the same parts.
    """
    return _continuous(validate.count(parts, "parts", minimum=1))


@functools.cache
def _continuous(parts):
    def step(game, point, step_size):
        def part(_, point):
            return runge_kutta(game, point, step_size / parts)

        return jax.lax.fori_loop(0, parts, part, point)

    return step
