"""The displayed formulas of notebook 01b, against scipy and closed forms."""

import numpy as np
from scipy import special, stats

from .each import checks_of
from .formula import Formula

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.3, 0.6])
KL = stats.entropy(P, Q)


def _same(found, expected, tolerance=1e-9):
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)


def check_change_of_variables(f):
    z = np.array([-1.0, 0.3, 1.2])
    _same(f(p_z=stats.norm.pdf(z), det=np.exp(z)), stats.lognorm(1.0).pdf(np.exp(z)))
    turn = np.array([[1.0, 2.0], [-0.5, -3.0]])  # x = turn z, with negative determinant
    x = stats.multivariate_normal(cov=turn @ turn.T)
    at = np.array([0.4, -0.7])
    p_z = stats.norm.pdf(at).prod()
    _same(f(p_z=p_z, det=np.linalg.det(turn)), x.pdf(turn @ at))


def check_likelihood(f):
    """Two Gaussians, where all three terms have closed forms."""
    mean, width = 0.8, 1.7
    likelihood = -np.log(2 * np.pi * width**2) / 2 - (1 + mean**2) / (2 * width**2)
    kl = np.log(width) + (1 + mean**2) / (2 * width**2) - 0.5
    _same(f(H=stats.norm.entropy(), KL=kl), likelihood)


def check_f_divergence(f):
    _same(f(f=lambda u: u * np.log(u), p=P, q=Q), KL)
    _same(f(f=lambda u: (u - 1) ** 2, p=P, q=Q), ((P - Q) ** 2 / Q).sum())


def check_conjugate(f):
    u = np.linspace(1e-6, 30, 300_001)
    for t in (-0.5, 0.4, 1.3):
        _same(f(sup=np.max, u=u, t=t, f=special.xlogy(u, u)), np.exp(t - 1), 1e-6)


def check_bound(f):
    """Tight at the best critic of KL; below it for others."""

    def bound(critic):
        return f(p=P, q=Q, T=critic, f_star=lambda t: np.exp(t - 1))

    best = 1 + np.log(P / Q)
    _same(bound(best), KL)
    for wiggle in np.random.default_rng(0).normal(size=(50, 3)):
        assert bound(best + wiggle) <= KL


FORMULAS = [
    Formula(
        name="change of variables",
        notebook="01b",
        latex=r"q(g(z)) = \frac{p_z(z)}{|\det J_g(z)|}",
        expression="p_z / abs(det)",
        check=check_change_of_variables,
        swaps=(("p_z", "det"),),
    ),
    Formula(
        name="likelihood, entropy and KL",
        notebook="01b",
        latex=r"\mathrm E_p[\log q(x)] = -H(p) - \mathrm{KL}(p\,\|\,q)",
        expression="-H - KL",
        check=check_likelihood,
    ),
    Formula(
        name="f-divergence",
        notebook="01b",
        latex=r"D_f(p\,\|\,q) = \sum_x q(x)\, f\left(\frac{p(x)}{q(x)}\right)",
        expression="sum(q * f(p / q))",
        check=check_f_divergence,
        swaps=(("p", "q"),),
    ),
    Formula(
        name="convex conjugate",
        notebook="01b",
        latex=r"f^*(t) = \sup_u \left(u\,t - f(u)\right)",
        expression="sup(u * t - f)",
        check=check_conjugate,
    ),
    Formula(
        name="variational bound",
        notebook="01b",
        latex=r"D_f(p\,\|\,q) \ge \mathrm E_p[T(x)] - \mathrm E_q[f^*(T(x))]",
        expression="sum(p * T) - sum(q * f_star(T))",
        check=check_bound,
        swaps=(("p", "q"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
