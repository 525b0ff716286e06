"""The displayed formulas of notebook 07, each against an independent computation."""

import itertools
import math
from functools import lru_cache

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import linalg, spatial, special, stats
from sklearn.metrics import roc_auc_score

from formulas.each import checks_of
from formulas.formula import Formula


def check_within(f):
    """The squared length of a standard Gaussian in the plane is chi-squared."""
    for t in (0.5, 1.0, 3.0):
        close(f(t=t), stats.chi2(2).cdf(t**2), rtol=1e-12)


def check_mode_kl(f):
    """SciPy's relative entropy from equal shares."""
    rng = np.random.default_rng(0)
    for K in (2, 8, 25):
        h = rng.dirichlet(np.ones(K))
        close(f(K=K, h=h), stats.entropy(h, np.full(K, 1 / K)), rtol=1e-10)


def check_mode_bias(f):
    """The exact mean, by the binomial law of one mode's count."""
    for K, N in ((3, 900), (8, 2500), (25, 9000)):
        count = np.arange(1, N + 1)
        share = count / N
        chance = stats.binom(N, 1 / K).pmf(count)
        exact = np.log(K) + K * (chance * share * np.log(share)).sum()
        close(f(K=K, N=N), exact, rtol=0.02)


def check_line(f):
    """The mean squared gap of sorted Gaussians, by quadrature over the ranks."""
    ranks = (np.arange(200_000) + 0.5) / 200_000
    for m, s, m2, s2 in ((0.0, 1.0, 1.5, 0.4), (-1.0, 0.3, 2.0, 1.7)):
        gap = stats.norm(m, s).ppf(ranks) - stats.norm(m2, s2).ppf(ranks)
        close(f(m=m, s=s, m2=m2, s2=s2), (gap**2).mean(), rtol=1e-3)


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
    for F, sigma, n, m in ((1, 1.3, 100, 300), (3, 0.7, 400, 150)):
        close(f(sigma=sigma, F=F, n=n, m=m), _mean_frechet(F, sigma, n, m), rtol=0.1)


@lru_cache
def _mean_frechet(F, sigma, n, m, pairs=1000):
    rng = np.random.default_rng(2)
    found = []
    for _ in range(pairs):
        x, y = (sigma * rng.normal(size=(k, F)) for k in (n, m))
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
    close(distance(n=5, m=4, **terms), expected, rtol=1e-10)


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
    """All orders of the other points around a datum, counted; then large n."""
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


def check_nearer(f):
    """The area under the curve of the distances."""
    rng = np.random.default_rng(6)
    d, d2 = rng.normal(size=12), rng.normal(0.4, 1, size=9)
    area = roc_auc_score(np.repeat([1, 0], [9, 12]), np.concatenate([d2, d]))
    close(f(K=12, M=9, d=d[:, None], d2=d2[None]), area, rtol=1e-12)


def check_inception(f):
    """What a label's entropy loses when the image is known."""
    score, marginal = f
    p = np.random.default_rng(7).dirichlet(np.full(4, 0.5), 11)
    q = marginal(N=11, p=p)
    expected = stats.entropy(np.einsum("ny->y", p) / p.sum())
    expected -= np.average([stats.entropy(row) for row in p])
    close(score(N=11, p=p, q=q), np.exp(expected), rtol=1e-10)


def check_parzen(f):
    """A mixture of SciPy's Gaussians."""
    rng = np.random.default_rng(8)
    for d, sigma in ((1, 0.4), (3, 1.3)):
        centres, x = rng.normal(size=(6, d)), rng.normal(size=d)
        each = [stats.multivariate_normal(c, sigma**2).logpdf(x) for c in centres]
        squared = ((x - centres) ** 2).sum(1)
        expected = special.logsumexp(each) - np.log(6)
        close(f(N=6, d=d, sigma=sigma, squared=squared), expected, rtol=1e-10)


FORMULAS = [
    Formula(
        name="share within t widths in the plane",
        notebook="07",
        latex=r"1-e^{-t^2/2}",
        expression="1 - exp(-(t**2) / 2)",
        check=check_within,
    ),
    Formula(
        name="reverse KL of the shares of modes",
        notebook="07",
        latex=r"\mathrm{KL}(h\,\|\,u) = \log K + \sum_{k=1}^{K} h_k\log h_k",
        expression="log(K) + sum(h * log(h))",
        check=check_mode_kl,
    ),
    Formula(
        name="floor of the reverse KL",
        notebook="07",
        latex=r"\frac{K-1}{2N}",
        expression="(K - 1) / (2 * N)",
        check=check_mode_bias,
        swaps=(("K", "N"),),
    ),
    Formula(
        name="Frechet distance on a line",
        notebook="07",
        latex=r"W_2^2 = (m-m')^2+(s-s')^2",
        expression="(m - m2) ** 2 + (s - s2) ** 2",
        check=check_line,
    ),
    Formula(
        name="Frechet distance",
        notebook="07",
        latex=r"\lVert m-m'\rVert^2+\operatorname{tr}\left(S+S'-2\,"
        r"(S^{1/2}S'S^{1/2})^{1/2}\right)",
        expression=(
            "sum((m - m2) ** 2) + trace(S + S2 - 2 * root(root(S) @ S2 @ root(S)))"
        ),
        check=check_frechet,
    ),
    Formula(
        name="floor of the Frechet distance",
        notebook="07",
        latex=r"\sigma^2\,\frac{F(F+5)}{4}\left(\frac1n+\frac1m\right)",
        expression="sigma**2 * (F * (F + 5) / 4) * (1 / n + 1 / m)",
        check=check_frechet_bias,
    ),
    Formula(
        name="kernel distance",
        notebook="07",
        latex=r"\frac{1}{n(n-1)}\sum_{i\ne j}k(x_i,x_j)"
        r"+\frac{1}{m(m-1)}\sum_{i\ne j}k(y_i,y_j)"
        r"-\frac{2}{nm}\sum_{i,j}k(x_i,y_j), \qquad "
        r"k(a,b)=\left(\frac{a\cdot b}{F}+1\right)^3",
        expression=(
            "1 / (n * (n - 1)) * sum(among_x) + 1 / (m * (m - 1)) * sum(among_y)"
            " - 2 / (n * m) * sum(across)",
            "(a @ b / F + 1) ** 3",
        ),
        check=check_kernel,
    ),
    Formula(
        name="precision and recall",
        notebook="07",
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
        notebook="07",
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
        notebook="07",
        latex=r"1-\prod_{i=1}^{k}\frac{n-i}{2n-i}\approx1-2^{-k}",
        expression=("1 - prod((n - i) / (2 * n - i))", "1 - 2 ** (-k)"),
        check=check_coverage_floor,
    ),
    Formula(
        name="best accuracy",
        notebook="07",
        latex=r"\frac12\left(1+\mathrm{TV}(p,q)\right)",
        expression="1 / 2 * (1 + TV)",
        check=check_best_accuracy,
    ),
    Formula(
        name="share of pairs in which the sample is nearer",
        notebook="07",
        latex=r"\frac{1}{KM}\sum_{j=1}^{K}\sum_{i=1}^{M}\mathbf 1\left[d_j<d'_i\right]",
        expression="1 / (K * M) * sum(d < d2)",
        check=check_nearer,
        swaps=(("d", "d2"),),
    ),
    Formula(
        name="Inception score",
        notebook="07",
        latex=r"\exp\left(\frac1N\sum_{i=1}^{N}\sum_y p(y|x_i)"
        r"\log\frac{p(y|x_i)}{p(y)}\right), \qquad "
        r"p(y) = \frac1N\sum_{i=1}^{N}p(y|x_i)",
        expression=("exp(1 / N * sum(p * log(p / q)))", "1 / N * sum(p, 0)"),
        check=check_inception,
        swaps=(("p", "q"),),
    ),
    Formula(
        name="Parzen windows",
        notebook="07",
        latex=r"\log\hat p(x) = \log\frac1N\sum_{j=1}^{N}\exp\left(-\frac{\lVert "
        r"x-s_j\rVert^2}{2\sigma^2}\right) - d\log\left(\sigma\sqrt{2\pi}\right)",
        expression=(
            "log(1 / N * sum(exp(-squared / (2 * sigma**2))))"
            " - d * log(sigma * sqrt(2 * pi))"
        ),
        check=check_parzen,
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
