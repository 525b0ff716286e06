"""The displayed formulas of notebook 02, each against an independent computation."""

import numpy as np
import optax
from numpy.testing import assert_allclose as close
from scipy import integrate, optimize, special, stats

from formulas.each import checks_of
from formulas.formula import Formula
from gan_utils import games
from gan_utils.numerics import float64


def pairs(count=5, outcomes=4):
    return np.random.default_rng(7).dirichlet(np.ones(outcomes), (count, 2))


def check_game(f):
    """Against an integral over the densities that G makes of uniform noise."""
    z = (np.arange(20_000) + 0.5) / 20_000
    x = stats.norm.ppf(z)

    def d(x):
        return special.expit(0.5 * x + 0.2)

    def generate(z):
        return 2 * stats.norm.ppf(z) - 1

    def integrand(x):
        fakes = stats.norm.pdf(x, -1, 2) * np.log(1 - d(x))
        return stats.norm.pdf(x) * np.log(d(x)) + fakes

    expected = integrate.quad(integrand, -20, 20)[0]
    close(f(x=x, z=z, D=d, G=generate), expected, atol=1e-3)


def check_descent(f):
    """Against Optax's plain gradient descent on a loss with a known slope."""
    for h in (0.1, 2.0):
        for psi in (-1.3, 0.4, 4.0):
            slope = 1.7 * (psi - 0.5)  # of 0.85 (psi - 0.5)^2
            step, _ = optax.sgd(h).update(np.float64(slope), optax.sgd(h).init(0.0))
            close(f(psi=psi, h=h, slope=slope), psi + float(step), rtol=1e-6)


def check_optimal_discriminator(f):
    """Against a numerical search at every place."""
    for p, q in ((0.3, 0.1), (0.05, 0.35), (2.0, 2.0)):

        def cost(y, p=p, q=q):
            return -(p * np.log(y) + q * np.log(1 - y))

        best = optimize.minimize_scalar(cost, bounds=(1e-6, 1 - 1e-6), method="bounded")
        close(f(p=p, q=q), best.x, atol=1e-5)


def js(p, q):
    """Jensen-Shannon divergence from entropies."""
    return stats.entropy((p + q) / 2) - (stats.entropy(p) + stats.entropy(q)) / 2


def check_criterion(f):
    """Against a search over tables of logits."""
    for p, q in pairs():

        def cost(t, p=p, q=q):
            return p @ np.logaddexp(0, -t) + q @ np.logaddexp(0, t)

        best = -optimize.minimize(cost, np.zeros(4), tol=1e-12).fun
        close(f(JS=js(p, q)), best, atol=1e-9)


def gradients(loss_of_ratio):
    """Central differences of E_q[loss], D* held; of KL(q||p); and of JS."""
    rng = np.random.default_rng(3)
    p, theta = rng.dirichlet(np.ones(4)), rng.normal(size=4)
    held = loss_of_ratio(special.softmax(theta) / p)

    def slope(function):
        steps = 1e-6 * np.eye(4)
        values = [
            function(special.softmax(theta + e)) - function(special.softmax(theta - e))
            for e in steps
        ]
        return np.array(values) / 2e-6

    return (
        slope(lambda q: q @ held),
        slope(lambda q: stats.entropy(q, p)),
        slope(lambda q: js(p, q)),
    )


def check_nonsaturating(f):
    """Against central differences of the loss, with D* held."""
    loss, _, _ = gradients(np.log1p)  # -log D* = log(1 + q / p)
    rng = np.random.default_rng(3)  # the pair that gradients takes
    p, theta = rng.dirichlet(np.ones(4)), rng.normal(size=4)

    def kl(theta):
        return stats.entropy((p + special.softmax(theta)) / 2, p)

    steps = 1e-6 * np.eye(4)
    slope = np.array([(kl(theta + e) - kl(theta - e)) / 2e-6 for e in steps])
    close(f(KL=slope), loss, atol=1e-8)


def check_growth(f):
    """Against the library's trajectory."""
    for h in (0.1, 0.7):
        with float64():
            path = games.trajectory(
                games.bilinear(), games.simultaneous, (0.8, -0.3), 1, h
            )
        before, after = np.linalg.norm(np.asarray(path), axis=1)
        close(f(h=h, r=before), after, rtol=1e-12)


def _formula(name, latex, expression, check, **options):
    return Formula(name, "02", latex, expression, check, **options)


FORMULAS = [
    _formula(
        "the game",
        r"\min_G \max_D\; V(D,G) = \mathbb{E}_{x\sim p}\left[\log D(x)\right] + "
        r"\mathbb{E}_{z\sim p_z}\left[\log\left(1-D(G(z))\right)\right]",
        "mean(log(D(x))) + mean(log(1 - D(G(z))))",
        check_game,
        swaps=(("x", "z"), ("D", "G")),
    ),
    _formula(
        "gradient descent",
        r"\psi_{k+1} = \psi_k - h\,L'(\psi_k)",
        "psi - h * slope",
        check_descent,
        swaps=(("psi", "h"), ("psi", "slope")),
    ),
    _formula(
        "optimal discriminator",
        r"D^*(x) = \frac{p(x)}{p(x)+q(x)}",
        "p / (p + q)",
        check_optimal_discriminator,
        swaps=(("p", "q"),),
    ),
    _formula(
        "value at the best discriminator",
        r"C(G) = \max_D V(D,G) = -\log 4 + 2\,\mathrm{JS}(p,q)",
        "-log(4) + 2 * JS",
        check_criterion,
    ),
    _formula(
        "what the non-saturating generator follows",
        r"\nabla_\theta\, \mathbb{E}_{q_\theta}\left[-\log D^*\right] = "
        r"\nabla_\theta\, 2\,\mathrm{KL}(m_\theta\|p)",
        "2 * KL",
        check_nonsaturating,
    ),
    _formula(
        "growth of the spiral",
        r"r_{k+1} = \sqrt{1+h^2}\; r_k",
        "sqrt(1 + h**2) * r",
        check_growth,
        swaps=(("h", "r"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
