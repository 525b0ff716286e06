"""What the judges' networks share: three convolutions, 128 features, a dense layer.

And how they look at any number of images with one compiled program.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import relu
from jax.nn.initializers import he_normal

from gan_utils.networks.layers import convolve

FEATURES = 128
CHUNK = 500  # images in work at a time; one compiled program for any number of them
CONVOLUTIONS = ("conv0", "conv1", "conv2")  # of stride 2, with a margin of 1

Weights = dict[str, jax.Array]  # "conv0.kernel", "conv0.bias", ...


def init(kernels: dict[str, tuple[int, ...]], key: jax.Array) -> Weights:
    """Draw starting weights: He's variance, which fits ReLU, and no biases.

    Args:
        kernels: shape of each kernel: of the CONVOLUTIONS, "dense" and "last".
        key: PRNG key.
    """
    weights = {}
    for name, shape in kernels.items():
        key, kernel_key = jax.random.split(key)
        weights[f"{name}.kernel"] = he_normal()(kernel_key, shape)
        weights[f"{name}.bias"] = jnp.zeros(shape[-1])
    return weights


def features_and_logits(weights: Weights, x: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Run the network on images (B, H, W, C); return (B, 128) and (B, outputs)."""
    for name in CONVOLUTIONS:
        x = convolve(x, weights[f"{name}.kernel"], stride=2, padding=1)
        x = relu(x + weights[f"{name}.bias"].reshape(1, 1, 1, -1))
    features = relu(_dense(weights, "dense", x.reshape(len(x), -1)))
    return features, _dense(weights, "last", features)


def in_chunks(run: Callable, weights: Weights, x: np.ndarray) -> list[np.ndarray]:
    """Call run(weights, CHUNK images) as often as it takes, and join what it returns.

    Args:
        run: returns arrays whose first axis counts images.
        weights: its first argument.
        x: images, one or more; blank ones fill the last chunk.
    """
    looks = []
    for start in range(0, len(x), CHUNK):
        piece = x[start : start + CHUNK]
        chunk = np.full((CHUNK, *x.shape[1:]), -1, "float32")
        chunk[: len(piece)] = piece
        looks.append([np.asarray(a)[: len(piece)] for a in run(weights, chunk)])
    return [np.concatenate(parts) for parts in zip(*looks, strict=True)]


def _dense(weights, name, x):
    return x @ weights[f"{name}.kernel"] + weights[f"{name}.bias"][None]
