"""Displayed formulas of notebook 03b."""

import statistics

import numpy as np
from scipy import stats

from .each import checks_of
from .formula import Formula

RNG = np.random.default_rng(3)


def check_size_through_relu(f):
    n, s = 300, 0.07
    x = RNG.normal(size=(200, n)) * 1.7
    h = np.maximum(0, x @ (s * RNG.normal(size=(n, 2000))))
    found = f(m=n, s=s, size=(x**2).mean())
    np.testing.assert_allclose(found, (h**2).mean(), rtol=0.03)


def check_density(f):
    for A in (np.array([[2.0, 1.0], [0.5, 1.5]]), np.array([[0.3, 2.0], [1.0, 0.1]])):
        z = RNG.normal(size=2)
        p_z = np.exp(-(z @ z) / 2) / (2 * np.pi)
        expected = stats.multivariate_normal(cov=A @ A.T).pdf(A @ z)
        np.testing.assert_allclose(
            f(p_z=p_z, det_J=np.linalg.det(A)), expected, rtol=1e-9
        )


def check_adjoint(functions):
    C, a, b = RNG.normal(size=(3, 7)), RNG.normal(size=7), RNG.normal(size=3)
    by_loops = sum(b[i] * C[i, j] * a[j] for i in range(3) for j in range(7))
    for f in functions:
        np.testing.assert_allclose(f(C=C, u=a, v=b), by_loops, rtol=1e-10)


def check_output_size(f):
    for n, k, s, p in ((7, 3, 2, 0), (14, 4, 2, 1), (9, 5, 3, 2), (6, 2, 3, 1)):
        assert f(n=n, k=k, s=s, p=p) == len(range(-p, n + p - k + 1, s))


def check_transposed_size(f):
    for n, k, s, p, o in ((7, 4, 2, 1, 0), (7, 3, 2, 1, 1), (4, 5, 3, 2, 2)):
        written = {i * s + j for i in range(n) for j in range(k)}
        assert f(n=n, k=k, s=s, p=p, o=o) == len(written) - p - p + o


def check_batch_norm(f):
    a = [0.3, -1.2, 2.5, 0.9, 4.0]
    mean, spread = statistics.fmean(a), (statistics.pvariance(a) + 0.4) ** 0.5
    found = f(a=np.array(a), epsilon=0.4)
    np.testing.assert_allclose(found, [(x - mean) / spread for x in a], rtol=1e-12)


FORMULAS = [
    Formula(
        name="size of activations through a layer",
        notebook="03b",
        latex=r"\mathrm E[a_j^2] = \tfrac12\, m\, s^2\, \mathrm E[z_i^2]",
        expression="1 / 2 * m * s**2 * size",
        check=check_size_through_relu,
        swaps=(("s", "size"), ("m", "s")),
    ),
    Formula(
        name="density of a generator's samples",
        notebook="03b",
        latex=r"q(G(z)) = \frac{p_z(z)}{|\det J_G(z)|}",
        expression="p_z / abs(det_J)",
        check=check_density,
        swaps=(("p_z", "det_J"),),
    ),
    Formula(
        name="adjoint",
        notebook="03b",
        latex=r"\langle C u,\, v\rangle = \langle u,\, C^\top v\rangle",
        expression=("(C @ u) @ v", "u @ (C.T @ v)"),
        check=check_adjoint,
        swaps=(("u", "v"),),
    ),
    Formula(
        name="size after a convolution",
        notebook="03b",
        latex=r"n' = \Big\lfloor \frac{n + 2\,\text{padding} - \text{kernel}}"
        r"{\text{stride}} \Big\rfloor + 1",
        expression="floor((n + 2 * p - k) / s) + 1",
        check=check_output_size,
        swaps=(("n", "k"), ("p", "s")),
    ),
    Formula(
        name="size after a transposed convolution",
        notebook="03b",
        latex=r"n' = (n - 1)\cdot\text{stride} + \text{kernel}"
        r" - 2\,\text{padding} + \text{extra}",
        expression="(n - 1) * s + k - 2 * p + o",
        check=check_transposed_size,
        swaps=(("n", "s"), ("p", "o"), ("k", "s")),
    ),
    Formula(
        name="batch normalisation",
        notebook="03b",
        latex=r"\hat a = \frac{a - \mathrm{mean}(a)}"
        r"{\sqrt{\mathrm{var}(a) + \epsilon}}",
        expression="(a - mean(a)) / sqrt(var(a) + epsilon)",
        check=check_batch_norm,
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
