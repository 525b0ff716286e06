"""How far 28 x 28 digits are from real ones, in features of a small classifier."""

import warnings
from typing import NamedTuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from gan_utils.data import Images
from gan_utils.metrics import frechet, moments

MOST = 20_000  # digits that the classifier learns from
SEEN = 200_000  # digits that it sees while it learns, repetitions counted


class Parts(NamedTuple):
    """Disjoint sets of real digits."""

    reference: Images  # n that fakes are compared with; no GAN sees them
    twin: Images  # n more: their distance from the reference is the floor
    rest: Images  # the classifier learns from these

    @property
    def seen(self) -> np.ndarray:
        """Images that a GAN may train on: all but the reference."""
        return np.concatenate([self.twin.x, self.rest.x])


def split(images: Images) -> Parts:
    """Cut a set in three, after a fixed shuffle: n = 2,000, or 5,000 of 20,000."""
    n = 5000 if len(images.x) >= 20_000 else 2 * len(images.x) // 5
    order = np.random.default_rng(0).permutation(len(images.x))
    rows = np.split(order, [n, 2 * n])
    return Parts(*(Images(images.x[r], images.y[r]) for r in rows))


class Distance:
    """Measures samples in multiples of the floor: 1 is as near as real digits are."""

    def __init__(self, parts: Parts):
        self.n = len(parts.reference.x)
        self.classifier = _learn(parts.rest)
        self.reference = moments(self.features(parts.reference.x))
        self.floor = frechet(self.reference, moments(self.features(parts.twin.x)))
        held_out = [parts.reference, parts.twin]
        self.accuracy = float(np.mean([self._score(images) for images in held_out]))

    def features(self, x: np.ndarray) -> np.ndarray:
        """Compute the hidden activations, shape (n, 128)."""
        kernel, bias = self.classifier.coefs_[0], self.classifier.intercepts_[0]
        return np.maximum(_flat(x) @ kernel + bias, 0)

    def __call__(self, x: np.ndarray) -> float:
        """Measure n samples; what is not finite is infinitely far."""
        if not np.isfinite(x).all():
            return float("inf")
        return frechet(self.reference, moments(self.features(x))) / self.floor

    def _score(self, images):
        return self.classifier.score(_flat(images.x), images.y)


def _learn(images: Images) -> MLPClassifier:
    x, y = _flat(images.x[:MOST]), images.y[:MOST]
    network = MLPClassifier((128,), max_iter=max(1, SEEN // len(x)), random_state=0)
    with warnings.catch_warnings():  # it stops where it is told to
        warnings.simplefilter("ignore", ConvergenceWarning)
        return network.fit(x, y)


def _flat(x):
    """Turn images into rows of 784 shades from 0 to 1."""
    return (np.asarray(x, "float32").reshape(len(x), -1) + 1) / 2
