"""Exercise: every noise once in every class."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _class_grid(z, classes):
    z = np.asarray(z)
    return np.tile(z, (classes, 1)), np.repeat(np.arange(classes), len(z))


def _rows(z, labels):
    return np.tile(np.asarray(z), (len(labels) // len(z), 1)), labels


def _every_pair_in_columns(z, classes):
    z = np.asarray(z)
    return np.repeat(z, classes, axis=0), np.tile(np.arange(classes), len(z))


def _aligned(z, classes):
    z = np.asarray(z)
    return np.repeat(z, classes, axis=0), np.repeat(np.arange(classes), len(z))


def _both_tiled(z, classes):
    return _rows(z, np.tile(np.arange(classes), len(z)))


def _tiled_sideways(z, classes):
    return np.tile(np.asarray(z), classes), np.repeat(np.arange(classes), len(z))


def _from_one(z, classes):
    return _rows(z, np.repeat(np.arange(1, classes + 1), len(z)))


def _fresh_noise(z, classes):
    z, y = _class_grid(z, classes)
    return np.random.default_rng(0).normal(size=z.shape), y


def _one_hot(z, classes):
    z, y = _class_grid(z, classes)
    return z, np.eye(classes)[y]


def _standing(z, classes):
    z, y = _class_grid(z, classes)
    return z, y[:, None]


def _labels_first(z, classes):
    return _class_grid(z, classes)[::-1]


def _noises(rng):
    sizes = (3, 4, 5), (2, 6, 3), (4, 3, 4)  # noises, coordinates, classes
    return [(rng.normal(size=(n, d)), classes) for n, d, classes in sizes]


task = register(
    Exercise(
        name="class_grid",
        notebook="09",
        difficulty=1,
        minutes=6,
        reference=_class_grid,
        cases=_noises,
    )
)

task.wrong(
    _every_pair_in_columns,
    "You have every pair once, but in the other order: one noise in all classes, then "
    "the next noise. A row of the sheet is one class, so the label is what stays: "
    "np.tile for z, np.repeat for the labels.",
)
task.wrong(
    _aligned,
    "You repeated both in the same way, so a noise meets only a few neighbouring "
    "classes. One of the two must be tiled.",
)
task.wrong(
    _both_tiled,
    "You tiled both. Unless the numbers of noises and classes have no common factor, "
    "some pairs come twice and others never, and no row is one class. Repeat the "
    "labels.",
)
task.wrong(
    _tiled_sideways,
    "np.tile(z, classes) makes the rows longer: each noise stands beside itself. The "
    "copies go below one another: np.tile(z, (classes, 1)).",
)
task.wrong(_from_one, "Labels count from 0: np.arange(classes).")
task.wrong(
    _fresh_noise,
    "Your noise is not the z that was given. Rows can only be compared when they "
    "share it.",
)
task.wrong(
    _standing,
    "Your labels have shape (N, 1). One number a sample is shape (N,).",
)
task.wrong(_labels_first, "Noises come first, labels second.")
task.wrong(
    _one_hot,
    "The generator wants labels as whole numbers, shape (N,); it makes the vectors of "
    "zeros and a one itself.",
)
