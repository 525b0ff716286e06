"""Recipes that train: a structure, its hyper-parameters and how long to run them."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import losses, penalties
from gan_utils.networks import models
from gan_utils.training.gan import GAN
from gan_utils.training.state import GANState, cosine


class Recipe(NamedTuple):
    """Everything that a run needs besides its data and its key."""

    gan: GAN
    hyper: dict[str, Any]  # keyword arguments of `GAN.init`
    steps: int
    batch_size: int

    def init(self, key: jax.Array) -> GANState:
        """Make the state of one run."""
        return self.gan.init(key, **self.hyper)

    def init_ensemble(self, keys: jax.Array) -> GANState:
        """Make the states of one run for each key."""
        return self.gan.init_ensemble(keys, **self.hyper)


def ring8(steps: int = 4000) -> Recipe:
    """Make the recipe for eight Gaussians on a ring (std 5 % of the radius).

    The relativistic pairing loss with R1 and R2, as in R3GAN, at the size of a toy.
    gamma and the learning rate fall together: smooth while the modes are being found,
    sharp once they are.

    Args:
        steps: updates; both schedules end here.

    Returns:
        Recipe for points in two dimensions.

    References:
        Huang et al., The GAN is dead; long live the GAN!, arXiv:2501.05441.
    """
    gan = GAN(
        generator=models.mlp_generator(2, (64, 64, 64), 2),
        discriminator=models.mlp_discriminator(2, (64, 64, 64)),
        latent=2,
        loss=losses.relativistic,
        penalty=penalties.r1_r2,
    )
    hyper = dict(
        learning_rate=cosine(2e-3, 5e-5, steps),
        gamma=cosine(0.3, 0.01, steps),
        beta1=0.0,
        beta2=0.99,
        ema_decay=0.998,
    )
    return Recipe(gan, hyper, steps, batch_size=256)


def digits_mlp(steps: int = 2000) -> Recipe:
    """Make the recipe for handwritten digits of 28 x 28 pixels, without convolutions.

    The generator is the larger network: with a few thousand images a large
    discriminator learns them by heart. Its last layer is smoothed over neighbouring
    pixels, which a dense layer would otherwise have to learn pixel by pixel.

    Args:
        steps: updates; both schedules end here.

    Returns:
        Recipe for images (28, 28, 1) in [-1, 1].

    References:
        Huang et al., The GAN is dead; long live the GAN!, arXiv:2501.05441.
    """
    gan = GAN(
        generator=models.mlp_generator(
            64, (256, 256, 512), (28, 28, 1), models.leaky_relu, smooth_tanh
        ),
        discriminator=models.mlp_discriminator((28, 28, 1), (256, 256)),
        latent=64,
        loss=losses.relativistic,
        penalty=penalties.r1_r2,
    )
    hyper = dict(
        learning_rate=cosine(2e-3, 2e-5, steps),
        gamma=cosine(1.0, 0.5, steps),
        beta1=0.0,
        beta2=0.99,
        ema_decay=0.999,
    )
    return Recipe(gan, hyper, steps, batch_size=128)


def smooth_tanh(x: jax.Array) -> jax.Array:
    """Average each pixel with its neighbours, then squash it into (-1, 1).

    Args:
        x: images before the last function, shape (B, H, W, C).

    Returns:
        Images of the same shape. The weights are 1/4, 1/2, 1/4 down and across, and
        2/3, 1/3 at an edge.
    """
    down, across = (_neighbours(size) for size in x.shape[1:3])
    return jnp.tanh(jnp.einsum("ij,bjkc,lk->bilc", down, x, across))


def _neighbours(size: int) -> np.ndarray:
    """Make the matrix (size, size) that averages each pixel with the next ones."""
    gap = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    weights = np.clip(1 - gap / 2, 0, 1)
    return (weights / weights.sum(axis=1, keepdims=True)).astype("float32")
