"""The displayed formulas of notebook 05, each against an independent computation."""

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import special

from formulas.each import checks_of
from formulas.formula import Formula


def check_losses(f):
    """Against probabilities: minus the log of what D gives to the truth."""
    d_loss, g_loss = f
    rng = np.random.default_rng(0)
    for n in (1, 5):
        x, z, slope = rng.normal(size=n), rng.normal(size=n), rng.normal()

        def u(x, slope=slope):
            return slope * x + 0.3

        def G(z):
            return 2 * z - 1

        real, fake = special.expit(u(x)), special.expit(u(G(z)))
        players = dict(B=n, u=u, G=G, x=x, z=z, softplus=lambda u: np.logaddexp(0, u))
        expected = np.average(-np.log(real)) + np.average(-np.log(1 - fake))
        close(d_loss(**players), expected, rtol=1e-10)
        close(g_loss(**players), np.average(-np.log(fake)), rtol=1e-10)


def check_adam(f):
    """Against the definition of both means as weighted sums over all gradients."""
    mean, square, move = f
    rng = np.random.default_rng(1)
    for scale, beta1, beta2 in ((1.0, 0.5, 0.9), (3e-8, 0.9, 0.99), (2.0, 0.0, 0.5)):
        gradients = scale * rng.normal(size=6)
        m = v = 0.0
        for k, slope in enumerate(gradients, start=1):
            m = mean(beta1=beta1, m=m, slope=slope)
            v = square(beta2=beta2, v=v, slope=slope)
            ages = np.arange(k)[::-1]
            weights = [b ** ages.astype(float) for b in (beta1, beta2)]
            first = np.average(gradients[:k], weights=weights[0])
            second = np.average(gradients[:k] ** 2, weights=weights[1])
            got = move(theta=0.0, m=m, v=v, k=k, h=0.01, beta1=beta1, beta2=beta2)
            close(got, -0.01 * first / (np.sqrt(second) + 1e-8), rtol=1e-9)
            got = move(theta=3.0, m=m, v=v, k=k, h=0.01, beta1=beta1, beta2=beta2)
            close(3.0 - got, 0.01 * first / (np.sqrt(second) + 1e-8), rtol=1e-6)
            close(m, (1 - beta1) * (weights[0] * gradients[:k]).sum(), rtol=1e-9)
            close(v, (1 - beta2) * (weights[1] * gradients[:k] ** 2).sum(), rtol=1e-9)


def check_average(f):
    """Against the same average written as one weighted sum over all steps."""
    params = np.random.default_rng(2).normal(size=30)
    for decay in (0.5, 0.95):
        average = params[0]
        for theta in params[1:]:
            average = f(alpha=decay, average=average, theta=theta)
        ages = np.arange(len(params))[::-1].astype(float)
        weights = (1 - decay) * decay**ages
        weights[0] = decay ** (len(params) - 1)
        close(weights.sum(), 1)
        close(average, (weights * params).sum(), rtol=1e-12)


FORMULAS = [
    Formula(
        name="losses of both players",
        notebook="05",
        latex=r"L_D = \frac{1}{B}\sum_{i=1}^{B}"
        r"\left[\operatorname{softplus}(-u(x_i)) + "
        r"\operatorname{softplus}(u(G(z_i)))\right], \qquad "
        r"L_G = \frac{1}{B}\sum_{i=1}^{B}\operatorname{softplus}(-u(G(z_i)))",
        expression=(
            "sum(softplus(-u(x)) + softplus(u(G(z)))) / B",
            "sum(softplus(-u(G(z)))) / B",
        ),
        check=check_losses,
    ),
    Formula(
        name="Adam",
        notebook="05",
        latex=r"\begin{aligned} "
        r"m_k &= \beta_1 m_{k-1} + (1-\beta_1)\,\nabla L, \\ "
        r"v_k &= \beta_2 v_{k-1} + (1-\beta_2)\,(\nabla L)^2, \\ "
        r"\theta_k &= \theta_{k-1} - h\,\frac{m_k/(1-\beta_1^k)}"
        r"{\sqrt{v_k/(1-\beta_2^k)}+10^{-8}}. \end{aligned}",
        expression=(
            "beta1 * m + (1 - beta1) * slope",
            "beta2 * v + (1 - beta2) * slope**2",
            "theta - h * (m / (1 - beta1**k)) / (sqrt(v / (1 - beta2**k)) + 1e-8)",
        ),
        check=check_adam,
        swaps=(("beta1", "beta2"),),
    ),
    Formula(
        name="exponential moving average",
        notebook="05",
        latex=r"\bar\theta \leftarrow \alpha\,\bar\theta + (1-\alpha)\,\theta",
        expression="alpha * average + (1 - alpha) * theta",
        check=check_average,
        swaps=(("average", "theta"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
