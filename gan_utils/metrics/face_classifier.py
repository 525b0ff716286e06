"""The network that reads faces: three convolutions, 128 features, a head for each name.

Beside the twelve attributes it answers whether there is a face at all.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.data.face_attributes import ATTRIBUTES
from gan_utils.metrics import small_classifier
from gan_utils.metrics.small_classifier import (
    FEATURES,
    Weights,
    features_and_logits,
)

SHAPE = (32, 32, 3)
SIZES = (*(len(attribute.values) for attribute in ATTRIBUTES.values()), 2)
STARTS = np.cumsum((0, *SIZES))  # where each head's logits begin
KERNELS = {
    "conv0": (4, 4, 3, 32),  # 32 x 32 -> 16 x 16
    "conv1": (4, 4, 32, 64),  # -> 8 x 8
    "conv2": (4, 4, 64, 96),  # -> 4 x 4
    "dense": (4 * 4 * 96, FEATURES),
    "last": (FEATURES, sum(SIZES)),
}


class Activations(NamedTuple):
    """What the network makes of a batch of images."""

    features: jax.Array  # (B, 128), 0 or more
    logits: tuple[jax.Array, ...]  # of each attribute (B, values), then no face, face


def init(key: jax.Array) -> Weights:
    """Draw starting weights."""
    return small_classifier.init(KERNELS, key)


def activations(weights: Weights, x: jax.Array) -> Activations:
    """Run the network on images (B, 32, 32, 3) in [-1, 1]."""
    features, logits = features_and_logits(weights, x)
    return Activations(features, tuple(jnp.split(logits, STARTS[1:-1], axis=1)))
