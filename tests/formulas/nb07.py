"""The displayed formulas of notebook 07, each against an independent computation."""

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import stats
from sklearn.metrics import roc_auc_score

from formulas.each import checks_of
from formulas.formula import Formula


def check_within(f):
    """The squared length of a standard Gaussian in the plane is chi-squared."""
    for c in (0.5, 1.0, 3.0):
        close(f(c=c), stats.chi2(2).cdf(c**2), rtol=1e-12)


def check_mode_kl(f):
    """SciPy's relative entropy from equal shares, in both forms."""
    rng = np.random.default_rng(0)
    for K in (2, 8, 25):
        h = rng.dirichlet(np.ones(K))
        expected = stats.entropy(h, np.full(K, 1 / K))
        close([form(K=K, h=h) for form in f], expected, rtol=1e-10)


def check_mode_bias(f):
    """The exact mean, by the binomial law of one mode's count."""
    for K, n in ((3, 900), (8, 2500), (25, 9000)):
        count = np.arange(1, n + 1)
        share = count / n
        chance = stats.binom(n, 1 / K).pmf(count)
        exact = np.log(K) + K * (chance * share * np.log(share)).sum()
        close(f(K=K, n=n), exact, rtol=0.02)


def check_line(f):
    """The mean squared gap of sorted Gaussians, by quadrature over the ranks."""
    ranks = (np.arange(200_000) + 0.5) / 200_000
    for m, s, m2, s2 in ((0.0, 1.0, 1.5, 0.4), (-1.0, 0.3, 2.0, 1.7)):
        gap = stats.norm(m, s).ppf(ranks) - stats.norm(m2, s2).ppf(ranks)
        close(f(m=m, s=s, m2=m2, s2=s2), (gap**2).mean(), rtol=1e-3)


def check_nearer(f):
    """The area under the curve of the distances."""
    rng = np.random.default_rng(6)
    d, d2 = rng.normal(size=12), rng.normal(0.4, 1, size=9)
    area = roc_auc_score(np.repeat([1, 0], [9, 12]), np.concatenate([d2, d]))
    close(f(M=12, N=9, d=d[:, None], d2=d2[None]), area, rtol=1e-12)


FORMULAS = [
    Formula(
        name="share within c widths in the plane",
        notebook="07",
        latex=r"1-e^{-c^2/2}",
        expression="1 - exp(-(c**2) / 2)",
        check=check_within,
    ),
    Formula(
        name="reverse KL of the shares of modes",
        notebook="07",
        latex=r"\mathrm{KL}(h\,\|\,u) = \sum_{i=1}^{K} h_i\log\frac{h_i}{1/K} = "
        r"\log K + \sum_{i=1}^{K} h_i\log h_i",
        expression=("sum(h * log(h / (1 / K)))", "log(K) + sum(h * log(h))"),
        check=check_mode_kl,
    ),
    Formula(
        name="floor of the reverse KL",
        notebook="07",
        latex=r"\frac{K-1}{2n}",
        expression="(K - 1) / (2 * n)",
        check=check_mode_bias,
        swaps=(("K", "n"),),
    ),
    Formula(
        name="Frechet distance on a line",
        notebook="07",
        latex=r"W_2^2 = (m-m')^2+(s-s')^2",
        expression="(m - m2) ** 2 + (s - s2) ** 2",
        check=check_line,
    ),
    Formula(
        name="share of pairs in which the sample is nearer",
        notebook="07",
        latex=r"\frac{1}{MN}\sum_{j=1}^{M}\sum_{i=1}^{N}\mathbf 1\left[d_j<d'_i\right]",
        expression="1 / (M * N) * sum(d < d2)",
        check=check_nearer,
        swaps=(("d", "d2"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
