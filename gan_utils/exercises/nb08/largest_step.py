"""Exercise: the largest step size at which a game still settles."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _bounds(values):
    values = np.asarray(values, complex)
    return -2 * values.real / np.abs(values) ** 2


def _largest(values):
    return float(max(0.0, _bounds(values).min()))


def _worst_of_each(values):
    values = np.asarray(values, complex)
    return float(max(0.0, -2 * values.real.max() / np.abs(values).max() ** 2))


def _not_squared(values):
    values = np.asarray(values, complex)
    return float(max(0.0, (-2 * values.real / np.abs(values)).min()))


def _spectra(rng):
    def pairs(n):
        real, imaginary = rng.uniform(-1.5, -0.1, n), rng.uniform(0.2, 2.0, n)
        half = real + 1j * imaginary
        return np.concatenate([half, half.conj()])

    mixed = np.append(pairs(1), -rng.uniform(0.2, 0.9, 2))
    outward = np.append(pairs(1), [0.1 + 0.5j, 0.1 - 0.5j])
    turning = np.array([0.5j, -0.5j])
    return [(pairs(1),), (pairs(3),), (mixed,), (outward,), (turning,)]


task = register(
    Exercise(
        name="largest_step",
        notebook="08",
        difficulty=3,
        minutes=12,
        reference=_largest,
        cases=_spectra,
    )
)

task.wrong(
    lambda values: float(_bounds(values).min()),
    "right where the game settles in continuous time. With a positive real part no "
    "step size settles: return 0 there.",
)
task.wrong(
    lambda values: float(max(0.0, _bounds(values).max())),
    "you took the most patient eigenvalue. All must shrink: take the least of their "
    "bounds.",
)
task.wrong(
    lambda values: float(max(0.0, _bounds(values).mean())),
    "you averaged the bounds. All eigenvalues must shrink: take the least.",
)
task.wrong(
    lambda values: _largest(values) / 2,
    "a factor of 2 is missing: 1 + 2 h Re + h^2 |value|^2 < 1.",
)
task.wrong(
    lambda values: float(max(0.0, (-2 / np.asarray(values, complex).real).min())),
    "this is the rule for a minimisation, where eigenvalues are real. The imaginary "
    "part counts too: |value|^2 stands in the denominator.",
)
task.wrong(
    lambda values: float(-_bounds(values).min()),
    "a minus is missing: h < -2 Re / |value|^2, and Re is negative where the game "
    "settles.",
)
task.wrong(
    lambda values: float((-_bounds(values)).min()),
    "a minus is missing: h < -2 Re / |value|^2, and Re is negative where the game "
    "settles.",
)
task.wrong(
    lambda values: float(np.abs(_bounds(values)).min()),
    "you took the size of the bound. A negative bound means that no step settles: "
    "return 0 there.",
)
task.wrong(
    _worst_of_each,
    "you joined the worst real part with the worst size. They may belong to two "
    "eigenvalues: take each one's bound, then the least.",
)
task.wrong(
    lambda values: float((2 / np.abs(values)).min()),
    "this ignores which way the eigenvalue points. A pure rotation has a finite size "
    "and settles at no step size.",
)
task.wrong(
    _not_squared,
    "the size in the denominator must be squared: divide by |value|^2.",
)
