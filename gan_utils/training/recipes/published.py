"""The systems of five published articles, repaired so that they can train.

Each article describes a GAN for handwritten digits with code that cannot train. The
networks below are theirs as far as a working network allows; each docstring lists its
own departures with their reasons. What is the same for all five:

* D returns a logit and the loss reads logits. The articles send D through a sigmoid,
  whose logarithm loses its digits exactly where one player is sure.
* Images lie in [-1, 1]. A sigmoid at the end of G becomes 2 sigmoid - 1, the same
  function on the other range.
* To the articles' plain loss comes R1 on a quarter of each batch. Three pairs without
  it ended at 80 floors or more after a minute, or on no digit at all.
* Adam at 2e-4 (1e-4 in R4) with beta1 = 0.5 gives way to a larger rate that falls to
  0, without momentum, and to an averaged generator: see `r1gan`.
* Convolutional discriminators get a dense layer of 256 before their logit. With it,
  the same layers learn from a small part of the updates.
* Convolutions have half of the article's channels, a quarter in discriminators with
  5x5 kernels, and batches are 64 instead of 100 or 128: several times as many updates
  in the same time.
* The rate starts at 3e-3, and at 1e-3 where D is dense. One run each after a minute:
  R1 at 7 floors with 1e-3 and 25 with 2e-3, R4 at 10 with 1e-3 and 6 with 3e-3.
* gamma starts at 3, and at 10 where a dense G faces convolutions: these see at once
  that neighbouring pixels do not fit, and a D that is sure too early loses digits. (R0
  at gamma 10, after a minute and a half: rarest digit 6 %; at 1, after two: 2 %.) It
  falls to 0.5 (R3: 1), and less far in R0 and R4, to 5 and 2. There a sharper D gives
  clearer digits of fewer kinds: after 8,000 updates, one run each, R0 stood at 7.2
  floors with 0.2, 4.1 with 1 and 3.4 with 5; R4 at 3.7 with 0.1, 3.2 with 0.5 and 3.0
  from 6 to 3.
* Batch normalisation keeps 0.9 of its running averages, where R2 says 0.8.
"""

import jax
import jax.numpy as jnp

from gan_utils.networks import models
from gan_utils.training.recipes.digits import SHAPE
from gan_utils.training.recipes.recipe import Recipe, r1gan
from gan_utils.training.step import alternating, simultaneous

LATENT = 100  # in all five


def signed_sigmoid(x: jax.Array) -> jax.Array:
    """Return 2 sigmoid(x) - 1, a sigmoid for images in [-1, 1]."""
    return jnp.tanh(x / 2)


def brain(steps: int = 6000, classes: int = 0) -> Recipe:
    """Make R0, a dense generator against 5x5 convolutions.

    G: z (100) -> 128 -> 256 -> 784 sigmoid.
    D: 5x5 stride 2, 16 -> 32 -> 64 -> 256 -> 1.

    Departures: one discriminator for data and fakes (the article builds two); each
    optimiser moves its own network; D's loss is descended, not ascended; G makes three
    steps for each of D's, since dense layers learn from convolutions more slowly than
    these from them. (After 3,000 updates, one run each: 21 floors with one step, 12
    with two, 8 with three.)

    Args:
        steps: updates; the schedules end here.
        classes: 10 for the class-conditional version.
    """
    generator = models.mlp_generator(
        LATENT, (128, 256), SHAPE, models.leaky_relu, signed_sigmoid
    )
    return _recipe(
        generator,
        _small(16, 32, 64),
        steps,
        classes,
        gamma=(10.0, 5.0),
        update=alternating(1, 3),
    )


def calculus(steps: int = 8000, classes: int = 0) -> Recipe:
    """Make R1, dense networks on both sides.

    G: z (100) -> 256 -> 512 -> 512 -> 784 tanh. D: 784 -> 512 -> 512 -> 1.

    Departures: hidden layers get the leaky ReLU that the article forgot, without which
    G is affine and D a logistic regression; D sees data; both losses read labels; the
    dense layer of three colours per pixel is left out, since on one grey channel it
    repeats what the layer before it does.

    Args:
        steps: updates; the schedules end here.
        classes: 10 for the class-conditional version.
    """
    generator = models.mlp_generator(
        LATENT, (256, 512, 512), SHAPE, models.leaky_relu, jnp.tanh
    )
    discriminator = models.mlp_discriminator(SHAPE, (512, 512))
    return _recipe(generator, discriminator, steps, classes, rate=(1e-3, 2e-5))


def probability(steps: int = 3000, classes: int = 0) -> Recipe:
    """Make R2, a small DCGAN with batch normalisation in G and dropout in D.

    G: z (100) -> 256, normalised -> 7x7x64 -> 4x4 transposed: 32 -> 1 tanh.
    D: 4x4 stride 2, 32 -> 64, each with dropout 0.1, -> 256 -> 1.

    Departures: D and G have opposite aims (in the article both push D's outputs the
    same way); two doublings from 7x7 instead of three, which overshoot 28; one
    optimiser a network; the hidden 256 keeps its place and a dense layer makes 7x7x64
    of it; dropout 0.1, not 0.3, as a D that already has a penalty learns more slowly
    with it. (After 1,900 updates, one run each: 14 floors with 0.3, 11 with 0.1, 9
    without.)

    Args:
        steps: updates; the schedules end here.
        classes: 10 for the class-conditional version.
    """
    generator = models.conv_generator(
        LATENT,
        (64, 32),
        SHAPE,
        batch_norm=True,
        activation=models.leaky_relu,
        hidden=(256,),
    )
    discriminator = models.conv_discriminator(
        SHAPE, (32, 64), dropout=0.1, hidden=(256,)
    )
    return _recipe(generator, discriminator, steps, classes)


def art(steps: int = 6000, classes: int = 0) -> Recipe:
    """Make R3, three dense layers and one transposed convolution.

    G: z (100) -> 256 -> 256 -> 256 -> 14x14x8 -> 5x5 transposed -> image.
    D: 5x5 stride 2, 16 -> 32 -> 64 -> 256 -> 1.

    Departures: the first layer takes the 100 numbers that the noise has, not 784; a
    dense layer makes the image that the transposed convolution reads (it was applied to
    a flat vector); D sees fakes as well as data; G's step moves G.

    Args:
        steps: updates; the schedules end here.
        classes: 10 for the class-conditional version.
    """
    generator = models.conv_generator(
        LATENT,
        (8,),
        SHAPE,
        activation=models.leaky_relu,
        kernel_size=5,
        hidden=(256, 256, 256),
    )
    discriminator = _small(16, 32, 64)
    return _recipe(generator, discriminator, steps, classes, gamma=(10.0, 1.0))


def mechanism(steps: int = 3000, classes: int = 0) -> Recipe:
    """Make R4, 5x5 transposed convolutions with batch normalisation.

    G: z (100) -> 256, normalised -> 7x7x16 -> 5x5 transposed: 64 (stride 1) -> 32 ->
    image. D: 5x5 stride 2, 16 -> 32 -> 256 -> 1. As in the article, both move at once.

    Departures: the first image is 7x7, since 4x4 doubled twice is 16 and not 28, and a
    dense layer makes its 784 numbers of the 256 there are; one channel; data in
    [-1, 1]; what the article uses without defining it (optimisers, batch, noise) is
    taken from the other four.

    Args:
        steps: updates; the schedules end here.
        classes: 10 for the class-conditional version.
    """
    generator = models.conv_generator(
        LATENT,
        (16, 64, 32),
        SHAPE,
        batch_norm=True,
        activation=models.leaky_relu,
        kernel_size=5,
        strides=(1, 2, 2),
        hidden=(256,),
    )
    discriminator = _small(16, 32)
    return _recipe(
        generator,
        discriminator,
        steps,
        classes,
        gamma=(3.0, 2.0),
        update=simultaneous(),
    )


def _small(*channels):
    """Make a discriminator of 5x5 convolutions and one dense layer."""
    return models.conv_discriminator(SHAPE, channels, kernel_size=5, hidden=(256,))


def _recipe(generator, discriminator, steps, classes, **others):
    """Make what the five have in common."""
    common = dict(latent=LATENT, batch_size=64, rate=(3e-3, 2e-5), gamma=(3.0, 0.5))
    settings = common | dict(steps=steps, classes=classes) | others
    return r1gan(generator, discriminator, **settings)
