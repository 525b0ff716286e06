"""Displayed formulas of notebook 03."""

import statistics

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


def check_size_through_relu(f):
    n, sigma = 300, 0.07
    x = RNG.normal(size=(200, n)) * 1.7
    h = np.maximum(0, x @ (sigma * RNG.normal(size=(n, 2000))))
    found = f(n=n, sigma=sigma, m2=(x**2).mean())
    np.testing.assert_allclose(found, (h**2).mean(), rtol=0.03)


def check_density(f):
    for A in (np.array([[2.0, 1.0], [0.5, 1.5]]), np.array([[0.3, 2.0], [1.0, 0.1]])):
        z = RNG.normal(size=2)
        p_z = np.exp(-(z @ z) / 2) / (2 * np.pi)
        expected = stats.multivariate_normal(cov=A @ A.T).pdf(A @ z)
        np.testing.assert_allclose(
            f(p_z=p_z, det_J=np.linalg.det(A)), expected, rtol=1e-9
        )


def check_bridge(f):
    for w, L in ((1.0, 1.0), (0.7, 3.0), (2.0, 0.8)):
        reach = w / 2 / L  # the ramp clip(L z, -1, 1) is in the gap for |z| < reach
        share, _ = integrate.quad(stats.norm.pdf, -reach, reach)
        np.testing.assert_allclose(f(Phi=stats.norm.cdf, w=w, L=L), share, rtol=1e-7)


def check_adjoint(functions):
    C, a, b = RNG.normal(size=(3, 7)), RNG.normal(size=7), RNG.normal(size=3)
    by_loops = sum(b[i] * C[i, j] * a[j] for i in range(3) for j in range(7))
    for f in functions:
        np.testing.assert_allclose(f(C=C, a=a, b=b), by_loops, rtol=1e-10)


def check_output_size(f):
    for n, k, s, p in ((7, 3, 2, 0), (14, 4, 2, 1), (9, 5, 3, 2), (6, 2, 3, 1)):
        assert f(n=n, k=k, s=s, p=p) == len(range(-p, n + p - k + 1, s))


def check_transposed_size(f):
    for n, k, s, p, o in ((7, 4, 2, 1, 0), (7, 3, 2, 1, 1), (4, 5, 3, 2, 2)):
        written = {i * s + j for i in range(n) for j in range(k)}
        assert f(n=n, k=k, s=s, p=p, o=o) == len(written) - p - p + o


def check_batch_norm(f):
    h = [0.3, -1.2, 2.5, 0.9, 4.0]
    mean, spread = statistics.fmean(h), (statistics.pvariance(h) + 0.4) ** 0.5
    found = f(h=np.array(h), epsilon=0.4)
    np.testing.assert_allclose(found, [(x - mean) / spread for x in h], rtol=1e-12)


def check_mmd(f):
    """A kernel that is an inner product of features compares the mean features."""
    p, q = RNG.dirichlet(np.ones(6)), RNG.dirichlet(np.ones(6))
    features = RNG.normal(size=(6, 4))
    k = features @ features.T
    expected = np.linalg.norm(p @ features - q @ features) ** 2
    found = f(k_xx=p @ k @ p, k_yy=q @ k @ q, k_xy=p @ k @ q)
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
        latex=r"h_j = \max\Big(0,\; \sum_i z_i W_{ij} + b_j\Big)",
        expression="maximum(0, z @ W + b)",
        check=check_dense_layer,
    ),
    Formula(
        name="size of activations through a layer",
        notebook="03",
        latex=r"\mathrm E[h_j^2] = \tfrac12\, n\, \sigma^2\, \mathrm E[x_i^2]",
        expression="1 / 2 * n * sigma**2 * m2",
        check=check_size_through_relu,
        swaps=(("sigma", "m2"), ("n", "sigma")),
    ),
    Formula(
        name="density of a generator's samples",
        notebook="03",
        latex=r"q(G(z)) = \frac{p_z(z)}{|\det J_G(z)|}",
        expression="p_z / abs(det_J)",
        check=check_density,
        swaps=(("p_z", "det_J"),),
    ),
    Formula(
        name="smallest bridge between two modes",
        notebook="03",
        latex=r"P(\text{bridge}) \ge 2\,\Phi\Big(\frac{w}{2L}\Big) - 1",
        expression="2 * Phi(w / (2 * L)) - 1",
        check=check_bridge,
        swaps=(("w", "L"),),
    ),
    Formula(
        name="adjoint",
        notebook="03",
        latex=r"\langle C a,\, b\rangle = \langle a,\, C^\top b\rangle",
        expression=("(C @ a) @ b", "a @ (C.T @ b)"),
        check=check_adjoint,
        swaps=(("a", "b"),),
    ),
    Formula(
        name="size after a convolution",
        notebook="03",
        latex=r"n' = \Big\lfloor \frac{n + 2p - k}{s} \Big\rfloor + 1",
        expression="floor((n + 2 * p - k) / s) + 1",
        check=check_output_size,
        swaps=(("n", "k"), ("p", "s")),
    ),
    Formula(
        name="size after a transposed convolution",
        notebook="03",
        latex=r"n' = (n - 1)\,s + k - 2p + o",
        expression="(n - 1) * s + k - 2 * p + o",
        check=check_transposed_size,
        swaps=(("n", "s"), ("p", "o"), ("k", "s")),
    ),
    Formula(
        name="batch normalisation",
        notebook="03",
        latex=r"\hat h = \frac{h - \mathrm{mean}(h)}"
        r"{\sqrt{\mathrm{var}(h) + \epsilon}}",
        expression="(h - mean(h)) / sqrt(var(h) + epsilon)",
        check=check_batch_norm,
    ),
    Formula(
        name="maximum mean discrepancy",
        notebook="03",
        latex=r"\mathrm{MMD}^2 = \mathrm E[k(x, x')] + \mathrm E[k(y, y')]"
        r" - 2\,\mathrm E[k(x, y)]",
        expression="k_xx + k_yy - 2 * k_xy",
        check=check_mmd,
        swaps=(("k_xx", "k_xy"), ("k_yy", "k_xy")),
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
