"""Displayed formulas of the side room 04b."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np
from scipy import optimize, special, stats

from formulas.each import checks_of
from formulas.formula import Formula


def close(a, b, tolerance=1e-8):
    assert np.allclose(a, b, rtol=tolerance, atol=tolerance), (a, b)


def check_ratio(f):
    """Bayes' rule with unequal shares: the logit of the posterior probability."""
    for p, q, n_p, n_q in ((0.3, 0.2, 300, 100), (0.1, 0.7, 50, 400)):
        posterior = n_p * p / (n_p * p + n_q * q)
        close(f(u=special.logit(posterior), n_p=n_p, n_q=n_q), p / q)


def check_gradient_penalty(f):
    """Points on the segment, and the penalty of critics whose slope is known."""
    point, penalty = f
    fake, real = np.array([1.0, -2.0]), np.array([3.0, 5.0])
    close(point(alpha=0.0, x=real, x_fake=fake), fake)
    close(point(alpha=1.0, x=real, x_fake=fake), real)
    middle = point(alpha=0.25, x=real, x_fake=fake)
    close(np.linalg.norm(middle - fake), np.linalg.norm(real - fake) / 4)
    for slope, deviation in ((1.0, 0.0), (3.0, 2.0), (0.25, 0.75)):
        close(penalty(lam=10.0, norm=slope), 10 * deviation**2)


def check_settling_slope(f):
    """The slope that earns most, found by search."""
    for r, lam in ((4.0, 10.0), (1.0, 0.5), (8.0, 3.0)):
        best = optimize.minimize_scalar(
            lambda g, r=r, lam=lam: lam * (g - 1) ** 2 - g * r
        )
        close(f(r=r, lam=lam), best.x, 1e-6)


def check_spectral_norm(f):
    """The largest singular value, against many directions."""
    rng = np.random.default_rng(3)
    for shape in ((2, 2), (3, 2)):
        w = rng.normal(size=shape)
        angle = np.linspace(0, 2 * np.pi, 20_001)
        v = 3.0 * np.stack([np.cos(angle), np.sin(angle)])
        norms = {"norm_Wv": np.linalg.norm(w @ v, axis=0)}
        norms["norm_v"] = np.linalg.norm(v, axis=0)
        close(f(**norms), np.linalg.svd(w)[1][0], 1e-6)


def check_r1_r2(f):
    """Half of gamma times the mean squared slope: u = |x|^2 / 2 on Gaussians."""
    at_data, at_fakes = f
    gamma, (wide, narrow) = 0.7, (1.3, 0.4)
    x = np.random.default_rng(4).normal(size=(400_000, 2))
    slope = np.asarray(jax.vmap(jax.grad(lambda y: (y**2).sum() / 2))(jnp.asarray(x)))
    norms = np.linalg.norm(slope, axis=1)
    # E |x|^2 = 2 width^2 in the plane, from the chi-squared distribution.
    mean_square = stats.chi2(2).mean()
    expected = gamma * wide**2 * mean_square / 2
    close(at_data(gamma=gamma, norm_at_data=wide * norms), expected, 0.01)
    expected = gamma * narrow**2 * mean_square / 2
    close(at_fakes(gamma=gamma, norm_at_fakes=narrow * norms), expected, 0.01)


def check_packed_total_variation(f):
    """Enumerate every pack of m outcomes, when the last outcomes are never made."""
    for kept, outcomes, m in ((8, 10, 1), (3, 4, 3), (2, 5, 4)):
        p = np.full(outcomes, 1 / outcomes)
        q = np.where(np.arange(outcomes) < kept, 1 / kept, 0)
        packs = list(itertools.product(range(outcomes), repeat=m))
        gap = [abs(p[list(pack)].prod() - q[list(pack)].prod()) for pack in packs]
        close(f(epsilon=1 - kept / outcomes, m=m), sum(gap) / 2)


FORMULAS = [
    Formula(
        name="ratio from unequal shares",
        notebook="04b",
        latex=r"\frac{p(x)}{q(x)} = e^{u(x)}\,\frac{n_q}{n_p}",
        expression="exp(u) * n_q / n_p",
        check=check_ratio,
        swaps=(("n_p", "n_q"),),
    ),
    Formula(
        name="gradient penalty",
        notebook="04b",
        latex=r"""\hat x = \alpha x + (1-\alpha)\,\tilde x, \qquad
            P = \lambda\left(\lVert\nabla_x u(\hat x)\rVert - 1\right)^2""",
        expression=("alpha * x + (1 - alpha) * x_fake", "lam * (norm - 1) ** 2"),
        check=check_gradient_penalty,
        swaps=(("x", "x_fake"),),
    ),
    Formula(
        name="where the slope settles",
        notebook="04b",
        latex=r"g^* = 1 + \frac{r}{2\lambda}",
        expression="1 + r / (2 * lam)",
        check=check_settling_slope,
        swaps=(("r", "lam"),),
    ),
    Formula(
        name="spectral norm",
        notebook="04b",
        latex=r"\lVert W\rVert_2 = \max_{v\neq0}\frac{\lVert Wv\rVert}{\lVert v\rVert}",
        expression="max(norm_Wv / norm_v)",
        check=check_spectral_norm,
        swaps=(("norm_Wv", "norm_v"),),
    ),
    Formula(
        name="R1 and R2",
        notebook="04b",
        latex=r"""R_1 = \frac{\gamma}{2}\,
            \mathbb{E}_{x\sim p}\lVert\nabla_x u(x)\rVert^2,
            \qquad R_2 = \frac{\gamma}{2}\,\mathbb{E}_{\tilde x\sim q}
            \lVert\nabla_x u(\tilde x)\rVert^2""",
        expression=(
            "gamma / 2 * mean(norm_at_data ** 2)",
            "gamma / 2 * mean(norm_at_fakes ** 2)",
        ),
        check=check_r1_r2,
    ),
    Formula(
        name="total variation of packs",
        notebook="04b",
        latex=r"\mathrm{TV}(p^m, q^m) = 1 - (1-\varepsilon)^m",
        expression="1 - (1 - epsilon) ** m",
        check=check_packed_total_variation,
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
