"""The program behind the explorer of digits: any digit, in one hand or another."""

from functools import cache

import jax
import jax.numpy as jnp

from gan_utils.explorers import eight_bits, face_generator
from gan_utils.explorers.eight_bits import Generator
from gan_utils.explorers.program import Program
from gan_utils.networks import models
from gan_utils.networks.models import Factory, Variables
from gan_utils.training.recipes import pretrained_generators

NAME = "dcgan28-conditional"
DIGITS = 10


@cache
def digits_generator() -> Generator:
    """Load the conditional generator of digits that comes with the course.

    Raises:
        ValueError: the file is missing or damaged.
    """
    network = pretrained_generators.pretrained(NAME).gan.generator
    return Generator(network, pretrained_generators.packed(NAME))


def images(
    network: Factory, variables: Variables, z: jax.Array, mix: jax.Array
) -> jax.Array:
    """Draw digits of latents (n, 64) and of mixtures of the ten labels (n, 10)."""
    inner = models.merge(network, variables).inner
    return inner(jnp.concatenate([z, mix], axis=1))


def digits() -> Program:
    """Describe the program; what it draws is what JAX draws.

    Functions: `unpack` (once), `draw` (a seed's latent), `one` (a latent and a mixture
    of labels to a picture's bytes), `ten` (every digit of one latent).
    """
    network, packed = digits_generator()

    def unpack(packed):
        return {"variables": eight_bits.restored(network, packed)}

    def draw(seed):
        return {"z": face_generator.latents(seed, 1)}

    def one(variables, z, mix):
        return {"dots": face_generator.dots(images(network, variables, z, mix))}

    def ten(variables, z):
        hands = jnp.broadcast_to(z, (DIGITS, z.shape[1]))
        x = images(network, variables, hands, jnp.eye(DIGITS, dtype="float32"))
        return {"ten_dots": face_generator.dots(x)}

    metrics = pretrained_generators.provenance()[NAME]["metrics"]
    return Program(
        name="digits",
        functions={
            "unpack": (unpack, ["packed"]),
            "draw": (draw, ["seed"]),
            "one": (one, ["variables", "z", "mix"]),
            "ten": (ten, ["variables", "z"]),
        },
        given={
            "packed": jax.tree.map(jnp.asarray, packed),
            "seed": jnp.int32(0),
            "z": jnp.zeros((1, face_generator.LATENT), "float32"),
            "mix": jnp.zeros((1, DIGITS), "float32"),
        },
        about={"size": 28, "share": metrics["share"]},
        blank=("seed", "z", "mix"),
    )
