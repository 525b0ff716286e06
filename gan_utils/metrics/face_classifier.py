"""The network that reads faces: three convolutions, 128 features, a head for each name.

Beside the twelve attributes it answers whether there is a face at all.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import relu
from jax.nn.initializers import he_normal

from gan_utils.data.face_attributes import ATTRIBUTES
from gan_utils.networks.layers import convolve

SHAPE = (32, 32, 3)
FEATURES = 128
SIZES = (*(len(attribute.values) for attribute in ATTRIBUTES.values()), 2)
STARTS = np.cumsum((0, *SIZES))  # where each head's logits begin
KERNELS = {
    "conv0": (4, 4, 3, 32),  # 32 x 32 -> 16 x 16
    "conv1": (4, 4, 32, 64),  # -> 8 x 8
    "conv2": (4, 4, 64, 96),  # -> 4 x 4
    "dense": (4 * 4 * 96, FEATURES),
    "last": (FEATURES, sum(SIZES)),
}

Weights = dict[str, jax.Array]  # "conv0.kernel", "conv0.bias", ...


class Activations(NamedTuple):
    """What the network makes of a batch of images."""

    features: jax.Array  # (B, 128), 0 or more
    logits: tuple[jax.Array, ...]  # of each attribute (B, values), then no face, face


def init(key: jax.Array) -> Weights:
    """Draw starting weights: He's variance, which fits ReLU, and no biases."""
    weights = {}
    for name, shape in KERNELS.items():
        key, kernel_key = jax.random.split(key)
        weights[f"{name}.kernel"] = he_normal()(kernel_key, shape)
        weights[f"{name}.bias"] = jnp.zeros(shape[-1])
    return weights


def activations(weights: Weights, x: jax.Array) -> Activations:
    """Run the network on images (B, 32, 32, 3) in [-1, 1]."""
    for name in ("conv0", "conv1", "conv2"):
        x = convolve(x, weights[f"{name}.kernel"], stride=2, padding=1)
        x = relu(x + weights[f"{name}.bias"].reshape(1, 1, 1, -1))
    features = relu(_dense(weights, "dense", x.reshape(len(x), -1)))
    logits = jnp.split(_dense(weights, "last", features), STARTS[1:-1], axis=1)
    return Activations(features, tuple(logits))


def _dense(weights, name, x):
    return x @ weights[f"{name}.kernel"] + weights[f"{name}.bias"][None]
