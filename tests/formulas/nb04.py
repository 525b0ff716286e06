"""Displayed formulas of notebook 04."""

import jax
import jax.numpy as jnp
import numpy as np
from scipy import optimize, special, stats

from formulas.each import checks_of
from formulas.formula import Formula


def close(a, b, tolerance=1e-8):
    assert np.allclose(a, b, rtol=tolerance, atol=tolerance), (a, b)


def check_best_critic(f):
    """The maximum of a log y + b log(1 - y), found by search."""
    by_ratio, by_logit = f
    for p, q in np.random.default_rng(0).uniform(0.05, 2, (6, 2)):
        best = optimize.minimize_scalar(
            lambda y, p=p, q=q: -p * np.log(y) - q * np.log(1 - y),
            bounds=(1e-6, 1 - 1e-6),
            method="bounded",
            options={"xatol": 1e-10},
        )
        close(by_ratio(p=p, q=q), best.x, 1e-6)
        close(by_logit(p=p, q=q, sigmoid=special.expit), best.x, 1e-6)


def check_critic_loss(f):
    """Minus the mean log-likelihood of the right label under D = expit(u)."""
    rng = np.random.default_rng(1)
    u_real, u_fake = rng.normal(size=(2, 9)) * 2
    likelihood = np.log(special.expit(u_real)) + np.log1p(-special.expit(u_fake))
    softplus = lambda a: -special.log_expit(-a)  # noqa: E731
    value = f(u_real=u_real, u_fake=u_fake, B=9, softplus=softplus)
    close(value, -likelihood.mean())


def check_step_along_the_arrow(f):
    """A plane, on which the step is exact: the best of 20,000 directions."""
    rng = np.random.default_rng(5)
    angle = np.linspace(0, 2 * np.pi, 20_001)
    around = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    for w in rng.normal(size=(4, 2)) * 3:
        x, h = rng.normal(size=2), 0.7
        best = ((x + h * around) @ w).max()
        close(f(u=x @ w, h=h, norm=np.sqrt(w @ w)), best, 1e-6)


def check_arrows(f):
    """The arrows by finite differences of log(1 - D) and -log D."""
    minimax, nonsaturating = f
    rng = np.random.default_rng(2)
    w = rng.normal(size=3)

    def logit(x):
        return np.tanh(x) @ w + 0.5

    def slope(g, x):
        steps = 1e-6 * np.eye(3)
        return np.array([(g(x + h) - g(x - h)) / 2e-6 for h in steps])

    for x in rng.normal(size=(4, 3)):
        d, grad_u = special.expit(logit(x)), slope(logit, x)
        falling = -slope(lambda y: np.log(1 - special.expit(logit(y))), x)
        close(minimax(D=d, grad_u=grad_u), falling, 1e-5)
        falling = -slope(lambda y: -np.log(special.expit(logit(y))), x)
        close(nonsaturating(D=d, grad_u=grad_u), falling, 1e-5)


def check_r1(f):
    """Half of gamma times the mean squared slope: u = |x|^2 / 2 on a Gaussian."""
    gamma, width = 0.7, 1.3
    x = np.random.default_rng(4).normal(size=(400_000, 2))
    slope = np.asarray(jax.vmap(jax.grad(lambda y: (y**2).sum() / 2))(jnp.asarray(x)))
    norms = np.linalg.norm(slope, axis=1)
    # E |x|^2 = 2 width^2 in the plane, from the chi-squared distribution.
    expected = gamma * width**2 * stats.chi2(2).mean() / 2
    close(f(gamma=gamma, norm=width * norms), expected, 0.01)


FORMULAS = [
    Formula(
        name="best critic and its logit",
        notebook="04",
        latex=r"""D^*(x) = \frac{p(x)}{p(x)+q(x)}
            = \sigma\left(\log p(x) - \log q(x)\right)""",
        expression=("p / (p + q)", "sigmoid(log(p) - log(q))"),
        check=check_best_critic,
        swaps=(("p", "q"),),
    ),
    Formula(
        name="critic's loss",
        notebook="04",
        latex=r"""L_D = \frac1B\sum_{i=1}^{B} \left[\mathrm{softplus}(-u(x_i))
            + \mathrm{softplus}(u(\tilde x_i))\right]""",
        expression="1 / B * sum(softplus(-u_real) + softplus(u_fake))",
        check=check_critic_loss,
        swaps=(("u_real", "u_fake"),),
    ),
    Formula(
        name="step along the arrow",
        notebook="04",
        latex=r"""u\left(x + h\,\frac{\nabla_x u}{\lVert\nabla_x u\rVert}\right)
            \approx u(x) + h\,\lVert\nabla_x u\rVert""",
        expression="u + h * norm",
        check=check_step_along_the_arrow,
    ),
    Formula(
        name="arrows of both losses",
        notebook="04",
        latex=r"""-\nabla_x L_{\mathrm{mm}} = D\,\nabla_x u, \qquad
            -\nabla_x L_{\mathrm{ns}} = (1-D)\,\nabla_x u""",
        expression=("D * grad_u", "(1 - D) * grad_u"),
        check=check_arrows,
    ),
    Formula(
        name="R1",
        notebook="04",
        latex=r"""R_1 = \frac{\gamma}{2}\,
            \mathbb{E}_{x\sim p}\lVert\nabla_x u(x)\rVert^2""",
        expression="gamma / 2 * mean(norm**2)",
        check=check_r1,
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
