"""Exercise: the largest singular value by power iteration."""

import jax.numpy as jnp
import numpy as np

from gan_utils import penalties
from gan_utils.exercises.exercise import Exercise, register


def _power(w, u, steps):
    return penalties.power_iteration(jnp.asarray(w), jnp.asarray(u), steps)


def _never_normalised(w, u, steps):
    for _ in range(steps):
        v = w.T @ u
        u = w @ v
    return u @ w @ v, u


def _normalised_once(w, u, steps):
    for _ in range(steps):
        v = w.T @ u
        v = v / jnp.linalg.norm(v)
        u = w @ v
    return u @ w @ v, u


def _only_u_normalised(w, u, steps):
    for _ in range(steps):
        v = w.T @ u
        u = w @ v / jnp.linalg.norm(w @ v)
    return u @ w @ v, u


def _normalised_at_the_end(w, u, steps):
    for _ in range(steps):
        v = w.T @ u
        u = w @ v
    return u @ w @ v, u / jnp.linalg.norm(u)


def _sigma_from_the_old_u(w, u, steps):
    for _ in range(steps):
        old, v = u, w.T @ u / jnp.linalg.norm(w.T @ u)
        u = w @ v / jnp.linalg.norm(w @ v)
    return old @ w @ v, u


def _squared(w, u, steps):
    _, u = _power(w, u, steps)
    return u @ (w @ w.T) @ u, u


def _returns_v(w, u, steps):
    for _ in range(steps):
        v = w.T @ u / jnp.linalg.norm(w.T @ u)
        u = w @ v / jnp.linalg.norm(w @ v)
    return u @ w @ v, v


def _matrix_cases(rng):
    def case(rows, columns, steps):
        w, u = rng.normal(size=(rows, columns)), rng.normal(size=rows)
        return np.float32(w), np.float32(u / np.linalg.norm(u)), steps

    return [case(4, 4, 1), case(3, 6, 2), case(5, 2, 20)]


task = register(
    Exercise(
        name="power_iteration",
        notebook="04",
        difficulty=3,
        minutes=12,
        reference=_power,
        cases=_matrix_cases,
        rtol=1e-3,
        atol=1e-4,
    )
)

task.wrong(
    _never_normalised,
    "the vectors are never brought back to length 1, so they grow without end. Divide "
    "by jnp.linalg.norm after each product.",
)
task.wrong(
    lambda w, u, steps: (jnp.linalg.norm(w), _power(w, u, steps)[1]),
    "this is the Frobenius norm, the root of the sum of all squared entries. The "
    "largest stretch is u @ w @ v.",
)
task.wrong(
    _squared,
    "this is the square of the stretch. Return u @ w @ v.",
)
task.wrong(
    lambda w, u, steps: (
        _power(w, u, steps)[0] ** 2,
        _power(w, u, steps)[1],
    ),
    "this is the square of the stretch. Return u @ w @ v.",
)
task.wrong(
    _normalised_once,
    "only v is brought back to length 1. Divide u by its length too, after each "
    "product.",
)
for wrong in (_normalised_at_the_end, _only_u_normalised):
    task.wrong(
        wrong,
        "u is right, but sigma comes from vectors that are not of length 1. Divide by "
        "jnp.linalg.norm after each product.",
    )
task.wrong(
    _sigma_from_the_old_u,
    "u is right, but sigma comes from the u before the last half round. Improve u "
    "first.",
)
task.wrong(
    _returns_v,
    "sigma is right, but you returned v. Return u: the next call starts from it.",
)
task.wrong(
    lambda w, u, steps: _power(w, u, 1),
    "you made one iteration. Make `steps` of them.",
)
task.wrong(
    lambda w, u, steps: (_power(w, u, steps)[0], jnp.asarray(u)),
    "sigma is right, but u is the old one. Return the improved u, or the next call "
    "starts from the beginning.",
)
