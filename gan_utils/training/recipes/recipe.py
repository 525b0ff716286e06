"""A recipe: everything that a run needs besides its data and its key."""

import dataclasses
from typing import Any, NamedTuple

import jax

from gan_utils import losses, penalties
from gan_utils.networks import models
from gan_utils.networks.functional import Factory
from gan_utils.training.gan import GAN
from gan_utils.training.state import GANState, cosine
from gan_utils.training.step import alternating


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


def r3gan(
    generator: Factory,
    discriminator: Factory,
    latent: int,
    steps: int,
    batch_size: int,
    rate: tuple[float, float],
    gamma: tuple[float, float] = (1.0, 0.5),
    ema_decay: float = 0.999,
    classes: int = 0,
) -> Recipe:
    """Make a recipe after R3GAN: relativistic pairing with R1 and R2.

    Adam without momentum, an averaged generator; learning rate and gamma fall along a
    cosine over the run.

    Args:
        generator: network that reads no labels.
        discriminator: network that reads no labels.
        latent: coordinates of the noise.
        steps: updates; both schedules end here.
        batch_size: rows in a batch.
        rate: learning rate at the start and at the end.
        gamma: weight of the penalties at the start and at the end.
        ema_decay: decay of the generator's average.
        classes: number of labels for the class-conditional version, 0 for none.

    References:
        Huang et al., The GAN is dead; long live the GAN!, arXiv:2501.05441.
    """
    gan = GAN(
        generator,
        discriminator,
        latent=latent,
        loss=losses.relativistic,
        penalty=penalties.r1_r2,
    )
    return _falling(gan, steps, batch_size, rate, gamma, ema_decay, classes)


def r1gan(
    generator: Factory,
    discriminator: Factory,
    latent: int,
    steps: int,
    batch_size: int,
    rate: tuple[float, float],
    gamma: tuple[float, float] = (1.0, 0.3),
    ema_decay: float = 0.999,
    classes: int = 0,
    update=alternating(),  # noqa: B008, it is frozen
) -> Recipe:
    """Make a recipe for few minutes: the non-saturating loss with R1 on a quarter.

    All else as in `r3gan`. R1 on every fourth sample, and no R2, leave time for more
    updates. After a minute on two cores with the networks of `mlp28` or a little larger
    ones, one seed each, the Frechet distance was 8 floors; 10 with pairing, R1 and R2
    on a quarter of the batch, and 35 on whole batches of 128.

    Args:
        generator, discriminator, latent, steps, batch_size, rate, gamma, ema_decay,
            classes: as in `r3gan`.
        update: rule of play.

    References:
        Mescheder et al., Which training methods for GANs do actually converge?,
        arXiv:1801.04406.
    """
    gan = GAN(
        generator,
        discriminator,
        latent=latent,
        loss=losses.nonsaturating,
        penalty=penalties.on_part(penalties.r1, 4),
        update=update,
    )
    return _falling(gan, steps, batch_size, rate, gamma, ema_decay, classes)


def _falling(gan, steps, batch_size, rate, gamma, ema_decay, classes) -> Recipe:
    """Make a recipe whose rate and gamma fall from one number to another."""
    hyper = dict(
        learning_rate=cosine(*rate, steps),
        gamma=cosine(*gamma, steps),
        beta1=0.0,
        beta2=0.99,
        ema_decay=ema_decay,
    )
    return Recipe(conditional(gan, classes), hyper, steps, batch_size)


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
