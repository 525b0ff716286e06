"""Exercise: the generator's direction when he looks some steps of D ahead."""

import jax

from gan_utils.exercises.exercise import Exercise, register


def _ahead(value, theta, psi, step_size, k, sign=1.0):
    for _ in range(k):
        psi = psi + sign * step_size * jax.grad(value, 1)(theta, psi)
    return psi


def _direction(value, theta, psi, step_size, k):
    def looked_ahead(theta):
        return value(theta, _ahead(value, theta, psi, step_size, k))

    return -jax.grad(looked_ahead)(theta)


def _held(value, theta, psi, step_size, k):
    return -jax.grad(value, 0)(theta, _ahead(value, theta, psi, step_size, k))


def _not_ahead(value, theta, psi, step_size, k):
    return -jax.grad(value, 0)(theta, psi)


def _one_step(value, theta, psi, step_size, k):
    return _direction(value, theta, psi, step_size, 1)


def _one_too_few(value, theta, psi, step_size, k):
    return _direction(value, theta, psi, step_size, k - 1)


def _descending(value, theta, psi, step_size, k):
    return -jax.grad(
        lambda t: value(t, _ahead(value, t, psi, step_size, k, sign=-1.0))
    )(theta)


def _stale(value, theta, psi, step_size, k):
    return -jax.grad(
        lambda t: value(t, psi + k * step_size * jax.grad(value, 1)(t, psi))
    )(theta)


def _uphill(value, theta, psi, step_size, k):
    return -_direction(value, theta, psi, step_size, k)


def _only_through(value, theta, psi, step_size, k):
    return -jax.grad(lambda t: value(theta, _ahead(value, t, psi, step_size, k)))(theta)


def _held_uphill(value, theta, psi, step_size, k):
    return -_held(value, theta, psi, step_size, k)


def _last_step_only(value, theta, psi, step_size, k):
    before = _ahead(value, theta, psi, step_size, k - 1)
    return _direction(value, theta, before, step_size, 1)


def _moved(value, theta, psi, step_size, k):
    return theta + _direction(value, theta, psi, step_size, k)


def _value(value, theta, psi, step_size, k):
    return value(theta, _ahead(value, theta, psi, step_size, k))


def _games(rng):
    def game(a, b, c, d):
        return lambda theta, psi: (
            a * theta * psi - b * psi**2 + c * theta**2 + d * theta**2 * psi
        )

    starts = (2, *rng.normal(size=2)), (3, *rng.normal(size=2)), (2, 2.0, 1.0)
    return [(game(*rng.uniform(0.5, 1.5, 4)), *at, 0.2, k) for k, *at in starts]


task = register(
    Exercise(
        name="unrolled_direction",
        notebook="08",
        difficulty=4,
        minutes=15,
        reference=_direction,
        cases=_games,
    )
)

task.wrong(
    _held,
    "the psi of k steps later is right, but you hold it fixed. It depends on theta: "
    "compute it inside the function that is differentiated.",
)
task.wrong(
    _not_ahead,
    "this is the ordinary direction: nobody looks ahead. Let psi climb k steps first.",
)
task.wrong(
    _one_step,
    "psi climbed one step. Let it climb k of them.",
)
task.wrong(
    _one_too_few,
    "psi climbed k - 1 steps. Let it climb k of them.",
)
task.wrong(
    _descending,
    "psi went down. The discriminator ascends: psi + step_size * slope.",
)
task.wrong(
    _stale,
    "one slope was used k times. Compute it afresh at every step.",
)
task.wrong(
    _uphill,
    "the sign is wrong: the generator descends, so his direction is minus the slope.",
)
task.wrong(
    _only_through,
    "only the way through psi is counted. theta also stands in the value itself: use "
    "the function's own argument in both places.",
)
task.wrong(
    _held_uphill,
    "two slips: the psi of k steps later is held fixed, and the sign is wrong. "
    "Compute psi inside the function that is differentiated, and return minus its "
    "slope.",
)
task.wrong(
    _last_step_only,
    "only the last of the k steps is differentiated. Start from the given psi inside "
    "the function, so that every step depends on theta.",
)
task.wrong(
    _moved,
    "you added theta: this is a new position. Return the direction alone.",
)
task.wrong(
    _value,
    "this is the value after k steps. Return minus its slope in theta.",
)
