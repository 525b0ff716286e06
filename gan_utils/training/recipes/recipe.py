"""A recipe: everything that a run needs besides its data and its key."""

import dataclasses
from typing import Any, NamedTuple

import jax

from gan_utils.networks import models
from gan_utils.training.gan import GAN
from gan_utils.training.state import GANState


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


def conditional(gan: GAN, classes: int) -> GAN:
    """Turn a structure into its class-conditional version; 0 classes change nothing.

    The generator reads the label as extra latent coordinates, the discriminator by
    projection.

    Args:
        gan: structure whose networks read no labels.
        classes: number of labels, 0 or from 2 on.

    References:
        Miyato and Koyama, arXiv:1802.05637.
    """
    if not classes:
        return gan
    return dataclasses.replace(
        gan,
        generator=models.labelled_generator(gan.generator, classes),
        discriminator=models.projection_discriminator(gan.discriminator, classes),
    )
