"""The judge's network: three convolutions, 128 features, ten digits and "no digit"."""

from typing import NamedTuple

import jax

from gan_utils.metrics import small_classifier
from gan_utils.metrics.small_classifier import (
    FEATURES,
    Weights,
    features_and_logits,
)

SHAPE = (28, 28, 1)
DIGITS = 10
NO_DIGIT = 10  # label of the eleventh class
KERNELS = {
    "conv0": (4, 4, 1, 32),  # 28 x 28 -> 14 x 14
    "conv1": (4, 4, 32, 64),  # -> 7 x 7
    "conv2": (3, 3, 64, 64),  # -> 4 x 4
    "dense": (4 * 4 * 64, FEATURES),
    "last": (FEATURES, DIGITS + 1),
}


class Activations(NamedTuple):
    """What the network makes of a batch of images."""

    features: jax.Array  # (B, 128), 0 or more
    logits: jax.Array  # (B, 11)


def init(key: jax.Array) -> Weights:
    """Draw starting weights."""
    return small_classifier.init(KERNELS, key)


def activations(weights: Weights, x: jax.Array) -> Activations:
    """Run the network on images (B, 28, 28, 1) in [-1, 1]."""
    return Activations(*features_and_logits(weights, x))
