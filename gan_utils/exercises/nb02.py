"""Exercises of notebook 02: the best D, its value, rounds of play, stable losses."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import sigmoid

from gan_utils.exercises.exercise import Exercise, Mistake, register


def _optimal(p, q, real_share):
    return real_share * p / (real_share * p + (1 - real_share) * q)


def _density_cases(rng):
    cases = [
        (*rng.uniform(0.05, 2, (2, n)), share) for n, share in ((7, 0.2), (4, 0.7))
    ]
    p, q = rng.uniform(0.05, 2, (2, 6))
    p[1], q[4] = 0, 0
    return [*cases, (p, q, 0.35)]


register(
    Exercise(
        name="optimal_discriminator",
        notebook="02",
        difficulty=2,
        minutes=8,
        reference=_optimal,
        cases=_density_cases,
        mistakes=(
            Mistake(
                lambda p, q, real_share: p / (p + q),
                "this is the answer for equal shares. Weigh p by real_share and q by "
                "1 - real_share.",
            ),
            Mistake(
                lambda p, q, real_share: _optimal(q, p, 1 - real_share),
                "this is the probability of a fake. D is the probability of a datum.",
            ),
            Mistake(
                lambda p, q, real_share: _optimal(p, q, 1 - real_share),
                "the shares are exchanged: real_share belongs to p.",
            ),
            Mistake(
                lambda p, q, real_share: _optimal(q, p, real_share),
                "p and q are exchanged: D should be near 1 where p is large.",
            ),
            Mistake(
                lambda p, q, real_share: real_share * p / (p + q),
                "only the numerator is weighed. Weigh both densities in the "
                "denominator too, or D cannot reach 1 where q is 0.",
            ),
            Mistake(
                lambda p, q, real_share: real_share * p / (real_share * p + q),
                "only p is weighed. Fakes come up too, with share 1 - real_share.",
            ),
            Mistake(
                lambda p, q, real_share: p / (p + (1 - real_share) * q),
                "only q is weighed. Data come up too, with share real_share.",
            ),
            Mistake(
                lambda p, q, real_share: real_share * p / ((1 - real_share) * q),
                "these are the odds. A probability is odds / (1 + odds).",
            ),
            Mistake(
                lambda p, q, real_share: (
                    np.log(real_share * p) - np.log((1 - real_share) * q)
                ),
                "this is the logit of D. Put it through a sigmoid.",
            ),
        ),
    )
)


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


register(
    Exercise(
        name="value_at_optimum",
        notebook="02",
        difficulty=2,
        minutes=10,
        reference=_value,
        cases=_probability_cases,
        mistakes=(
            Mistake(
                _naive_value,
                "right where every outcome has p > 0 and q > 0, NaN elsewhere: "
                "0 * log 0 must count as 0.",
            ),
            Mistake(
                lambda p, q: _value(p, q) + jnp.log(4.0),
                "this is 2 JS(p, q). The value of the game also has -log 4: D* has a 2 "
                "in its denominator that the mixture (p + q) / 2 has not.",
            ),
            Mistake(
                lambda p, q: 0.5 * (_value(p, q) + jnp.log(4.0)),
                "this is JS(p, q). The value of the game is -log 4 + 2 JS(p, q).",
            ),
            Mistake(
                lambda p, q: 0.5 * (_value(p, q) - jnp.log(4.0)),
                "this is -log 4 + JS(p, q): JS counts twice.",
            ),
            Mistake(
                lambda p, q: jnp.mean(_entropy_like(p, q) + _entropy_like(q, p)),
                "you took the mean over outcomes. p and q are weights already: sum.",
            ),
            Mistake(
                lambda p, q: _value(p, q) / jnp.log(2.0),
                "this is in bits. The course measures in nats: use the natural log.",
            ),
            Mistake(
                lambda p, q: jnp.sum(_entropy_like(p, q)),
                "this is the data's half, E_p[log D]. Add E_q[log(1 - D)].",
            ),
            Mistake(
                lambda p, q: -_value(p, q),
                "the sign is wrong: this is the discriminator's loss, -V.",
            ),
        ),
    )
)


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

    return [
        (game(*rng.uniform(0.5, 2, 5)), *rng.normal(size=2), rng.uniform(0.1, 0.4), k)
        for k in (1, 2, 4)
    ]


register(
    Exercise(
        name="alternating_round",
        notebook="02",
        difficulty=3,
        minutes=12,
        reference=_round,
        cases=_round_cases,
        mistakes=(
            Mistake(
                _simultaneous_round,
                "the discriminator still sees the generator's old theta: these are "
                "simultaneous steps. Use the new theta in her slope.",
            ),
            Mistake(
                _discriminator_first,
                "the discriminator moved first. Here the generator does.",
            ),
            Mistake(
                _both(-1.0),
                "both players descend. The discriminator ascends: psi + step * slope.",
            ),
            Mistake(
                _both(1.0),
                "both players ascend. The generator descends: theta - step * slope.",
            ),
            Mistake(
                lambda value, theta, psi, step_size, d_steps: _round(
                    value, theta, psi, step_size, 1
                ),
                "the discriminator took one step. She takes d_steps of them.",
            ),
            Mistake(
                _stale_slope,
                "her slope was computed once and used d_steps times. Compute it afresh "
                "at every step.",
            ),
            Mistake(
                _all_stale,
                "both slopes were computed once, at the start. She must see the new "
                "theta, and a fresh slope at every step.",
            ),
            Mistake(
                _round_with_slopes(1, 0),
                "the slopes are exchanged: argnums=0 is theta's, argnums=1 is psi's.",
            ),
            Mistake(
                lambda value, theta, psi, step_size, d_steps: (
                    theta - step_size * jax.grad(value, 0)(theta, psi),
                    psi,
                ),
                "only the generator moved. Return the discriminator's new psi too.",
            ),
            Mistake(
                lambda *arguments: _round(*arguments)[::-1],
                "the order is exchanged: return (theta, psi).",
            ),
            Mistake(
                _generator_each_time,
                "the generator moved d_steps times too. He moves once a round.",
            ),
        ),
    )
)


def _stable(real_logits, fake_logits):
    return jnp.logaddexp(0.0, -real_logits) + jnp.logaddexp(0.0, fake_logits)


def _from_probabilities(squash):
    def wrong(real_logits, fake_logits):
        d_real, d_fake = squash(real_logits), squash(fake_logits)
        return -jnp.log(d_real) - jnp.log(1 - d_fake)

    return wrong


def _clipped(limit):
    return _from_probabilities(lambda t: jnp.clip(sigmoid(t), limit, 1 - limit))


def _offset(small):
    def wrong(real_logits, fake_logits):
        d_real, d_fake = sigmoid(real_logits), sigmoid(fake_logits)
        return -jnp.log(d_real + small) - jnp.log(1 - d_fake + small)

    return wrong


def _logit_cases(rng):
    ordinary = [tuple(np.float32(rng.normal(size=(2, n)) * 3)) for n in (6, 3)]
    extreme = np.float32([1e4, -1e4, 800.0, -800.0, 0.0])
    return [*ordinary, (extreme, extreme), (-extreme, extreme)]


def _has_right_gradients(attempt) -> str:
    real, fake = jnp.array([-1e4, -2.0, 0.0, 1e4]), jnp.array([1e4, 2.0, 0.0, -1e4])
    try:
        gradients = jax.grad(lambda r, f: attempt(r, f).sum(), (0, 1))(real, fake)
    except Exception as error:
        return f"JAX could not differentiate it ({type(error).__name__}). Use jnp."
    expected = (-sigmoid(-real), sigmoid(fake))
    if jnp.isnan(jnp.stack(gradients)).any():
        return "the values are right, but a gradient is NaN at extreme logits."
    close = all(
        np.allclose(g, e, atol=1e-5) for g, e in zip(gradients, expected, strict=True)
    )
    return "" if close else "the values are right, but a gradient is wrong."


CLIPPED = (
    "finite, but wrong at extreme logits: clipping, or a small number inside the "
    "logarithm, makes the loss constant there, so its gradient is lost. Work with "
    "logits instead: -log sigmoid(t) = softplus(-t)."
)

register(
    Exercise(
        name="discriminator_loss",
        notebook="02",
        difficulty=3,
        minutes=10,
        reference=_stable,
        cases=_logit_cases,
        properties=(_has_right_gradients,),
        mistakes=(
            Mistake(
                _from_probabilities(sigmoid),
                "right for small logits, infinite for large ones: before the "
                "logarithm, sigmoid rounds to 0 or 1, or exp overflows. Use logaddexp.",
            ),
            *(Mistake(_clipped(limit), CLIPPED) for limit in (1e-5, 1e-6, 1e-7)),
            *(Mistake(_offset(small), CLIPPED) for small in (1e-6, 1e-7, 1e-8)),
            Mistake(
                lambda real_logits, fake_logits: _stable(fake_logits, real_logits),
                "data and fakes are exchanged, or both signs: this rewards calling "
                "data fake.",
            ),
            Mistake(
                lambda real_logits, fake_logits: _stable(real_logits, -fake_logits),
                "the fakes' sign is wrong: this rewards calling them real. Their term "
                "is -log(1 - sigmoid(t)), which grows with t.",
            ),
            Mistake(
                lambda real_logits, fake_logits: _stable(
                    sigmoid(real_logits), sigmoid(fake_logits)
                ),
                "a sigmoid too many: the inputs are logits, and softplus already "
                "contains the sigmoid.",
            ),
            Mistake(
                lambda real_logits, fake_logits: _stable(
                    real_logits, fake_logits
                ).mean(),
                "you averaged. Return one number for each pair; the trainer reduces.",
            ),
            Mistake(
                lambda real_logits, fake_logits: jnp.logaddexp(0.0, -real_logits),
                "only the data's term. Add the fakes' term, -log(1 - sigmoid(t)).",
            ),
        ),
    )
)
