"""The exercises of notebook 01: sampling, Monte Carlo KL, transport, ratios."""

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import data
from gan_utils.exercises.exercise import Exercise, Mistake, register


def _inverse_cdf(u, x, p):
    cdf = jnp.cumsum(p) / p.sum()
    return jnp.interp(u, cdf, x)


def _densities_on_a_grid(rng):
    """Densities with a factor in front: only an answer that normalises can be right."""
    cases = []
    for centre, width, factor in ((1.0, 1.5, 3.0), (3.0, 0.8, 0.4), (2.2, 2.5, 70.0)):
        x = np.linspace(0.0, 4.0, 2001)
        p = factor * (0.05 + np.exp(-(((x - centre) / width) ** 2)))
        u = rng.uniform(0.01, 0.99, size=50)
        cases.append(tuple(jnp.asarray(a, "float32") for a in (u, x, p)))
    return cases


register(
    Exercise(
        name="inverse_cdf",
        notebook="01",
        difficulty=2,
        minutes=8,
        reference=_inverse_cdf,
        cases=_densities_on_a_grid,
        atol=0.02,  # sums and trapezoids differ by half a cell; both are right
        rtol=0.0,
        mistakes=(
            Mistake(
                lambda u, x, p: jnp.interp(u, x, jnp.cumsum(p) / p.sum()),
                "You looked u up among the places x, which evaluates the CDF. The "
                "sampler needs its inverse: look u up among the CDF's values, "
                "jnp.interp(u, cdf, x).",
            ),
            Mistake(
                lambda u, x, p: jnp.interp(u, jnp.cumsum(p), x),
                "Your CDF does not end at 1. Divide the running sum by the total.",
            ),
            Mistake(
                lambda u, x, p: jnp.interp(u, jnp.cumsum(p) * (x[1] - x[0]), x),
                "Your CDF ends at 1 only if p has area 1, and this p does not. Divide "
                "the running sum by the total.",
            ),
            Mistake(
                lambda u, x, p: jnp.interp(1 - u, jnp.cumsum(p) / p.sum(), x),
                "You used 1 - u. That samples the right distribution too, but the "
                "inverse CDF rises with u; return the place for u itself.",
            ),
            Mistake(
                lambda u, x, p: x[0] + u * (x[-1] - x[0]),
                "Your samples are uniform; p has no influence. Use the running sum of "
                "p.",
            ),
            Mistake(
                lambda u, x, p: jnp.searchsorted(jnp.cumsum(p) / p.sum(), u),
                "You returned positions in the grid. Return the places x there.",
            ),
            Mistake(
                lambda u, x, p: jnp.interp(u, x, p),
                "You read off the density p. Build its running sum F first, then look "
                "u up among the values of F.",
            ),
            Mistake(
                lambda u, x, p: jnp.interp(u, p / p.sum(), x),
                "You inverted the density itself. Take its running sum first.",
            ),
        ),
    )
)


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


register(
    Exercise(
        name="monte_carlo_kl",
        notebook="01",
        difficulty=2,
        minutes=8,
        reference=_monte_carlo_kl,
        cases=_pairs_of_distributions,
        rtol=0.05,  # another way to use the key draws other samples
        atol=0.03,
        properties=(_uses_its_key,),
        mistakes=(
            Mistake(
                _backwards,
                "You averaged over samples of q. KL(p || q) is an expectation under p: "
                "draw from p. What you computed is minus KL(q || p).",
            ),
            Mistake(
                lambda p, q, key, n: -_backwards(p, q, key, n),
                "You computed KL(q || p), the other direction. Draw from p and average "
                "log p - log q.",
            ),
            Mistake(
                lambda p, q, key, n: -_monte_carlo_kl(p, q, key, n),
                "The sign is reversed: you averaged log q - log p. KL(p || q) averages "
                "log p - log q, and is never negative.",
            ),
            Mistake(
                _weighted_again,
                "You multiplied by p(x), but the samples already come from p: likely "
                "places count more because they appear more often. Take the mean.",
            ),
            Mistake(
                lambda p, q, key, n: n * _monte_carlo_kl(p, q, key, n),
                "You summed over the samples. An expectation is their mean.",
            ),
            Mistake(
                _without_logarithm,
                "You averaged the ratio p / q. KL averages its logarithm.",
            ),
            Mistake(
                lambda p, q, key, n: jnp.log(_without_logarithm(p, q, key, n)),
                "You took the logarithm of an average. KL is the average of the "
                "logarithm.",
            ),
            Mistake(
                _each_at_its_own_samples,
                "You evaluated log q at samples of q. Evaluate both log densities at "
                "the same samples, those of p.",
            ),
            Mistake(
                _ratio_of_logarithms,
                "You divided the log densities. The logarithm of a ratio is the "
                "difference of the logarithms.",
            ),
        ),
    )
)


def _w1_by_sorting(x, y):
    return jnp.abs(jnp.sort(x) - jnp.sort(y)).mean()


def _samples_on_a_line(rng):
    sizes_and_widths = ((30, 2.0), (200, 0.3), (7, 1.0))
    return [
        tuple(
            jnp.asarray(a, "float32")
            for a in (rng.normal(size=n), rng.normal(0.4, width, size=n))
        )
        for n, width in sizes_and_widths
    ]


register(
    Exercise(
        name="w1_by_sorting",
        notebook="01",
        difficulty=1,
        minutes=5,
        reference=_w1_by_sorting,
        cases=_samples_on_a_line,
        mistakes=(
            Mistake(
                lambda x, y: jnp.abs(x - y).mean(),
                "You paired the samples in the order in which they came, which is "
                "arbitrary. Sort both first.",
            ),
            Mistake(
                lambda x, y: jnp.abs(x.mean() - y.mean()),
                "You compared the means alone. Two samples with equal means can be far "
                "apart. Take the absolute value of each difference before averaging.",
            ),
            Mistake(
                lambda x, y: (jnp.sort(x) - jnp.sort(y)).mean(),
                "Your differences keep their signs, so they cancel and only the means "
                "are compared. Take absolute values before averaging.",
            ),
            Mistake(
                lambda x, y: jnp.abs(jnp.sort(x) - jnp.sort(y)).sum(),
                "You summed the distances. Each sample carries mass 1/n: average.",
            ),
            Mistake(
                lambda x, y: ((jnp.sort(x) - jnp.sort(y)) ** 2).mean(),
                "You squared the distances. That is the square of W2; W1 takes "
                "absolute values.",
            ),
            Mistake(
                lambda x, y: jnp.sqrt(((jnp.sort(x) - jnp.sort(y)) ** 2).mean()),
                "You took the root of the mean square. That is W2; W1 is the mean of "
                "the absolute values.",
            ),
            Mistake(
                lambda x, y: jnp.abs(jnp.argsort(x) - jnp.argsort(y)).mean(),
                "You compared positions: argsort returns where the sorted values are. "
                "Use jnp.sort.",
            ),
            Mistake(
                lambda x, y: jnp.abs(x[:, None] - y[None, :]).mean(),
                "You averaged over all pairs. A plan sends each x to one y: sort both "
                "and pair them in order.",
            ),
            Mistake(
                lambda x, y: jnp.abs(x[:, None] - y[None, :]).min(axis=1).mean(),
                "You sent each x to its nearest y. Then some y receive nothing and "
                "others too much. Sort both and pair them in order.",
            ),
        ),
    )
)


def _ratio_from_classifier(logits, n_p, n_q):
    return jnp.exp(logits) * n_q / n_p


register(
    Exercise(
        name="ratio_from_classifier",
        notebook="01",
        difficulty=3,
        minutes=8,
        reference=_ratio_from_classifier,
        cases=lambda rng: [
            (jnp.asarray(rng.normal(size=size), "float32"), n_p, n_q)
            for size, n_p, n_q in ((20, 500, 1500), (5, 900, 100), (12, 70, 70))
        ],
        mistakes=(
            Mistake(
                lambda logits, n_p, n_q: jnp.exp(logits),
                "You returned the odds of the two classes. They contain how often each "
                "class appeared in training; divide by n_p / n_q.",
            ),
            Mistake(
                lambda logits, n_p, n_q: jnp.exp(logits) * n_p / n_q,
                "You corrected for the class sizes in the wrong direction. With more "
                "samples of p the classifier leans towards p; the ratio must be "
                "smaller than the odds.",
            ),
            Mistake(
                lambda logits, n_p, n_q: jax.nn.sigmoid(logits),
                "You returned the probability of the class p, which is at most 1. The "
                "ratio follows from the odds, exp(logit).",
            ),
            Mistake(
                lambda logits, n_p, n_q: jnp.exp(-logits) * n_p / n_q,
                "You returned q / p. The logit belongs to the class p: keep its sign.",
            ),
            Mistake(
                lambda logits, n_p, n_q: logits + jnp.log(n_q / n_p),
                "You returned the logarithm of the ratio. Take exp of it.",
            ),
            Mistake(
                lambda logits, n_p, n_q: jnp.exp(logits + n_q / n_p),
                "You added n_q / n_p to the logit. The correction of a logit is its "
                "logarithm; or multiply after taking exp.",
            ),
            Mistake(
                lambda logits, n_p, n_q: jnp.exp(logits) * n_q / (n_p + n_q),
                "You multiplied by the share of q in the pile. Odds are corrected by "
                "the ratio of the classes, n_q / n_p.",
            ),
            Mistake(
                lambda logits, n_p, n_q: jax.nn.sigmoid(logits) * n_q / n_p,
                "You corrected the probability of the class p. Correct the odds, "
                "exp(logit).",
            ),
        ),
    )
)
