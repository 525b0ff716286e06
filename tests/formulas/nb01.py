"""The displayed formulas of notebook 01, against scipy and closed forms."""

import numpy as np
from scipy import special, stats
from scipy.spatial.distance import jensenshannon

from .each import checks_of
from .formula import Formula

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.3, 0.6])
KL = stats.entropy(P, Q)
JS = jensenshannon(P, Q) ** 2


def _same(found, expected, tolerance=1e-9):
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)


def check_normal(f):
    x = np.array([-1.0, 0.2, 2.5])
    for mu, s in ((0.7, 0.4), (-1.0, 3.0)):
        _same(f(x=x, mu=mu, s=s), stats.norm(mu, s).pdf(x))


def check_expectation(fs):
    """E x^2 = 2 for the exponential distribution, by integral and by even quantiles."""
    integral, average = fs
    x = np.linspace(0, 60, 200_001)
    _same(integral(p=np.exp(-x), f=x**2, dx=x[1]), 2.0, 1e-4)
    n = 200_000
    samples = stats.expon.ppf((np.arange(n) + 0.5) / n)
    _same(average(n=n, f_i=samples**2), 2.0, 1e-3)


def check_pushforward(f):
    """A lognormal, and a Gaussian that is stretched and moved."""
    z = np.array([-1.0, 0.3, 1.2])
    p_z = stats.norm.pdf(z)
    _same(f(p_z=p_z, slope=np.exp(z)), stats.lognorm(1.0).pdf(np.exp(z)))
    _same(f(p_z=p_z, slope=3.0), stats.norm(2.0, 3.0).pdf(2 + 3 * z))


def check_kl(fs):
    average, total = fs
    _same(total(p=P, q=Q), KL)
    drawn = np.repeat(np.arange(3), [5, 3, 2])  # ten samples in the proportions of p
    _same(average(p=P[drawn], q=Q[drawn]), KL)


def check_js(fs):
    value, mixture = fs
    m = mixture(p=P, q=Q)
    _same(m.sum(), 1.0)
    _same(value(KL=stats.entropy, p=P, q=Q, m=m), JS)


def check_w1(f):
    x, y = np.random.default_rng(0).normal(size=(2, 30)) * [[1.0], [3.0]]
    expected = stats.wasserstein_distance(x, y)
    _same(f(n=30, x=np.sort(x), y=np.sort(y)), expected)


def check_best_classifier(f):
    """Counts in a pile with as many of each, and a search among 9,999 answers."""
    best = f(p=P, q=Q)
    counts = 3000 * P, 3000 * Q
    _same(best, counts[0] / (counts[0] + counts[1]))
    d = np.linspace(1e-4, 1 - 1e-4, 9999)[:, None]
    _same(d[(P * np.log(d) + Q * np.log(1 - d)).argmax(axis=0), 0], best, 1e-3)


def check_logit(fs):
    odds, ratio = fs
    counts = 3000 * P, 3000 * Q  # a pile with as many of each
    best = counts[0] / (counts[0] + counts[1])
    _same(odds(D=best), special.logit(best))
    _same(ratio(p=P, q=Q), special.logit(best))


def check_js_of_classifier(f):
    _same(f(p=P, q=Q, D=P / (P + Q)), JS)


FORMULAS = [
    Formula(
        name="normal density",
        notebook="01",
        latex=r"\mathcal N(x; \mu, s) = \frac{1}{\sqrt{2\pi}\,s}"
        r"\exp\left(-\frac{(x-\mu)^2}{2s^2}\right)",
        expression="1 / (sqrt(2 * pi) * s) * exp(-(x - mu)**2 / (2 * s**2))",
        check=check_normal,
    ),
    Formula(
        name="Monte Carlo",
        notebook="01",
        latex=r"\mathrm E_p[f(x)] = \int p(x)\, f(x)\, dx \approx"
        r"\frac1n \sum_{i=1}^n f(x_i), \qquad x_i \sim p",
        expression=("sum(p * f) * dx", "1 / n * sum(f_i)"),
        check=check_expectation,
    ),
    Formula(
        name="density of a pushforward on a line",
        notebook="01",
        latex=r"q(g(z)) = \frac{p_z(z)}{g'(z)}",
        expression="p_z / slope",
        check=check_pushforward,
        swaps=(("p_z", "slope"),),
    ),
    Formula(
        name="Kullback-Leibler divergence",
        notebook="01",
        latex=r"\mathrm{KL}(p\,\|\,q) = \mathrm E_p\left[\log \frac{p(x)}{q(x)}\right]"
        r"= \sum_x p(x) \log \frac{p(x)}{q(x)}",
        expression=("mean(log(p / q))", "sum(p * log(p / q))"),
        check=check_kl,
        swaps=(("p", "q"),),
    ),
    Formula(
        name="Jensen-Shannon divergence",
        notebook="01",
        latex=r"\mathrm{JS}(p, q) = \frac12 \mathrm{KL}(p\,\|\,m)"
        r"+ \frac12 \mathrm{KL}(q\,\|\,m), \qquad m = \frac{p+q}{2}",
        expression=("1 / 2 * KL(p, m) + 1 / 2 * KL(q, m)", "(p + q) / 2"),
        check=check_js,
        swaps=(("p", "m"),),
    ),
    Formula(
        name="Wasserstein-1 by sorting",
        notebook="01",
        latex=r"W_1 = \frac1n \sum_{k=1}^n \left| x_{(k)} - y_{(k)} \right|",
        expression="1 / n * sum(abs(x - y))",
        check=check_w1,
    ),
    Formula(
        name="the best classifier",
        notebook="01",
        latex=r"D^*(x) = \frac{p(x)}{p(x)+q(x)}",
        expression="p / (p + q)",
        check=check_best_classifier,
        swaps=(("p", "q"),),
    ),
    Formula(
        name="a classifier's logit",
        notebook="01",
        latex=r"\log\frac{D^*(x)}{1 - D^*(x)} = \log\frac{p(x)}{q(x)}",
        expression=("log(D / (1 - D))", "log(p / q)"),
        check=check_logit,
        swaps=(("p", "q"),),
    ),
    Formula(
        name="Jensen-Shannon from the best classifier",
        notebook="01",
        latex=r"\mathrm{JS}(p, q) = \log 2 + \frac12 \mathrm E_p[\log D^*(x)]"
        r"+ \frac12 \mathrm E_q[\log(1 - D^*(x))]",
        expression="log(2) + 1 / 2 * sum(p * log(D)) + 1 / 2 * sum(q * log(1 - D))",
        check=check_js_of_classifier,
        swaps=(("p", "q"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
