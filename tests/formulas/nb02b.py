"""The displayed formulas of notebook 02b, each against an independent computation."""

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import optimize, special, stats

from formulas.each import checks_of
from formulas.formula import Formula
from formulas.nb02 import gradients, js, pairs
from gan_utils import basins, games
from gan_utils.numerics import float64


def check_softplus(f):
    """Both forms against the left side in long double."""
    middle, right = f
    t = np.array([-9.0, -1.0, 0.0, 0.5, 4.0, 9.0], np.longdouble)
    expected = np.asarray(-np.log(1 - 1 / (1 + np.exp(-t))), float)
    t = np.asarray(t, float)
    close(middle(t=t), expected, rtol=1e-9)
    close(right(t=t), expected, rtol=1e-9)


def check_bayes_risk_gap(f):
    """For the logistic loss the gap is the Jensen-Shannon divergence."""

    def loss(t):
        return np.logaddexp(0, -t)

    t = np.linspace(-12, 12, 24_001)
    for p, q in pairs():
        close(f(l=loss, t=t, p=p[:, None], q=q[:, None]), js(p, q), atol=1e-6)


def check_pearson(f):
    """Both forms against a search for the best least-squares discriminator."""
    middle, right = f
    for p, q in pairs():

        def cost(d, p=p, q=q):
            return p @ (d - 1) ** 2 + q @ (d + 1) ** 2

        best = optimize.minimize(cost, np.zeros(4), tol=1e-12).x
        twice = sum((a + b) * d**2 for a, b, d in zip(p, q, best, strict=True))
        close(middle(p=p, q=q, t=best), twice, rtol=1e-6)
        close(right(p=p, q=q), twice, rtol=1e-5)


def check_hinge(f):
    """Both sides against a search on a grid of scores."""
    left, right = f
    t = np.linspace(-2, 2, 4001)
    for p, q in pairs():
        cost = np.outer(p, np.clip(1 - t, 0, None))
        cost = cost + np.outer(q, np.clip(1 + t, 0, None))
        least, best = cost.min(axis=1).sum(), t[cost.argmin(axis=1)]
        close(left(p=p, q=q, t=best), least, rtol=1e-9)
        close(right(TV=_tv(p, q)), least)
        wide = best * 1.7  # beyond the best, so that both hinges are tested
        direct = [
            a * max(0, 1 - d) + b * max(0, 1 + d)
            for a, b, d in zip(p, q, wide, strict=True)
        ]
        close(left(p=p, q=q, t=wide), np.sum(direct))


def _tv(p, q):
    return np.clip(p - q, 0, None).sum()


def check_sum_of_losses(f):
    """Against central differences; the price log(1 - D*) - log D* from D* itself."""

    def price(r):
        d = 1 / (1 + r)
        return np.log(1 - d) - np.log(d)

    loss, kl, _ = gradients(price)
    close(f(KL=kl), loss, atol=1e-8)


def check_ellipse(f):
    """Both sides, one step of the library's alternating game apart."""
    after, before = f
    for h in (0.3, 1.2):
        with float64():
            path = games.trajectory(
                games.bilinear(), games.alternating(), (0.8, -0.3), 1, h
            )
        old, new = np.asarray(path)
        kept = before(h=h, theta=old[0], psi=old[1])
        close(after(h=h, theta=new[0], psi=new[1]), kept, rtol=1e-12)
        # a level curve of the ellipse: solve it for psi at another theta
        psi = np.roots([1, -h * old[0], old[0] ** 2 - kept])
        assert np.abs(psi - old[1]).min() < 1e-9


def check_bad_minima(f):
    """Against the count over every assignment."""
    for n in (1, 2, 3, 4):
        assert f(n=n) == len(basins.bad_minima(basins.separable_value, n))


def check_pairing(f):
    """Both sides: at log p/q, and from a search over scores."""
    left, right = f
    for p, q in pairs():

        def cost(s, p=p, q=q):
            return p @ np.logaddexp(0, s[None, :] - s[:, None]) @ q

        best = -optimize.minimize(cost, np.zeros(4), tol=1e-12).fun
        weights = np.outer(p, q)
        score = np.log(p / q)
        margins = [score[:, None], score[None, :]]
        value = left(weights=weights, fx=margins[0], fy=margins[1], sigma=special.expit)
        close(value, best, atol=1e-8)
        close(right(JS=js(weights.ravel(), weights.T.ravel())), best, atol=1e-8)


def check_nonsaturating(f):
    """Against central differences of each part."""
    loss, kl, js = gradients(np.log1p)  # -log D* = log(1 + q / p)
    close(f(KL=kl, JS=js), loss, atol=1e-8)


def check_mixture(f):
    """Both sides, from sums over outcomes and from entropies."""
    left, right = f
    for p, q in pairs():
        m = (p + q) / 2
        expected = 2 * (np.sum(m * np.log(m)) - np.sum(m * np.log(p)))
        reverse = np.sum(q * np.log(q)) - np.sum(q * np.log(p))
        close(left(KL=reverse, JS=js(p, q)), expected, rtol=1e-9)
        close(right(KL=stats.entropy(m, p)), expected, rtol=1e-9)


def check_best_logit(f):
    """Against the logarithms of two normal densities."""
    ratio, line = f
    for theta, x in ((6.0, 5.2), (-1.5, 0.3), (0.7, -2.0)):
        p, q = stats.norm.pdf(x), stats.norm.pdf(x, theta)
        expected = stats.norm.logpdf(x) - stats.norm.logpdf(x, theta)
        close([ratio(p=p, q=q), line(theta=theta, x=x)], expected, rtol=1e-9)


def _formula(name, latex, expression, check, **options):
    return Formula(name, "02b", latex, expression, check, **options)


FORMULAS = [
    _formula(
        "softplus",
        r"-\log\left(1-\sigma(u)\right) = \log\left(1+e^{u}\right) = \max(u,0) + "
        r"\log\left(1+e^{-|u|}\right)",
        ("log(1 + exp(t))", "maximum(t, 0) + log(1 + exp(-abs(t)))"),
        check_softplus,
    ),
    _formula(
        "Bayes-risk gap",
        r"\Delta_\ell(p,q) = \min_u \tfrac12\left(\ell(u)+\ell(-u)\right) - \sum_x "
        r"\min_u \tfrac12\left(p(x)\,\ell(u)+q(x)\,\ell(-u)\right)",
        "min(0.5 * (l(t) + l(-t))) - sum(amin(0.5 * (p * l(t) + q * l(-t)), axis=1))",
        check_bayes_risk_gap,
    ),
    _formula(
        "least squares at the best discriminator",
        r"2\,C_{\mathrm{LS}}(G) = \mathbb{E}_p\left[u^{*2}\right] + "
        r"\mathbb{E}_q\left[u^{*2}\right] = \sum_x \frac{(p-q)^2}{p+q}",
        ("sum(p * t**2) + sum(q * t**2)", "sum((p - q)**2 / (p + q))"),
        check_pearson,
    ),
    _formula(
        "hinge at the best discriminator",
        r"\min_u\; \mathbb{E}_p\left[\max(0,1-u)\right] + "
        r"\mathbb{E}_q\left[\max(0,1+u)\right] = 2 - 2\,\mathrm{TV}(p,q)",
        (
            "sum(p * maximum(0, 1 - t)) + sum(q * maximum(0, 1 + t))",
            "2 - 2 * TV",
        ),
        check_hinge,
        swaps=(("p", "q"),),
    ),
    _formula(
        "minimax and non-saturating together",
        r"\nabla_\theta\, \mathbb{E}_{q_\theta}\left[\log(1-D^*) - \log D^*\right] = "
        r"\nabla_\theta\, \mathrm{KL}(q_\theta\|p)",
        "KL",
        check_sum_of_losses,
    ),
    _formula(
        "the ellipse of alternating steps",
        r"\theta_{k+1}^2+\psi_{k+1}^2-h\,\theta_{k+1}\psi_{k+1} = "
        r"\theta_k^2+\psi_k^2-h\,\theta_k\psi_k",
        (
            "theta**2 + psi**2 - h * theta * psi",
            "theta**2 + psi**2 - h * theta * psi",
        ),
        check_ellipse,
    ),
    _formula(
        "number of bad minima",
        r"\text{bad minima} = n^n - n!",
        "n**n - factorial(n)",
        check_bad_minima,
    ),
    _formula(
        "value of the pairing game",
        r"\max_f\; \mathbb{E}_{x\sim p,\,y\sim q}\left[\log\sigma\left(f(x)-f(y)\right)"
        r"\right] = \mathrm{JS}(p\times q,\; q\times p) - \log 2",
        ("sum(weights * log(sigma(fx - fy)))", "JS - log(2)"),
        check_pairing,
        swaps=(("fx", "fy"),),
    ),
    _formula(
        "what the non-saturating generator follows, in two parts",
        r"\nabla_\theta\, \mathbb{E}_{q_\theta}\left[-\log D^*\right] = \nabla_\theta "
        r"\left(\mathrm{KL}(q_\theta\|p) - 2\,\mathrm{JS}(p,q_\theta)\right)",
        "KL - 2 * JS",
        check_nonsaturating,
        swaps=(("KL", "JS"),),
    ),
    _formula(
        "the non-saturating loss as one divergence",
        r"\mathrm{KL}(q\|p) - 2\,\mathrm{JS}(p,q) = 2\,\mathrm{KL}(m\|p)",
        ("KL - 2 * JS", "2 * KL"),
        check_mixture,
        swaps=(("KL", "JS"),),
    ),
    _formula(
        "best logit between two bumps",
        r"u = \log\frac{p(x)}{q(x)} = \tfrac12\theta^2 - \theta x",
        ("log(p / q)", "theta**2 / 2 - theta * x"),
        check_best_logit,
        swaps=(("p", "q"), ("theta", "x")),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
