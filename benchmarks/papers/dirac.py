"""The Dirac-GAN: where 500 steps end, and the eigenvalues at the equilibrium."""

import numpy as np

from gan_utils import games
from gan_utils.numerics import float64

START, STEPS, STEP_SIZE, TAIL = (1.0, 1.0), 500, 0.2, 100
STEPPERS = {
    "simultaneous": games.simultaneous,
    "alternating 1:1": games.alternating(1),
    "alternating 1:5": games.alternating(5),
}
# Distance from the origin after 500 steps, and its range over the last 100, from an
# independent implementation of the notebook published with arXiv:1801.04406.
DISTANCES = [
    ("GAN", "gan", {}, ["3.10", "1.42 [1.34, 1.42]", "1.85 [1.03, 2.42]"]),
    ("NSGAN", "nsgan", {}, [".640", ".284 [.274, .314]", ".139 [.126, .309]"]),
    (
        "WGAN, clip 1",
        "wgan",
        {"clip": 1.0},
        ["1.00 [1.00, 1.27]", "1.02 [.949, 1.05]", ".917 [.435, 1.01]"],
    ),
    (
        "WGAN-GP .7, 1",
        "wgan_gp",
        {"gamma": 0.7, "target": 1.0},
        ["1.80 [1.62, 1.97]", "1.22 [1.14, 1.44]", ".716 [.675, 1.5]"],
    ),
    (
        "instance noise .7",
        "instance_noise",
        {"std": 0.7},
        ["5.7e-5", "4.0e-6", "5e-17"],
    ),
    ("R1 .3", "r1", {"gamma": 0.3}, ["2.6e-6", "2.3e-7", "9e-34"]),
    ("R1 1", "r1", {"gamma": 1.0}, ["9.5e-22", "7.5e-17", "5.1e-12"]),
    (
        "consensus 1, published field",
        "consensus",
        {"gamma": 1.0},
        ["2.1e-10", "1.3e-11", "5e-33"],
    ),
    (
        "consensus 1, exact gradient",
        "consensus_exact",
        {"gamma": 1.0},
        ["2.6e-10", "1.7e-11", "11.0"],
    ),
    ("NSGAN + R1 .3", "nsgan_r1", {"gamma": 0.3}, ["2.2e-6", "1.5e-7", "4e-34"]),
]
SLOPE, CURVATURE = 0.5, -0.25  # f'(0) and f''(0) of f(t) = -log(1 + exp(-t))


def rows(table, budget, work, only=None):
    """Yield a row for each distance and each pair of eigenvalues; seconds in all."""
    for name, method, constants, published in DISTANCES:
        for stepper, text in zip(STEPPERS, published, strict=True):
            yield _distance(name, method, constants, stepper, text)
    for name, method, constants, expected in eigenvalues():
        yield _eigenvalues(name, method, constants, expected)


def _distance(name, method, constants, stepper, text) -> dict:
    game = games.dirac(method, **constants)
    with float64():
        path = games.trajectory(game, STEPPERS[stepper], START, STEPS, STEP_SIZE)
        radius = np.linalg.norm(np.asarray(path), axis=1)
    numbers = text.replace("[", "").replace("]", "").replace(",", "").split()
    values = [radius[-1], radius[-TAIL:].min(), radius[-TAIL:].max()][: len(numbers)]
    matched = all(map(agrees, values, numbers))
    return {
        "method": f"{name}, {stepper}",
        "values": [float(value) for value in values],
        "computed": " ".join(f"{value:#.3g}" for value in values),
        "matched": matched,
        "seeds": 1,
        "steps": STEPS,
        "published": text,
        "label": "matched protocol, float64" if matched else _floor(values[0]),
    }


def _floor(value) -> str:
    if value < 1e-15:
        return "matched protocol, float64; both are rounding alone (unit 1.1e-16)"
    return "matched protocol, float64; DIFFERS"


def agrees(value: float, printed: str) -> bool:
    """Tell whether a value rounds to a printed number, in all its digits."""
    mantissa, _, exponent = printed.partition("e")
    places = len(mantissa.partition(".")[2])
    unit = 10.0 ** (int(exponent or 0) - places)
    return abs(value - float(printed)) <= 0.5 * unit * (1 + 1e-9)


def eigenvalues():
    """List the methods with a Jacobian at 0 and their closed forms."""

    def r1(gamma):
        root = np.emath.sqrt(gamma**2 / 4 - SLOPE**2)
        return -gamma / 2 + root * np.array([-1, 1])

    pair = SLOPE * np.array([-1j, 1j])
    noise = CURVATURE * 0.7**2
    return [
        ("GAN", "gan", {}, pair),
        ("NSGAN", "nsgan", {}, pair),
        ("WGAN", "wgan", {"clip": 1.0}, 2 * pair),
        ("consensus 1", "consensus", {"gamma": 1.0}, -(SLOPE**2) + pair),
        ("consensus 1, exact", "consensus_exact", {"gamma": 1.0}, -(SLOPE**2) + pair),
        (
            "instance noise .7",
            "instance_noise",
            {"std": 0.7},
            noise + np.emath.sqrt(noise**2 - SLOPE**2) * np.array([-1, 1]),
        ),
        ("R1 .3", "r1", {"gamma": 0.3}, r1(0.3)),
        ("R1 1", "r1", {"gamma": 1.0}, r1(1.0)),
        ("NSGAN + R1 .3", "nsgan_r1", {"gamma": 0.3}, r1(0.3)),
    ]


def _eigenvalues(name, method, constants, expected) -> dict:
    with float64():
        values = games.eigenvalues(games.dirac(method, **constants))
    expected = np.sort_complex(np.asarray(expected, complex))
    error = float(np.abs(values - expected).max())
    return {
        "method": f"eigenvalues of {name}",
        "values": [[v.real, v.imag] for v in values],
        "computed": " ".join(f"{v:.4g}" for v in values),
        "matched": error < 1e-6,
        "error": error,
        "seeds": 1,
        "steps": 0,
        "published": " ".join(f"{v:.4g}" for v in expected),
        "label": "closed form" if error < 1e-6 else "closed form; DIFFERS",
    }
