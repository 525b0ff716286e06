"""Plain errors of the published recipes: functions that raise them, word for word.

Each call ends in the error that gan_utils, JAX or Optax gives for the fault, so that a
reader can practise on the real text.
"""

import jax
import jax.numpy as jnp
import optax

from gan_utils import data
from gan_utils.networks import layers, models
from gan_utils.training import GAN, train

SHAPE = (28, 28, 1)
LATENT = 100


def no_noise() -> None:
    """Call the generator without its noise."""
    generator = models.mlp_generator(LATENT, (8,), SHAPE)
    models.apply(generator, models.init(generator, _key()))


def loss_is_a_number() -> None:
    """Compute the loss first and ask for its gradient afterwards."""
    weights = jnp.ones(3)
    loss = (weights**2).sum()
    jax.grad(loss)(weights)


def grey_data_for_colour_networks() -> None:
    """Train networks for three channels on images of one."""
    colour = (28, 28, 3)
    gan = _pair(
        models.conv_generator(LATENT, (8, 4), colour),
        models.conv_discriminator(colour, (4, 8)),
    )
    train(gan, gan.init(_key()), _digits(), 1, 32, progress=False)


def flat_data_for_a_convolution() -> None:
    """Give flattened images to a convolutional discriminator."""
    discriminator = models.conv_discriminator(SHAPE, (4, 8))
    variables = models.init(discriminator, _key())
    models.apply(discriminator, variables, jnp.zeros((2, 784)))


def flat_vector_for_a_transposed_convolution() -> None:
    """Reshape to (-1, 784) in front of a two-dimensional transposed convolution."""
    x = jnp.zeros((2, 28, 28, 1)).reshape(-1, 784)
    layers.conv_transpose(x, jnp.zeros((4, 4, 64, 1)), 2, 1)


def three_doublings() -> None:
    """Double 7x7 three times on the way to 28x28."""
    models.conv_generator(LATENT, (128, 64, 32), SHAPE)


def one_state_for_two_networks() -> None:
    """Update the generator with the moments of the discriminator."""
    optimizer = optax.scale_by_adam()
    moments = optimizer.init({"kernel": jnp.zeros((784, 1))})
    optimizer.update({"kernel": jnp.zeros((100, 784))}, moments)


def input_of_784_for_100_latents() -> None:
    """Build a generator for flattened images and feed it noise."""
    generator = models.mlp_generator(784, (8,), SHAPE)
    _pair(generator, models.mlp_discriminator(SHAPE, (8,))).init(_key())


def sixteen_pixels_from_256_numbers() -> None:
    """Reshape 256 numbers to 4 x 4 x 1, which has room for 16."""
    jnp.zeros((2, 256)).reshape(2, 4, 4, 1)


def sixteen_against_28() -> None:
    """Double 4x4 twice, which makes 16x16, for a discriminator of 28x28."""
    _pair(
        models.conv_generator(LATENT, (8, 4), (16, 16, 1)),
        models.conv_discriminator(SHAPE, (4, 8)),
    ).init(_key())


def three_channels_against_one() -> None:
    """Generate three channels for a discriminator of one."""
    _pair(
        models.conv_generator(LATENT, (8, 4), (28, 28, 3)),
        models.conv_discriminator(SHAPE, (4, 8)),
    ).init(_key())


def raw_pixels() -> None:
    """Train on pixels from 0 to 255 a generator that ends in tanh."""
    generator = models.mlp_generator(LATENT, (8,), SHAPE, output=jnp.tanh)
    gan = _pair(generator, models.mlp_discriminator(SHAPE, (8,)))
    pixels = (_digits() + 1.0) * 127.5
    train(gan, gan.init(_key()), pixels, 1, 32, progress=False)


def undefined_names() -> None:
    """Use an optimiser that nothing has defined."""
    exec("state = optimizer.update(gradients, state)", {})


def _pair(generator, discriminator) -> GAN:
    return GAN(generator, discriminator, latent=LATENT)


def _digits():
    return data.mnist_sample().x[:64]


def _key() -> jax.Array:
    return jax.random.key(0)
