"""The displayed formulas of side room 07b, each against an independent computation."""

import itertools
import math
from functools import lru_cache

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import linalg, spatial, special, stats

from formulas.each import checks_of
from formulas.formula import Formula


def check_frechet(f):
    """Eigenvalues of S S', and lines added up where both clouds have the same axes."""
    rng = np.random.default_rng(1)
    for F in (1, 2, 4):
        m, m2 = rng.normal(size=(2, F))
        S, S2 = (a @ a.T + 0.1 * np.eye(F) for a in rng.normal(size=(2, F, F)))
        roots = np.sqrt(linalg.eigvals(S @ S2).real).sum()
        expected = ((m - m2) ** 2).sum() + np.trace(S) + np.trace(S2) - 2 * roots
        close(f(m=m, m2=m2, S=S, S2=S2, root=linalg.sqrtm), expected, rtol=1e-8)
    s, s2 = rng.uniform(0.5, 2, (2, 4))
    lines = (m - m2) ** 2 + (s - s2) ** 2
    both = dict(m=m, m2=m2, S=np.diag(s**2), S2=np.diag(s2**2), root=linalg.sqrtm)
    close(f(**both), lines.sum(), rtol=1e-8)


def check_frechet_bias(f):
    """The mean over many pairs of samples of one round Gaussian."""
    for F, s, N, M in ((1, 1.3, 100, 300), (3, 0.7, 400, 150)):
        close(f(s=s, F=F, N=N, M=M), _mean_frechet(F, s, N, M), rtol=0.1)


@lru_cache
def _mean_frechet(F, s, N, M, pairs=1000):
    rng = np.random.default_rng(2)
    found = []
    for _ in range(pairs):
        x, y = (s * rng.normal(size=(k, F)) for k in (N, M))
        S, S2 = (np.atleast_2d(np.cov(a, rowvar=False)) for a in (x, y))
        roots = np.sqrt(linalg.eigvals(S @ S2).real.clip(0)).sum()
        apart = ((x.mean(0) - y.mean(0)) ** 2).sum()
        found.append(apart + np.trace(S) + np.trace(S2) - 2 * roots)
    return np.mean(found)


def check_kernel(f):
    """Loops over the pairs."""
    distance, kernel = f
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(5, 3)), rng.normal(0.5, 1, size=(4, 3))

    def like(a, b):
        return math.pow(sum(map(math.prod, zip(a, b, strict=True))) / 3 + 1, 3)

    close(kernel(a=x[0], b=y[0], F=3), like(x[0], y[0]), rtol=1e-10)
    terms = {
        "among_x": [like(a, b) for a, b in itertools.permutations(x, 2)],
        "among_y": [like(a, b) for a, b in itertools.permutations(y, 2)],
        "across": [like(a, b) for a, b in itertools.product(x, y)],
    }
    expected = np.mean(terms["among_x"]) + np.mean(terms["among_y"])
    expected -= np.mean(terms["across"]) + np.mean(terms["across"])
    close(distance(N=5, M=4, **terms), expected, rtol=1e-10)


def _balls():
    """Two small clouds with their radii, by SciPy's tree."""
    rng = np.random.default_rng(4)
    x, y, k = rng.normal(size=(30, 2)), rng.normal(0.7, 0.8, (20, 2)), 3
    reach = [spatial.cKDTree(a).query(a, k + 1)[0][:, -1] for a in (x, y)]
    return x, y, k, reach


def _inside(points, centres, reach):
    """How many balls each point lies in."""
    trees = spatial.cKDTree(points).query_ball_point(centres, reach)
    return np.bincount(np.concatenate(trees).astype(int), minlength=len(points))


def check_precision_recall(f):
    """Balls asked one by one from a tree."""
    precision, recall = f
    x, y, _, (r, rho) = _balls()
    apart = spatial.distance.cdist(x, y)
    symbols = dict(N=30, M=20, apart=apart, r=r[:, None], rho=rho[None])
    close(precision(**symbols), (_inside(y, x, r) > 0).mean(), rtol=1e-12)
    close(recall(**symbols), (_inside(x, y, rho) > 0).mean(), rtol=1e-12)


def check_density_coverage(f):
    """Balls asked one by one from a tree."""
    density, coverage = f
    x, y, k, (r, _) = _balls()
    symbols = dict(N=30, M=20, k=k, apart=spatial.distance.cdist(x, y), r=r[:, None])
    close(density(**symbols), _inside(y, x, r).mean() / k, rtol=1e-12)
    filled = [len(found) > 0 for found in spatial.cKDTree(y).query_ball_point(x, r)]
    close(coverage(**symbols), np.mean(filled), rtol=1e-12)


def check_coverage_floor(f):
    """All orders of the other points around a real point, counted; then large n."""
    exact, limit = f
    for n, k in ((4, 2), (10, 3), (50, 5)):
        missed = math.comb(2 * n - 1 - k, n) / math.comb(2 * n - 1, n)
        close(exact(n=n, k=k, i=np.arange(1, k + 1)), 1 - missed, rtol=1e-10)
    for k in (2.0, 5.0):
        n = 100_000
        close(limit(k=k), exact(n=n, k=k, i=np.arange(1, k + 1)), rtol=1e-3)


def check_best_accuracy(f):
    """The best of all classifiers of five outcomes, tried one by one."""
    rng = np.random.default_rng(5)
    p, q = rng.dirichlet(np.ones(5), 2)
    calls = np.array(list(itertools.product([0, 1], repeat=5)))
    best = ((calls * p + (1 - calls) * q).sum(1) / 2).max()
    events = [abs((p - q)[list(s)].sum()) for s in _subsets(5)]
    close(f(TV=max(events)), best, rtol=1e-12)


def _subsets(n):
    return itertools.chain(*(itertools.combinations(range(n), k) for k in range(n + 1)))


def check_inception(f):
    """What a label's entropy loses when the image is known."""
    score, marginal = f
    p = np.random.default_rng(7).dirichlet(np.full(4, 0.5), 11)
    q = marginal(M=11, p=p)
    expected = stats.entropy(np.einsum("ny->y", p) / p.sum())
    expected -= np.average([stats.entropy(row) for row in p])
    close(score(M=11, p=p, q=q), np.exp(expected), rtol=1e-10)


def check_parzen(f):
    """A mixture of SciPy's Gaussians."""
    rng = np.random.default_rng(8)
    for F, s in ((1, 0.4), (3, 1.3)):
        centres, x = rng.normal(size=(6, F)), rng.normal(size=F)
        each = [stats.multivariate_normal(c, s**2).logpdf(x) for c in centres]
        squared = ((x - centres) ** 2).sum(1)
        expected = special.logsumexp(each) - np.log(6)
        close(f(M=6, F=F, s=s, squared=squared), expected, rtol=1e-10)


def check_kinds(f):
    """All sequences of draws, one by one: how many kinds each holds."""
    rng = np.random.default_rng(7)
    for K, n in ((2, 4), (3, 5)):
        u = rng.dirichlet(np.ones(K))
        draws = list(itertools.product(range(K), repeat=n))
        expected = sum(np.prod(u[list(draw)]) * len(set(draw)) for draw in draws)
        close(f(u=u, n=n), expected, rtol=1e-10)


FORMULAS = [
    Formula(
        name="Frechet distance",
        notebook="07b",
        latex=r"\lVert m-m'\rVert^2+\operatorname{tr}\left(S+S'-2\,"
        r"(S^{1/2}S'S^{1/2})^{1/2}\right)",
        expression=(
            "sum((m - m2) ** 2) + trace(S + S2 - 2 * root(root(S) @ S2 @ root(S)))"
        ),
        check=check_frechet,
    ),
    Formula(
        name="floor of the Frechet distance",
        notebook="07b",
        latex=r"s^2\,\frac{F(F+5)}{4}\left(\frac1N+\frac1M\right)",
        expression="s**2 * (F * (F + 5) / 4) * (1 / N + 1 / M)",
        check=check_frechet_bias,
    ),
    Formula(
        name="kernel distance",
        notebook="07b",
        latex=r"\frac{1}{N(N-1)}\sum_{i\ne j}\kappa(x_i,x_j)"
        r"+\frac{1}{M(M-1)}\sum_{i\ne j}\kappa(y_i,y_j)"
        r"-\frac{2}{NM}\sum_{i,j}\kappa(x_i,y_j), \qquad "
        r"\kappa(a,b)=\left(\frac{a\cdot b}{F}+1\right)^3",
        expression=(
            "1 / (N * (N - 1)) * sum(among_x) + 1 / (M * (M - 1)) * sum(among_y)"
            " - 2 / (N * M) * sum(across)",
            "(a @ b / F + 1) ** 3",
        ),
        check=check_kernel,
    ),
    Formula(
        name="precision and recall",
        notebook="07b",
        latex=r"\text{precision} = \frac1M\sum_{j=1}^{M}\mathbf 1\left[\lVert "
        r"y_j-x_i\rVert\le r_i\text{ for some }i\right], \qquad "
        r"\text{recall} = \frac1N\sum_{i=1}^{N}\mathbf 1\left[\lVert "
        r"x_i-y_j\rVert\le\rho_j\text{ for some }j\right]",
        expression=(
            "1 / M * sum(any(apart <= r, 0))",
            "1 / N * sum(any(apart <= rho, 1))",
        ),
        check=check_precision_recall,
        swaps=(("r", "rho"), ("N", "M")),
    ),
    Formula(
        name="density and coverage",
        notebook="07b",
        latex=r"\text{density} = \frac{1}{kM}\sum_{j=1}^{M}\sum_{i=1}^{N}\mathbf 1"
        r"\left[\lVert y_j-x_i\rVert\le r_i\right], \qquad "
        r"\text{coverage} = \frac1N\sum_{i=1}^{N}\mathbf 1\left[\lVert "
        r"y_j-x_i\rVert\le r_i\text{ for some }j\right]",
        expression=(
            "1 / (k * M) * sum(apart <= r)",
            "1 / N * sum(any(apart <= r, 1))",
        ),
        check=check_density_coverage,
        swaps=(("N", "M"),),
    ),
    Formula(
        name="floor of coverage",
        notebook="07b",
        latex=r"1-\prod_{i=1}^{k}\frac{n-i}{2n-i}\approx1-2^{-k}",
        expression=("1 - prod((n - i) / (2 * n - i))", "1 - 2 ** (-k)"),
        check=check_coverage_floor,
    ),
    Formula(
        name="best accuracy",
        notebook="07b",
        latex=r"\frac12\left(1+\mathrm{TV}(p,q)\right)",
        expression="1 / 2 * (1 + TV)",
        check=check_best_accuracy,
    ),
    Formula(
        name="Inception score",
        notebook="07b",
        latex=r"\exp\left(\frac1M\sum_{j=1}^{M}\sum_c p(c|y_j)"
        r"\log\frac{p(c|y_j)}{p(c)}\right), \qquad "
        r"p(c) = \frac1M\sum_{j=1}^{M}p(c|y_j)",
        expression=("exp(1 / M * sum(p * log(p / q)))", "1 / M * sum(p, 0)"),
        check=check_inception,
        swaps=(("p", "q"),),
    ),
    Formula(
        name="Parzen windows",
        notebook="07b",
        latex=r"\log\hat p(x) = \log\frac1M\sum_{j=1}^{M}\exp\left(-\frac{\lVert "
        r"x-y_j\rVert^2}{2s^2}\right) - F\log\left(s\sqrt{2\pi}\right)",
        expression=(
            "log(1 / M * sum(exp(-squared / (2 * s**2)))) - F * log(s * sqrt(2 * pi))"
        ),
        check=check_parzen,
    ),
    Formula(
        name="kinds to expect in a sample",
        notebook="07b",
        latex=r"\sum_{i=1}^{K}\left(1-(1-u_i)^n\right)",
        expression="sum(1 - (1 - u) ** n)",
        check=check_kinds,
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
