"""Exercise: estimate a KL divergence from samples of the right distribution."""

import jax
import jax.numpy as jnp

from gan_utils import data
from gan_utils.exercises.exercise import Exercise, register


def _monte_carlo_kl(p, q, key, n):
    x = p.sample(key, n)
    return (p.log_prob(x) - q.log_prob(x)).mean()


def _backwards(p, q, key, n):
    x = q.sample(key, n)
    return (p.log_prob(x) - q.log_prob(x)).mean()


def _weighted_again(p, q, key, n):
    x = p.sample(key, n)
    return (p.prob(x) * (p.log_prob(x) - q.log_prob(x))).mean()


def _without_logarithm(p, q, key, n):
    x = p.sample(key, n)
    return (p.prob(x) / q.prob(x)).mean()


def _each_at_its_own_samples(p, q, key, n):
    return (p.log_prob(p.sample(key, n)) - q.log_prob(q.sample(key, n))).mean()


def _ratio_of_logarithms(p, q, key, n):
    x = p.sample(key, n)
    return (p.log_prob(x) / q.log_prob(x)).mean()


def _pairs_of_distributions(rng):
    """Pairs whose two KL divergences differ much, so that the direction shows."""
    cases = []
    for dim, wide in ((1, 2.0), (2, 1.8), (1, 0.6)):
        shift = jnp.asarray(rng.uniform(0.8, 1.2, size=dim), "float32")
        pair = data.gaussian(jnp.zeros(dim), 1.0), data.gaussian(shift, wide)
        cases.append((*pair, jax.random.key(int(rng.integers(1000))), 20_000))
    return cases


def _uses_its_key(attempt) -> str:
    p, q = data.gaussian(0.0, 1.0), data.gaussian(1.0, 1.0)
    one, two = (float(attempt(p, q, jax.random.key(seed), 50)) for seed in (0, 1))
    if one == two:
        return "two keys gave the same estimate. Draw the samples with the given key."
    return ""


def _keeps_its_sign(attempt) -> str:
    p, q = data.gaussian(0.0, 1.0), data.gaussian(0.1, 1.0)
    if min(float(attempt(p, q, jax.random.key(seed), 5)) for seed in range(16)) < 0:
        return ""
    return (
        "no estimate from 5 samples was below 0. KL is never negative, but an estimate "
        "may be: without its negative ones the average is too high. Return the mean as "
        "it is, without its absolute value."
    )


task = register(
    Exercise(
        name="monte_carlo_kl",
        notebook="01",
        difficulty=2,
        minutes=8,
        reference=_monte_carlo_kl,
        cases=_pairs_of_distributions,
        rtol=0.05,  # another way to use the key draws other samples
        atol=0.03,
        properties=(_uses_its_key, _keeps_its_sign),
    )
)

task.wrong(
    _backwards,
    "You averaged over samples of q. KL(p || q) is an expectation under p: draw from "
    "p. What you computed is minus KL(q || p).",
)
task.wrong(
    lambda p, q, key, n: -_backwards(p, q, key, n),
    "You computed KL(q || p), the other direction. Draw from p and average log p - "
    "log q.",
)
task.wrong(
    lambda p, q, key, n: -_monte_carlo_kl(p, q, key, n),
    "The sign is reversed: you averaged log q - log p. KL(p || q) averages log p - "
    "log q, and is never negative.",
)
task.wrong(
    _weighted_again,
    "You multiplied by p(x), but the samples already come from p: likely places count "
    "more because they appear more often. Take the mean.",
)
task.wrong(
    lambda p, q, key, n: n * _monte_carlo_kl(p, q, key, n),
    "You summed over the samples. An expectation is their mean.",
)
task.wrong(
    _without_logarithm,
    "You averaged the ratio p / q. KL averages its logarithm.",
)
task.wrong(
    lambda p, q, key, n: jnp.log(_without_logarithm(p, q, key, n)),
    "You took the logarithm of an average. KL is the average of the logarithm.",
)
task.wrong(
    _each_at_its_own_samples,
    "You evaluated log q at samples of q. Evaluate both log densities at the same "
    "samples, those of p.",
)
task.wrong(
    _ratio_of_logarithms,
    "You divided the log densities. The logarithm of a ratio is the difference of the "
    "logarithms.",
)
