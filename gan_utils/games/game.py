"""A game of two numbers: its vector field, the paths it makes, its spectrum."""

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate


@functools.partial(
    jax.tree_util.register_dataclass,
    data_fields=["constants"],
    meta_fields=["rule", "project", "jumps"],
)
@dataclasses.dataclass(frozen=True)
class Game:
    """A vector field on points (theta, psi): generator first, discriminator second.

    The constants are data, not structure: changing one never recompiles a trajectory.

    Attributes:
        rule: function (point (2,), **constants) -> velocity (2,).
        constants: numbers of the rule by name.
        project: function (point, **constants) -> point applied after every update.
        jumps: function (point) -> bool, true where the field is discontinuous.
    """

    rule: Callable[..., jax.Array]
    constants: dict[str, Any] = dataclasses.field(default_factory=dict)
    project: Callable[..., jax.Array] | None = None
    jumps: Callable[[Any], bool] | None = None

    def field(self, point: jax.Array) -> jax.Array:
        """Return the velocity (theta', psi') at a point, shape (2,)."""
        return self.rule(jnp.asarray(point), **self.constants)

    def arrows(self, points: jax.Array) -> jax.Array:
        """Return the velocities at many points, shape (..., 2)."""
        points = jnp.asarray(points, float)
        return jax.vmap(self.field)(points.reshape(-1, 2)).reshape(points.shape)

    def settle(self, point: jax.Array) -> jax.Array:
        """Put a point back where the game allows it (weight clipping)."""
        return point if self.project is None else self.project(point, **self.constants)


def bilinear() -> Game:
    """Return the game V(theta, psi) = theta psi: theta descends it, psi ascends it.

    Its field (-psi, theta) turns every point around the origin and brings none nearer.
    """
    return Game(_bilinear)


def _bilinear(point):
    theta, psi = point
    return jnp.stack([-psi, theta])


def trajectory(game: Game, stepper, start, steps: int, step_size=0.2) -> jax.Array:
    """Follow a game from a start point.

    Args:
        game: the game.
        stepper: `simultaneous`, `alternating(k)`, `runge_kutta`, or any function
            (game, point, step_size) -> point.
        start: (theta, psi).
        steps: number of updates, 0 or more.
        step_size: learning rate of both players, above 0.

    Returns:
        Every point on the way, shape (steps + 1, 2), the start included.

    Raises:
        ValueError: when the start is not two finite numbers, or steps or step_size is
            out of range.
    """
    steps = validate.count(steps, "steps")
    validate.positive(step_size, "step_size")
    validate.function(stepper, "stepper")
    _require_game(game)
    return _trajectory(game, stepper, _point(start, "start"), steps, step_size)


@functools.partial(jax.jit, static_argnums=(1, 3))
def _trajectory(game, stepper, start, steps, step_size):
    def step(point, _):
        point = stepper(game, point, step_size)
        return point, point

    _, path = jax.lax.scan(step, start, length=steps)
    return jnp.concatenate([start[None], path])


def eigenvalues(game: Game, point=(0.0, 0.0)) -> np.ndarray:
    """Compute the eigenvalues of the field's Jacobian at a point.

    Near an equilibrium they tell the fate of the continuous-time game: a negative real
    part pulls in, a positive one pushes out, an imaginary part turns.

    Args:
        game: the game.
        point: (theta, psi).

    Returns:
        Two complex numbers, shape (2,), sorted by real, then by imaginary part.

    Raises:
        ValueError: when the field is discontinuous at the point and has no Jacobian.
    """
    point = _smooth(game, _point(point, "point"))
    return _sorted_eigenvalues(jax.jacobian(game.field)(point))


def update_eigenvalues(
    game: Game, stepper, step_size=0.2, point=(0.0, 0.0)
) -> np.ndarray:
    """Compute the eigenvalues of one update's Jacobian at a point.

    At an equilibrium they tell the fate of the discrete game: it settles if both are
    smaller than 1 in size, and is thrown out if one is larger.

    Args:
        game: the game.
        stepper: as in `trajectory`.
        step_size: learning rate of both players, above 0.
        point: (theta, psi).

    Returns:
        Two complex numbers, shape (2,), sorted by real, then by imaginary part.

    Raises:
        ValueError: when the step size is out of range, or the field is discontinuous at
            the point.
    """
    validate.positive(step_size, "step_size")
    validate.function(stepper, "stepper")
    point = _smooth(game, _point(point, "point"))
    return _sorted_eigenvalues(_update_jacobian(game, stepper, point, step_size))


@functools.partial(jax.jit, static_argnums=1)
def _update_jacobian(game, stepper, point, step_size):
    return jax.jacobian(lambda point: stepper(game, point, step_size))(point)


def _require_game(game) -> None:
    if not isinstance(game, Game):
        raise ValueError(
            f"game is {validate.describe(game)}; expected a Game, such as bilinear(). "
            "Likely cause: its name alone."
        )


def _smooth(game, point):
    """Return the point, or refuse it where the field has no Jacobian."""
    _require_game(game)
    if game.jumps is not None and game.jumps(point):
        raise ValueError(
            f"point is {np.asarray(point).tolist()}, where the game's field is "
            "discontinuous; expected a point with a Jacobian. A slope held to 1 jumps "
            "at psi = 0, so no eigenvalue describes this equilibrium: follow "
            "trajectories instead."
        )
    return point


def _sorted_eigenvalues(jacobian) -> np.ndarray:
    matrix = np.asarray(jacobian, dtype=np.float64)
    return np.sort_complex(np.linalg.eigvals(matrix).astype(complex))


def _point(value, name):
    if np.shape(validate.array(value, name)) != (2,):
        raise ValueError(
            f"{name} is {validate.describe(value)}; expected two numbers (theta, psi)."
        )
    return validate.finite(jnp.asarray(value, float), name)


def lattice(reach: float = 2.0, side: int = 11) -> np.ndarray:
    """Return a square lattice of points around the origin, shape (side, side, 2).

    Args:
        reach: largest coordinate, above 0.
        side: points along each side, 2 or more.
    """
    validate.positive(reach, "reach")
    axis = np.linspace(-reach, reach, validate.count(side, "side", minimum=2))
    return np.stack(np.meshgrid(axis, axis), axis=-1)
