"""Exercise: how an alternating update stretches the plane around its resting point."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _matrices(jacobian, h):
    """Return the two half-updates: the generator's move, then the discriminator's."""
    generator, discriminator = np.eye(2), np.eye(2)
    generator[0] += h * np.asarray(jacobian)[0]
    discriminator[1] += h * np.asarray(jacobian)[1]
    return generator, discriminator


def _update(jacobian, h):
    generator, discriminator = _matrices(jacobian, h)
    return discriminator @ generator


def _replaced(jacobian, h):
    generator, discriminator = np.eye(2), np.eye(2)
    generator[0], discriminator[1] = h * np.asarray(jacobian)
    return discriminator @ generator


def _size(matrix, pick=np.max):
    return float(pick(np.abs(np.linalg.eigvals(matrix))))


def _growth(jacobian, h):
    return _size(_update(jacobian, h))


def _together(jacobian, h):
    return np.eye(2) + h * np.asarray(jacobian)


def _continuous(jacobian, h):
    return float(np.exp(h * np.linalg.eigvals(jacobian).real.max()))


def _games(rng):
    def game():
        a, d = rng.uniform(-0.9, 0.2, 2)
        b, c = rng.uniform(0.4, 1.5, 2)
        return np.array([[a, -b], [c, d]])

    plain = np.array([[0.0, -0.5], [0.5, 0.0]])
    return [(game(), 0.3), (game(), 0.9), (plain, 0.5), (plain, 4.5)]


task = register(
    Exercise(
        name="alternating_growth",
        notebook="08",
        difficulty=3,
        minutes=15,
        reference=_growth,
        cases=_games,
    )
)

task.wrong(
    lambda jacobian, h: _size(_together(jacobian, h)),
    "this is the growth of simultaneous steps. In the second half-update the "
    "discriminator sees the generator's new position: multiply two matrices.",
)
task.wrong(
    lambda jacobian, h: _size(h * np.asarray(jacobian)),
    "the identity is missing: an update adds a step to where a player is.",
)
task.wrong(
    lambda jacobian, h: _size(_update(jacobian, h), np.min),
    "this is the smaller of the two. In the long run the larger decides.",
)
task.wrong(
    lambda jacobian, h: float(np.linalg.det(_update(jacobian, h))),
    "this is the determinant, the growth of areas. A plane can be squeezed one way "
    "and stretched another: take the largest |eigenvalue|.",
)
task.wrong(
    lambda jacobian, h: float(np.linalg.eigvals(_update(jacobian, h)).real.max()),
    "this is the largest real part. An update grows by the size |eigenvalue|, turning "
    "included.",
)
task.wrong(
    lambda jacobian, h: _size(sum(_matrices(jacobian, h))),
    "the half-updates follow one another: multiply their matrices, do not add them.",
)
task.wrong(
    lambda jacobian, h: _size(_replaced(jacobian, h)),
    "a row of each half-update has lost its 1: add h times the Jacobian's row to the "
    "identity's.",
)
task.wrong(
    lambda jacobian, h: _size(np.multiply(*_matrices(jacobian, h))),
    "you multiplied entry by entry. One move after another is the matrix product, @.",
)
task.wrong(
    _continuous,
    "this is the growth in continuous time, exp(h times the real part). Here the "
    "players take finite steps, in turn.",
)
task.wrong(
    lambda jacobian, h: float(np.linalg.norm(_update(jacobian, h), 2)),
    "this is the largest singular value, the growth in one step at worst. In the long "
    "run the largest |eigenvalue| decides.",
)
task.wrong(
    lambda jacobian, h: _size(_together(jacobian, h) @ _together(jacobian, h)),
    "each half-update moved both players. It moves one: only one row of the Jacobian "
    "enters it.",
)
