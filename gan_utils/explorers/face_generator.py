"""The generator of faces that the course ships, as the explorers use it."""

from functools import cache

import jax
import jax.numpy as jnp

from gan_utils.explorers.eight_bits import Generator
from gan_utils.gallery import hanging
from gan_utils.networks import models
from gan_utils.networks.models import Factory, Variables
from gan_utils.training.recipes import faces32, quantised

LATENT = 64


@cache
def faces_generator() -> Generator:
    """Load the averaged generator of faces from the gallery, in 8 bits.

    Raises:
        ValueError: the file is missing or damaged.
    """
    gan = faces32().gan
    arrays, _ = hanging.shipped()
    like = jax.eval_shape(lambda: models.init(gan.generator, jax.random.key(0)))
    named = quantised.named_leaves({"ema": like.params})
    leaves = [arrays[name].astype("float32") for name, _ in named]
    params = jax.tree.unflatten(jax.tree.structure(like.params), leaves)
    packed = quantised.quantise(Variables(params, like.rest))
    return Generator(gan.generator, packed)


def latents(seed: jax.Array, n: int) -> jax.Array:
    """Draw n latents of a seed, (n, 64): the same in a page as in JAX."""
    return jax.random.normal(jax.random.key(seed), (n, LATENT), "float32")


def codes(network: Factory, variables: Variables, z: jax.Array) -> jax.Array:
    """Map latents (n, 64) to the generator's last hidden layer (n, 128)."""
    return models.merge(network, variables).code(z)


def images(network: Factory, variables: Variables, code: jax.Array) -> jax.Array:
    """Map a last hidden layer (n, 128) to faces (n, 32, 32, 3) in [-1, 1]."""
    return models.merge(network, variables).image(code)


def dots(x: jax.Array) -> jax.Array:
    """Turn images (n, H, W, 1 or 3) in [-1, 1] into bytes (n, H, W, 4): RGB, opaque."""
    colours = jnp.broadcast_to(x, (*x.shape[:3], 3))
    whole = jnp.round((jnp.clip(colours, -1, 1) + 1) * 127.5)
    opaque = jnp.full((*x.shape[:3], 1), 255.0, "float32")
    return jnp.concatenate([whole, opaque], axis=3).astype("uint8")
