"""Exercise: one alternating round of the bilinear game."""

import jax

from gan_utils.exercises.exercise import Exercise, register


def _round_with_slopes(first, second):
    def play(value, theta, psi, step_size, d_steps):
        theta = theta - step_size * jax.grad(value, first)(theta, psi)
        for _ in range(d_steps):
            psi = psi + step_size * jax.grad(value, second)(theta, psi)
        return theta, psi

    return play


_round = _round_with_slopes(0, 1)


def _simultaneous_round(value, theta, psi, step_size, d_steps):
    new_psi = psi
    for _ in range(d_steps):
        new_psi = new_psi + step_size * jax.grad(value, 1)(theta, new_psi)
    return theta - step_size * jax.grad(value, 0)(theta, psi), new_psi


def _discriminator_first(value, theta, psi, step_size, d_steps):
    for _ in range(d_steps):
        psi = psi + step_size * jax.grad(value, 1)(theta, psi)
    return theta - step_size * jax.grad(value, 0)(theta, psi), psi


def _both(sign):
    def wrong(value, theta, psi, step_size, d_steps):
        theta = theta + sign * step_size * jax.grad(value, 0)(theta, psi)
        for _ in range(d_steps):
            psi = psi + sign * step_size * jax.grad(value, 1)(theta, psi)
        return theta, psi

    return wrong


def _stale_slope(value, theta, psi, step_size, d_steps):
    theta = theta - step_size * jax.grad(value, 0)(theta, psi)
    return theta, psi + d_steps * step_size * jax.grad(value, 1)(theta, psi)


def _all_stale(value, theta, psi, step_size, d_steps):
    slopes = jax.grad(value, (0, 1))(theta, psi)
    return theta - step_size * slopes[0], psi + d_steps * step_size * slopes[1]


def _generator_each_time(value, theta, psi, step_size, d_steps):
    for _ in range(d_steps):
        theta, psi = _round(value, theta, psi, step_size, 1)
    return theta, psi


def _round_cases(rng):
    def game(a, b, c, d, e):
        return lambda theta, psi: (
            a * theta * psi + b * theta**2 - c * psi**2 + d * theta + e * psi
        )

    cases = [
        (game(*rng.uniform(0.5, 2, 5)), *rng.normal(size=2), rng.uniform(0.1, 0.4), k)
        for k in (1, 2, 4)
    ]
    below = game(*rng.uniform(0.5, 2, 5)), *rng.uniform(-3, -2, 2), 0.05, 3
    return [*cases, below]


task = register(
    Exercise(
        name="alternating_round",
        notebook="02",
        difficulty=3,
        minutes=12,
        reference=_round,
        cases=_round_cases,
    )
)

task.wrong(
    _simultaneous_round,
    "the discriminator still sees the generator's old theta: these are simultaneous "
    "steps. Use the new theta in her slope.",
)
task.wrong(
    _discriminator_first,
    "the discriminator moved first. Here the generator does.",
)
task.wrong(
    _both(-1.0),
    "both players descend. The discriminator ascends: psi + step * slope.",
)
task.wrong(
    _both(1.0),
    "both players ascend. The generator descends: theta - step * slope.",
)
task.wrong(
    lambda value, theta, psi, step_size, d_steps: _round(
        value, theta, psi, step_size, 1
    ),
    "the discriminator took one step. She takes d_steps of them.",
)
task.wrong(
    _stale_slope,
    "her slope was computed once and used d_steps times. Compute it afresh at every "
    "step.",
)
task.wrong(
    _all_stale,
    "both slopes were computed once, at the start. She must see the new theta, and a "
    "fresh slope at every step.",
)
task.wrong(
    _round_with_slopes(1, 0),
    "the slopes are exchanged: argnums=0 is theta's, argnums=1 is psi's.",
)
task.wrong(
    lambda value, theta, psi, step_size, d_steps: (
        theta - step_size * jax.grad(value, 0)(theta, psi),
        psi,
    ),
    "only the generator moved. Return the discriminator's new psi too.",
)
task.wrong(
    lambda *arguments: _round(*arguments)[::-1],
    "the order is exchanged: return (theta, psi).",
)
task.wrong(
    _generator_each_time,
    "the generator moved d_steps times too. He moves once a round.",
)
