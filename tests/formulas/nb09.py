"""The displayed formulas of notebook 09, each against an independent computation."""

import jax
import numpy as np
from numpy.testing import assert_allclose as close
from scipy import special
from sklearn.metrics import log_loss

from formulas.each import checks_of
from formulas.formula import Formula
from gan_utils.networks import models


def check_parameters(f):
    """Against the library's count for one convolution, between two networks."""
    for m, c_in, c_out in ((4, 1, 8), (3, 2, 5), (5, 3, 7)):
        network = models.conv_discriminator((8, 8, c_in), (c_out,), kernel_size=m)
        variables = models.init(network, jax.random.key(0))
        conv = variables.params["conv0"]
        count = sum(leaf.size for leaf in jax.tree.leaves(conv))
        close(f(m=m, c_in=c_in, c_out=c_out), count)


def joints(rng):
    """Make two tables of probabilities of an image (rows) and a label (columns)."""
    return rng.dirichlet(np.ones(12), 2).reshape(2, 4, 3)


def check_split(f):
    """Against tables: the log-ratio of pairs, from marginals and conditionals."""
    left, right = f
    p, q = joints(np.random.default_rng(0))
    for x, y in np.ndindex(p.shape):
        pair = dict(p_xy=p[x, y], q_xy=q[x, y])
        margins = dict(p_x=p[x].sum(), q_x=q[x].sum())
        labels = dict(p_y=p[x, y] / p[x].sum(), q_y=q[x, y] / q[x].sum())
        expected = np.log(p[x, y]) - np.log(q[x, y])
        close(left(**pair), expected, rtol=1e-12)
        close(right(**margins, **labels), expected, rtol=1e-12)


def check_projection(f):
    """Against the library's discriminator, whose last bias starts at 0."""
    network = models.projection_discriminator(models.mlp_discriminator(2, (3,)), 4)
    variables = models.init(network, jax.random.key(0))
    x = np.random.default_rng(2).normal(size=(5, 2)).astype("float32")
    y = np.array([0, 3, 1, 2, 3])

    def inside(module, x, y):
        kernel = module.inner.last.kernel[:, 0]
        return module.inner.features(x), kernel, module.label.embedding[...]

    phi, v, e = inside(models.merge(network, variables), x, y)
    rows = zip(np.asarray(phi), np.asarray(e)[y], strict=True)
    found = [f(v=np.asarray(v), phi=row, e_y=label) for row, label in rows]
    close(found, models.apply(network, variables, x, y)[0], rtol=1e-4, atol=1e-5)


def check_augmented(f):
    """Against scikit-learn's cross-entropy of the labels that each player wants."""
    rng = np.random.default_rng(3)
    x, fakes, weights = rng.normal(size=(3, 6))
    real, fake = (weights * (0.5 * a + 0.2) for a in (x, fakes))
    symbols = dict(
        x=x,
        fakes=fakes,
        T=lambda a: 0.5 * a + 0.2,
        D=lambda a: weights * a,
        softplus=lambda a: np.logaddexp(0, a),
    )
    of_d, of_g = f
    ones, zeros = np.ones(6), np.zeros(6)
    on_data = log_loss(ones, special.expit(real), labels=[0, 1])
    on_fakes = log_loss(zeros, special.expit(fake), labels=[0, 1])
    close(of_d(**symbols), on_data + on_fakes, rtol=1e-9)
    wanted = log_loss(ones, special.expit(fake), labels=[0, 1])
    close(of_g(**symbols), wanted, rtol=1e-9)


def _formula(name, latex, expression, check, **others):
    return Formula(name, "09", latex, expression, check, **others)


FORMULAS = [
    _formula(
        "parameters of a convolution",
        r"P = m^2\,C_\text{in}\,C_\text{out} + C_\text{out}",
        "m**2 * c_in * c_out + c_out",
        check_parameters,
        swaps=(("c_in", "c_out"),),
    ),
    _formula(
        "is it real, and does it fit its label",
        r"\log\frac{p(x,y)}{q(x,y)} = \log\frac{p(x)}{q(x)} + "
        r"\log\frac{p(y\mid x)}{q(y\mid x)}",
        ("log(p_xy / q_xy)", "log(p_x / q_x) + log(p_y / q_y)"),
        check_split,
        swaps=(("p_xy", "q_xy"), ("p_x", "q_x")),
    ),
    _formula(
        "projection",
        r"D(x,y) = v\cdot\varphi(x) + e_y\cdot\varphi(x)",
        "dot(v, phi) + dot(e_y, phi)",
        check_projection,
        swaps=(("v", "phi"),),
    ),
    _formula(
        "augmented losses",
        r"L_D = \operatorname{mean}\bigl[\operatorname{softplus}(-D(T(x))) + "
        r"\operatorname{softplus}(D(T(G(z))))\bigr], \qquad "
        r"L_G = \operatorname{mean}\,\operatorname{softplus}(-D(T(G(z))))",
        (
            "mean(softplus(-D(T(x))) + softplus(D(T(fakes))))",
            "mean(softplus(-D(T(fakes))))",
        ),
        check_augmented,
        swaps=(("x", "fakes"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
