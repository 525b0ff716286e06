"""The judge's network: three convolutions, 128 features, ten digits and "no digit"."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax.nn import relu
from jax.nn.initializers import he_normal

from gan_utils.networks.layers import convolve

SHAPE = (28, 28, 1)
DIGITS = 10
NO_DIGIT = 10  # label of the eleventh class
FEATURES = 128
KERNELS = {
    "conv0": (4, 4, 1, 32),  # 28 x 28 -> 14 x 14
    "conv1": (4, 4, 32, 64),  # -> 7 x 7
    "conv2": (3, 3, 64, 64),  # -> 4 x 4
    "dense": (4 * 4 * 64, FEATURES),
    "last": (FEATURES, DIGITS + 1),
}

Weights = dict[str, jax.Array]  # "conv0.kernel", "conv0.bias", ...


class Activations(NamedTuple):
    """What the network makes of a batch of images."""

    features: jax.Array  # (B, 128), 0 or more
    logits: jax.Array  # (B, 11)


def init(key: jax.Array) -> Weights:
    """Draw starting weights: He's variance, which fits ReLU, and no biases."""
    weights = {}
    for name, shape in KERNELS.items():
        key, kernel_key = jax.random.split(key)
        weights[f"{name}.kernel"] = he_normal()(kernel_key, shape)
        weights[f"{name}.bias"] = jnp.zeros(shape[-1])
    return weights


def activations(weights: Weights, x: jax.Array) -> Activations:
    """Run the network on images (B, 28, 28, 1) in [-1, 1]."""
    for name in ("conv0", "conv1", "conv2"):
        x = convolve(x, weights[f"{name}.kernel"], stride=2, padding=1)
        x = relu(x + weights[f"{name}.bias"].reshape(1, 1, 1, -1))
    features = relu(_dense(weights, "dense", x.reshape(len(x), -1)))
    return Activations(features, _dense(weights, "last", features))


def _dense(weights, name, x):
    return x @ weights[f"{name}.kernel"] + weights[f"{name}.bias"][None]
