"""The displayed formulas of side room 09b, each against an independent computation."""

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import special

from formulas.each import checks_of
from formulas.formula import Formula


def check_labels(f):
    """Against SciPy's softmaxes."""
    rng = np.random.default_rng(1)
    w, u, phi = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), rng.normal(size=3)
    expected = special.log_softmax(w @ phi) - special.log_softmax(u @ phi)
    found = [f(w=w, u=u, w_y=w[y], u_y=u[y], phi=phi) for y in range(4)]
    close(found, expected, rtol=1e-9)


def check_ink(f):
    """Against the mean pixel of a generator that is affine."""
    rng = np.random.default_rng(4)
    matrix, start = rng.normal(size=(7, 3)), rng.normal(size=7)
    for z in rng.normal(size=(4, 3)):
        pixels = matrix @ z + start
        found = f(a=start.mean(), b=matrix.mean(axis=0), z=z)
        close(found, pixels.mean(), rtol=1e-9)


def _formula(name, latex, expression, check, **others):
    return Formula(name, "09b", latex, expression, check, **others)


FORMULAS = [
    _formula(
        "the ratio of two softmaxes",
        r"(w_y-u_y)\cdot\varphi(x) - \log\sum_k e^{w_k\cdot\varphi(x)} + "
        r"\log\sum_k e^{u_k\cdot\varphi(x)}",
        "dot(w_y - u_y, phi) - log(sum(exp(w @ phi))) + log(sum(exp(u @ phi)))",
        check_labels,
        swaps=(("w", "u"), ("w_y", "u_y")),
    ),
    _formula(
        "ink",
        r"\text{ink}(G(z)) \approx a + b\cdot z",
        "a + dot(b, z)",
        check_ink,
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
