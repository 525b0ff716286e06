"""Exercise: the value of the game at the best discriminator."""

import jax.numpy as jnp
import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _entropy_like(a, b):
    return a * jnp.log(jnp.where(a > 0, a, 1) / jnp.where(a > 0, a + b, 1))


def _value(p, q):
    return jnp.sum(_entropy_like(p, q) + _entropy_like(q, p))


def _naive_value(p, q):
    d = p / (p + q)
    return jnp.sum(p * jnp.log(d) + q * jnp.log(1 - d))


def _probability_cases(rng):
    p, q = rng.dirichlet(np.ones(5), 2)
    gappy_p, gappy_q = rng.dirichlet(np.ones(6), 2)
    gappy_p[[0, 2]], gappy_q[[0, 4]] = 0, 0
    cases = [(p, q), (gappy_p / gappy_p.sum(), gappy_q / gappy_q.sum()), (q, q)]
    return [tuple(np.float32(a) for a in case) for case in cases]


task = register(
    Exercise(
        name="value_at_optimum",
        notebook="02",
        difficulty=2,
        minutes=10,
        reference=_value,
        cases=_probability_cases,
    )
)

task.wrong(
    _naive_value,
    "right where every outcome has p > 0 and q > 0, NaN elsewhere: 0 * log 0 must "
    "count as 0.",
)
task.wrong(
    lambda p, q: _value(p, q) + jnp.log(4.0),
    "this is 2 JS(p, q). The value of the game also has -log 4: D* has a 2 in its "
    "denominator that the mixture (p + q) / 2 has not.",
)
task.wrong(
    lambda p, q: 0.5 * (_value(p, q) + jnp.log(4.0)),
    "this is JS(p, q). The value of the game is -log 4 + 2 JS(p, q).",
)
task.wrong(
    lambda p, q: 0.5 * (_value(p, q) - jnp.log(4.0)),
    "this is -log 4 + JS(p, q): JS counts twice.",
)
task.wrong(
    lambda p, q: jnp.mean(_entropy_like(p, q) + _entropy_like(q, p)),
    "you took the mean over outcomes. p and q are weights already: sum.",
)
task.wrong(
    lambda p, q: _value(p, q) / jnp.log(2.0),
    "this is in bits. The course measures in nats: use the natural log.",
)
task.wrong(
    lambda p, q: jnp.sum(_entropy_like(p, q)),
    "this is the data's half, E_p[log D]. Add E_q[log(1 - D)].",
)
task.wrong(
    lambda p, q: -_value(p, q),
    "the sign is wrong: this is the discriminator's loss, -V.",
)
