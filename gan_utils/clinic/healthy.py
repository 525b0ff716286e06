"""Healthy patients: two small GANs that train in seconds, to inject faults into."""

import jax.numpy as jnp
import numpy as np

from gan_utils import data, losses, penalties
from gan_utils.clinic.case import Case
from gan_utils.networks import models
from gan_utils.training import GAN, cosine


def ring(steps: int = 2000, radius: float = 0.7, rate: float = 1.0) -> Case:
    """Make a GAN of two dense networks on eight Gaussians on a ring.

    The data lie in [-1, 1], like images, and the generator ends in tanh.

    Args:
        steps: updates; the schedules end here.
        radius: of the ring, above 0 and below 0.9; the Gaussians have 10 % of it.
        rate: factor on the learning rates.

    Returns:
        Case that reaches all eight modes.
    """
    source = data.ring(8, radius, 0.1 * radius)
    gan = GAN(
        generator=models.mlp_generator(2, (64, 64), 2, models.leaky_relu, jnp.tanh),
        discriminator=models.mlp_discriminator(2, (64, 64)),
        latent=2,
        loss=losses.nonsaturating,
        penalty=penalties.r1_r2,
    )
    hyper = _hyper((3e-3 * rate, 1e-4 * rate), (0.1, 0.005), steps)
    return Case(gan, hyper, source, source, steps, batch_size=128)


def digits(steps: int = 1500, rate: float = 1.0) -> Case:
    """Make a GAN of two dense networks on handwritten digits of 8 x 8 pixels.

    Args:
        steps: updates; the schedules end here.
        rate: factor on the learning rates.

    Returns:
        Case with 1,297 images to train on and 500 held out.
    """
    x = data.digits8().x
    order = np.random.default_rng(0).permutation(len(x))
    gan = GAN(
        generator=models.mlp_generator(
            16, (64, 64), (8, 8, 1), models.leaky_relu, jnp.tanh
        ),
        discriminator=models.mlp_discriminator((8, 8, 1), (64, 64)),
        latent=16,
        loss=losses.nonsaturating,
        penalty=penalties.r1_r2,
    )
    hyper = _hyper((2e-3 * rate, 1e-4 * rate), (1.0, 0.1), steps)
    return Case(gan, hyper, x[order[:-500]], x[order[-500:]], steps, batch_size=128)


def _hyper(learning_rate, gamma, steps: int) -> dict:
    """Schedule a learning rate and a penalty's weight, (start, end) each."""
    return dict(
        learning_rate=cosine(*learning_rate, steps),
        gamma=cosine(*gamma, steps),
        beta1=0.5,
        beta2=0.99,
        ema_decay=0.99,
    )
