"""Displayed formulas of notebook 03."""

import numpy as np
from scipy import integrate, stats

from .each import checks_of
from .formula import Formula

RNG = np.random.default_rng(3)


def check_dense_layer(f):
    z, W, b = RNG.normal(size=3), RNG.normal(size=(3, 6)), RNG.normal(size=6)
    expected = [
        max(0.0, sum(z[i] * W[i, j] for i in range(3)) + b[j]) for j in range(6)
    ]
    np.testing.assert_allclose(f(z=z, W=W, b=b), expected, rtol=1e-12)


def check_bridge(f):
    for w, L in ((1.0, 1.0), (0.7, 3.0), (2.0, 0.8)):
        reach = w / 2 / L  # the ramp clip(L z, -1, 1) is in the gap for |z| < reach
        share, _ = integrate.quad(stats.norm.pdf, -reach, reach)
        found = f(Phi=stats.norm.cdf, gap=w, steepness=L)
        np.testing.assert_allclose(found, share, rtol=1e-7)


def check_chain_rule(f):
    """Slopes of a network that bends, against a small push of one weight."""
    z, W, V = RNG.normal(size=3), RNG.normal(size=(3, 5)), RNG.normal(size=(5, 2))
    e, push = RNG.normal(size=2), 1e-6

    def sample(W):
        return np.tanh(z @ W) @ V

    for i, j in ((0, 1), (2, 4)):
        moved = W.copy()
        moved[i, j] += push
        slopes = z[i] * (1 - np.tanh(z @ W)[j] ** 2) * V[j]
        along = (sample(moved) - sample(W)) @ e / push
        np.testing.assert_allclose(f(slopes=slopes, e=e), along, rtol=1e-4)


def check_mmd(f):
    """A kernel that is an inner product of features compares the mean features."""
    p, q = RNG.dirichlet(np.ones(6)), RNG.dirichlet(np.ones(6))
    features = RNG.normal(size=(6, 4))
    k = features @ features.T
    expected = np.linalg.norm(p @ features - q @ features) ** 2
    found = f(xx=p @ k @ p, yy=q @ k @ q, xy=p @ k @ q)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def check_slerp(functions):
    """On a circle, slerp goes through the angles at an even pace."""
    walk, cosine = functions

    def on_circle(angle):
        return 1.7 * np.array([np.cos(angle), np.sin(angle)])

    start, end, t = 0.4, 1.9, 0.3
    z0, z1 = on_circle(start), on_circle(end)
    found = walk(z0=z0, z1=z1, t=t, omega=end - start)
    np.testing.assert_allclose(found, on_circle(start + t * (end - start)), rtol=1e-10)
    found = cosine(z0=z0, z1=3 * z1)
    np.testing.assert_allclose(found, np.cos(end - start), rtol=1e-10)


FORMULAS = [
    Formula(
        name="dense layer with ReLU",
        notebook="03",
        latex=r"a_j = \max\Big(0,\; \sum_i z_i W_{ij} + b_j\Big)",
        expression="maximum(0, z @ W + b)",
        check=check_dense_layer,
    ),
    Formula(
        name="smallest bridge between two modes",
        notebook="03",
        latex=r"P(\text{in the water}) \ge"
        r" 2\,\Phi\Big(\frac{\text{gap}}{2\cdot\text{steepness}}\Big) - 1",
        expression="2 * Phi(gap / (2 * steepness)) - 1",
        check=check_bridge,
        swaps=(("gap", "steepness"),),
    ),
    Formula(
        name="chain rule",
        notebook="03",
        latex=r"\text{what } \theta \text{ is asked} ="
        r" \sum_k \frac{\partial x_k}{\partial \theta}\, e_k",
        expression="slopes @ e",
        check=check_chain_rule,
    ),
    Formula(
        name="maximum mean discrepancy",
        notebook="03",
        latex=r"\mathrm{MMD}^2 = \mathrm E[\kappa(x, x')] + \mathrm E[\kappa(y, y')]"
        r" - 2\,\mathrm E[\kappa(x, y)]",
        expression="xx + yy - 2 * xy",
        check=check_mmd,
        swaps=(("xx", "xy"), ("yy", "xy")),
    ),
    Formula(
        name="slerp",
        notebook="03",
        latex=r"z(t) = \frac{\sin((1-t)\,\omega)}{\sin\omega}\, z_0"
        r" + \frac{\sin(t\,\omega)}{\sin\omega}\, z_1,"
        r" \qquad \cos\omega = \frac{z_0 \cdot z_1}{|z_0|\,|z_1|}",
        expression=(
            "sin((1 - t) * omega) / sin(omega) * z0 + sin(t * omega) / sin(omega) * z1",
            "z0 @ z1 / (linalg.norm(z0) * linalg.norm(z1))",
        ),
        check=check_slerp,
        swaps=(("z0", "z1"),),
        equivalent=("2: swap z0 z1",),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
