"""Monte Carlo estimates of divergences, each with its standard error and its bias.

Unbiased means: right on average over keys, at every n. Only estimates that know both
densities can be; estimates from samples alone are not, and say in which direction.
Fewer than two samples are refused by a ValueError: they have no standard error.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils import validate
from gan_utils.divergences.arrays import namespace
from gan_utils.divergences.discrete import kl
from gan_utils.divergences.f_table import conjugate_of, row_of


class Estimate(NamedTuple):
    """A Monte Carlo mean and its standard error, std / sqrt(n)."""

    value: jax.Array
    standard_error: jax.Array


def monte_carlo(values) -> Estimate:
    """Average values (n, ...) over the first axis; unbiased for their expectation.

    Raises:
        ValueError: fewer than two values.
    """
    values = validate.array(values, "values")
    count = len(values) if values.ndim else 1
    validate.count(count, "the number of values", minimum=2)
    error = values.std(0, ddof=1) / len(values) ** 0.5
    return Estimate(values.mean(0), error)


def kl_estimate(p, q, key: jax.Array, n: int) -> Estimate:
    """Estimate KL(p || q) as the mean of log p - log q over samples of p.

    Bias: none. A sample of p where q = 0 makes it infinite, as it should be. Where q is
    small but p is not, rare samples carry the value, and the standard error misleads.

    Args:
        p: distribution with `sample` and `log_prob`; samples come from this one.
        q: distribution with `log_prob`.
        key: PRNG key.
        n: number of samples, 2 or more.
    """
    x = p.sample(key, n)
    return monte_carlo(p.log_prob(x) - q.log_prob(x))


def js_estimate(p, q, key: jax.Array, n: int) -> Estimate:
    """Estimate the Jensen-Shannon divergence from n samples of each distribution.

    Bias: none. Every term is at most log 2, so the standard error can be trusted.

    Args:
        p: distribution with `sample` and `log_prob`.
        q: distribution with `sample` and `log_prob`.
        key: PRNG key.
        n: number of samples of each, 2 or more.
    """
    first, second = jax.random.split(key)
    x, y = p.sample(first, n), q.sample(second, n)
    real = jax.nn.log_sigmoid(p.log_prob(x) - q.log_prob(x))  # log p / (p + q)
    fake = jax.nn.log_sigmoid(q.log_prob(y) - p.log_prob(y))
    return monte_carlo(jnp.log(2.0) + (real + fake) / 2)


def total_variation_estimate(p, q, key: jax.Array, n: int) -> Estimate:
    """Estimate total variation as the mean of max(0, 1 - q / p) over samples of p.

    Bias: none. Every term lies in [0, 1].

    Args:
        p: distribution with `sample` and `log_prob`; samples come from this one.
        q: distribution with `log_prob`.
        key: PRNG key.
        n: number of samples, 2 or more.
    """
    x = p.sample(key, n)
    return monte_carlo(jnp.maximum(0.0, -jnp.expm1(q.log_prob(x) - p.log_prob(x))))


def f_divergence_estimate(f, p, q, key: jax.Array, n: int) -> Estimate:
    """Estimate D_f(p || q) as the mean of f(p / q) over samples of q.

    Bias: none when q > 0 wherever p > 0; otherwise it misses what lies outside q, p's
    share there times the slope of f at infinity, and is too small unless that is 0. The
    ratio p / q can be huge on rare samples: look at several keys.

    Args:
        f: a row of F_DIVERGENCES, its key, or a convex function of the ratio u >= 0.
        p: distribution with `log_prob`.
        q: distribution with `sample` and `log_prob`; samples come from this one.
        key: PRNG key.
        n: number of samples, 2 or more.
    """
    x = q.sample(key, n)
    return monte_carlo(row_of(f).f(jnp.exp(p.log_prob(x) - q.log_prob(x))))


def variational_estimate(f, critic_on_p, critic_on_q) -> Estimate:
    """Estimate the bound E_p[T] - E_q[f*(T)] from a critic's values on samples.

    Bias: none as an estimate of the bound, if the critic never saw these samples. The
    bound lies below D_f. A critic trained on the same samples reads too high.

    Args:
        f: a row of F_DIVERGENCES, or its key.
        critic_on_p: values of T on samples of p, (N,).
        critic_on_q: values of T on samples of q, (M,). One outside the domain of f*
            makes the bound minus infinity, with an error that is NaN.

    Raises:
        ValueError: f has no conjugate, or there are fewer than two values.
    """
    real = monte_carlo(critic_on_p)
    fake = monte_carlo(conjugate_of(f)(validate.array(critic_on_q, "critic_on_q")))
    error = (real.standard_error**2 + fake.standard_error**2) ** 0.5
    return Estimate(real.value - fake.value, error)


def histogram_kl(counts, q):
    """Estimate KL(p || q) by putting the frequencies of samples in place of p.

    Bias: upwards, by about (K - 1) / 2N for N samples in K cells, even when p = q.

    Args:
        counts: samples in each cell, (..., K).
        q: probabilities of the cells, (..., K).

    Returns:
        Shape (...), 0 or more.

    Raises:
        ValueError: counts are below 0 or all 0, or q is no distribution over them.
    """
    xp = namespace(counts, q)
    counts = xp.asarray(validate.array(counts, "counts")) * 1.0
    total = counts.sum(-1, keepdims=True)
    validate.not_negative(counts, "counts")
    validate.positive(total, "the sum of counts")
    return kl(counts / total, xp.broadcast_to(q, counts.shape))
