"""The displayed formulas of side room 08b, each against an independent computation."""

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import integrate, optimize, special, stats

from formulas.each import checks_of
from formulas.formula import Formula
from gan_utils import games
from gan_utils.numerics import float64

SLOPE, CURVATURE = 0.5, -0.25  # f'(0) and f''(0)
SIGNS = np.array([-1, 1])


def check_value(f):
    """Against log-probabilities: she says "fake" with probability expit(psi x)."""
    value, score = f
    for theta, psi in ((0.7, -1.2), (1.5, 0.4)):
        fake, real = special.expit(psi * theta), special.expit(psi * 0.0)
        expected = np.log(fake) + np.log1p(-real)
        found = value(theta=theta, psi=psi, f=lambda a: score(a=a))
        close(found, expected, rtol=1e-12)


def check_field(f):
    """Against central differences of the value, in both players' favour."""
    of_theta, of_psi = f

    def value(theta, psi):
        return special.log_expit(psi * theta) + special.log_expit(0.0)

    e = 1e-6
    for theta, psi in ((0.7, -1.2), (1.5, 0.4)):
        point = dict(theta=theta, psi=psi, df=lambda t: special.expit(-t))
        down = (value(theta - e, psi) - value(theta + e, psi)) / (2 * e)
        up = (value(theta, psi + e) - value(theta, psi - e)) / (2 * e)
        close([of_theta(**point), of_psi(**point)], [down, up], rtol=1e-6)


def eigenvalues(method, **constants):
    with float64():
        return games.eigenvalues(games.dirac(method, **constants))


def check_r1(f):
    """Against the library's Jacobian, below and above critical damping."""
    for gamma in (0.3, 0.9, 2.5):
        found = f(gamma=gamma, slope=SLOPE, sign=SIGNS, sqrt=np.emath.sqrt)
        close(found, eigenvalues("r1", gamma=gamma), atol=1e-9)


def check_consensus(f):
    """Against the library's Jacobian."""
    for gamma in (0.3, 1.7):
        found = f(gamma=gamma, slope=SLOPE, sign=SIGNS)
        close(found, eigenvalues("consensus_exact", gamma=gamma), atol=1e-9)


def check_instance_noise(f):
    """Against the library's Jacobian of the Gauss-Hermite field."""
    for s in (0.7, 1.2, 1.9):
        known = dict(slope=SLOPE, curvature=CURVATURE, sign=SIGNS)
        found = f(s=s, sqrt=np.emath.sqrt, **known)
        close(found, eigenvalues("instance_noise", std=s), atol=1e-9)


def check_unrolled(f):
    """Against the library's Jacobian, which differentiates through the inner loop."""
    for k, eta in ((1, 0.3), (5, 0.2), (12, 0.4)):
        found = f(k=k, eta=eta, slope=SLOPE, sign=SIGNS, sqrt=np.emath.sqrt)
        close(found, eigenvalues("unrolled", steps=k, rate=eta), atol=1e-9)


def check_energy(f):
    """Against the non-saturating field of the library."""
    game = games.dirac("nsgan")
    for theta, psi in ((0.7, -1.2), (1.5, 0.4), (2.0, 1.0)):
        with float64():
            field = np.asarray(game.field(np.array([theta, psi])))
        close(f(u=theta * psi), theta * field[0] + psi * field[1], rtol=1e-9)


def check_slow_decay(f):
    """Against an integration of the non-saturating field by SciPy."""

    def field(_, point):
        u = point[0] * point[1]
        return [-point[1] * special.expit(u), point[0] * special.expit(-u)]

    for start in (0.2, 0.3):
        path = integrate.solve_ivp(field, (0, 400), [start, 0.0], rtol=1e-9, atol=1e-12)
        close(f(r0=start, t=400), np.linalg.norm(path.y[:, -1]), rtol=5e-3)


def check_size(f):
    """Against complex arithmetic."""
    for value in (0.3 - 0.8j, -0.5 + 0.2j):
        for h in (0.2, 1.7):
            found = f(h=h, real=value.real, size=abs(value))
            close(found, abs(1 + h * value) ** 2, rtol=1e-12)


def check_alternating(f):
    """Against the Jacobian of the library's alternating update."""
    determinant, trace = f
    for gamma, h in ((0.3, 0.2), (1.0, 1.7)):
        with float64():
            game = games.dirac("r1", gamma=gamma)
            values = games.update_eigenvalues(game, games.alternating(), h)
        close(determinant(h=h, gamma=gamma), values.prod().real, rtol=1e-9)
        close(trace(h=h, gamma=gamma, slope=SLOPE), values.sum().real, rtol=1e-9)


def check_largest_step(f):
    """Against a search for the step at which the largest eigenvalue reaches 1."""
    rng = np.random.default_rng(0)
    for _ in range(3):
        values = -rng.uniform(0.1, 1.5, 3) + 1j * rng.uniform(0.2, 2.0, 3)

        def excess(h, values=values):
            return np.abs(1 + h * values).max() - 1

        expected = optimize.brentq(excess, 1e-3, 100)
        close(f(real=values.real, size=np.abs(values)), expected, rtol=1e-8)


def check_dual_sobolev(f):
    """The best critic, found by least squares; and boxes, whose integral is known."""
    earned, norm = f
    x = np.linspace(-7, 9, 321)
    dx = x[1] - x[0]
    p, q = stats.norm.pdf(x), stats.norm.pdf(x, 1.0, 1.2)
    P, Q = stats.norm.cdf(x), stats.norm.cdf(x, 1.0, 1.2)
    for gamma in (0.4, 3.0):
        right = norm(gamma=gamma, P=P, Q=Q, p=p, q=q, dx=dx)
        slopes = np.diff(np.eye(len(x)), axis=0) / dx
        middle = [0.5 * (a[1:] + a[:-1]) * dx for a in (p, q)]
        cost = gamma * slopes.T @ (sum(middle)[:, None] * slopes)
        D = np.linalg.lstsq(cost, (p - q) * dx, rcond=1e-14)[0]
        players = dict(p=p * dx, q=q * dx, D=D, gamma=gamma)
        left = earned(slope=np.gradient(D, dx), **players)
        close(left, right, rtol=5e-3)
        line = earned(slope=np.full_like(x, 0.7), **(players | {"D": 0.7 * x}))
        close(line, -0.7 - gamma * 0.7**2, rtol=1e-4)  # means 0 and 1, slope 0.7
    x = np.linspace(-0.5, 2, 5001)
    p, q = (np.where((x >= low) & (x < low + 1), 1.0, 0.0) for low in (0, 0.4))
    P, Q = (np.clip(x - low, 0, 1) for low in (0, 0.4))
    inside = (x > 0) & (x < 1.4)
    boxes = {name: a[inside] for name, a in dict(p=p, q=q, P=P, Q=Q).items()}
    found = norm(gamma=1.0, dx=x[1] - x[0], **boxes)
    close(found, (0.4**2 + 0.4**3 / 3) / 4, rtol=5e-3)


def check_shift(f):
    """Against Newton's method on the penalised game of two Gaussians, on a grid."""
    x = np.linspace(-6, 6, 201)
    dx = x[1] - x[0]
    p, q = (stats.norm.pdf(x, m) * dx for m in (0.0, 0.15))
    steps = np.diff(np.eye(len(x)), axis=0)
    weight = 0.25 * (p + q)[1:] + 0.25 * (p + q)[:-1]
    for gamma in (0.05, 0.5):
        cost = 2 * gamma * steps.T @ ((weight / dx**2)[:, None] * steps)
        t = np.zeros_like(x)
        for _ in range(12):
            d = special.expit(t)
            slope = p * (1 - d) - q * d - cost @ t
            t = t + np.linalg.solve(np.diag((p + q) * d * (1 - d)) + cost, slope)
        value = p @ special.log_expit(t) + q @ special.log_expit(-t) - t @ cost @ t / 2
        close(f(theta=0.15, gamma=gamma), value + np.log(4), rtol=0.01)


def _formula(name, latex, expression, check, **options):
    return Formula(name, "08b", latex, expression, check, **options)


FORMULAS = [
    _formula(
        "value of the Dirac-GAN",
        r"V(\theta,\psi) = f(\psi\theta) + f(0), \qquad "
        r"f(a) = -\log\left(1+e^{-a}\right)",
        ("f(psi * theta) + f(0)", "-log(1 + exp(-a))"),
        check_value,
    ),
    _formula(
        "field of the Dirac-GAN",
        r"\theta' = -\psi\,f'(\psi\theta), \qquad \psi' = \theta\,f'(\psi\theta)",
        ("-psi * df(psi * theta)", "theta * df(psi * theta)"),
        check_field,
        swaps=(("psi", "theta"),),
    ),
    _formula(
        "eigenvalues with R1",
        r"\lambda_\pm = -\frac{\gamma}{2} \pm \sqrt{\frac{\gamma^2}{4} - f'(0)^2}",
        "-gamma / 2 + sign * sqrt(gamma**2 / 4 - slope**2)",
        check_r1,
        swaps=(("gamma", "slope"),),
    ),
    _formula(
        "eigenvalues with consensus",
        r"\lambda_\pm = -\gamma\,f'(0)^2 \pm i\,f'(0)",
        "-gamma * slope**2 + sign * 1j * slope",
        check_consensus,
        swaps=(("gamma", "slope"),),
    ),
    _formula(
        "eigenvalues with instance noise",
        r"\lambda_\pm = f''(0)\,s^2 \pm \sqrt{f''(0)^2\,s^4 - f'(0)^2}",
        "curvature * s**2 + sign * sqrt(curvature**2 * s**4 - slope**2)",
        check_instance_noise,
        swaps=(("curvature", "slope"),),
    ),
    _formula(
        "eigenvalues with unrolling",
        r"\lambda_\pm = -k\eta\,f'(0)^2 \pm "
        r"\sqrt{k^2\eta^2 f'(0)^4 - f'(0)^2}",
        "-k * eta * slope**2 + sign * sqrt(k**2 * eta**2 * slope**4 - slope**2)",
        check_unrolled,
        swaps=(("eta", "slope"),),
    ),
    _formula(
        "energy of the non-saturating game",
        r"\frac12\,\frac{d}{dt}\left(\theta^2+\psi^2\right) = "
        r"-u\tanh\frac{u}{2}, \qquad u = \theta\psi",
        "-u * tanh(u / 2)",
        check_energy,
    ),
    _formula(
        "slow decay of the non-saturating game",
        r"r(t) \approx \left(r_0^{-2} + \frac{t}{8}\right)^{-1/2}",
        "(r0**-2 + t / 8) ** -0.5",
        check_slow_decay,
        swaps=(("r0", "t"),),
    ),
    _formula(
        "growth of a simultaneous update",
        r"\left|1+h\lambda\right|^2 = 1 + 2h\,\mathrm{Re}\,\lambda + h^2|\lambda|^2",
        "1 + 2 * h * real + h**2 * size**2",
        check_size,
        swaps=(("real", "size"),),
    ),
    _formula(
        "alternating update with R1",
        r"\det A = 1 - h\gamma, \qquad "
        r"\mathrm{tr}\,A = 2 - h\gamma - h^2 f'(0)^2",
        ("1 - h * gamma", "2 - h * gamma - h**2 * slope**2"),
        check_alternating,
    ),
    _formula(
        "largest step",
        r"h_{\max} = \min_\lambda \frac{-2\,\mathrm{Re}\,\lambda}{|\lambda|^2}",
        "min(-2 * real / size**2)",
        check_largest_step,
        swaps=(("real", "size"),),
    ),
    _formula(
        "what a penalised critic measures",
        r"\max_D\; \mathbb{E}_p[D] - \mathbb{E}_q[D] - "
        r"\frac{\gamma}{2}\left(\mathbb{E}_p[D'^2] + \mathbb{E}_q[D'^2]\right) = "
        r"\frac{1}{4\gamma}\int \frac{(P-Q)^2}{(p+q)/2}\,dx",
        (
            "sum(p * D) - sum(q * D)"
            " - gamma / 2 * (sum(p * slope**2) + sum(q * slope**2))",
            "1 / (4 * gamma) * sum((P - Q) ** 2 / ((p + q) / 2)) * dx",
        ),
        check_dual_sobolev,
        swaps=(("p", "q"),),
        equivalent=("2: swap p q",),
    ),
    _formula(
        "the penalised game for a small shift",
        r"\max_D V_\gamma + \log 4 \approx \frac{\theta^2}{4+16\,\gamma}",
        "theta**2 / (4 + 16 * gamma)",
        check_shift,
        swaps=(("theta", "gamma"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
