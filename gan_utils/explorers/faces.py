"""The program behind the explorer of faces: draw, move sliders, look at 32 of them."""

import jax
import jax.numpy as jnp

from gan_utils.explorers import eight_bits, face_generator
from gan_utils.explorers.face_sliders import face_sliders
from gan_utils.explorers.program import Program

MANY = 32  # faces of a grid


def faces() -> Program:
    """Describe the program; what it says of a face is what JAX says.

    Functions: `unpack` (once), `draw` and `draw_many` (a seed's latents), `one` and
    `many` (latents to bytes of a picture; `one` adds the sliders' amounts).
    """
    generator = face_generator.faces_generator()
    network, sliders = generator.network, face_sliders()

    def unpack(packed):
        return {"variables": eight_bits.restored(network, packed)}

    def draw(seed):
        return {"z": face_generator.latents(seed, 1)}

    def draw_many(seed):
        return {"crowd": face_generator.latents(seed, MANY)}

    def one(variables, z, amounts, directions):
        code = face_generator.codes(network, variables, z)
        x = face_generator.images(network, variables, code + amounts @ directions)
        return {"dots": face_generator.dots(x)}

    def many(variables, crowd):
        code = face_generator.codes(network, variables, crowd)
        x = face_generator.images(network, variables, code)
        return {"crowd_dots": face_generator.dots(x)}

    shown = [
        {name: each[name] for name in ("label", "words", "reach", "both", "along")}
        for each in sliders.shown
    ]
    return Program(
        name="faces",
        functions={
            "unpack": (unpack, ["packed"]),
            "draw": (draw, ["seed"]),
            "draw_many": (draw_many, ["seed"]),
            "one": (one, ["variables", "z", "amounts", "directions"]),
            "many": (many, ["variables", "crowd"]),
        },
        given={
            "packed": jax.tree.map(jnp.asarray, generator.packed),
            "directions": jnp.asarray(sliders.directions),
            "amounts": jnp.zeros((1, len(shown)), "float32"),
            "seed": jnp.int32(0),
            "z": jnp.zeros((1, face_generator.LATENT), "float32"),
            "crowd": jnp.zeros((MANY, face_generator.LATENT), "float32"),
        },
        about={"sliders": shown, "many": MANY, "size": 32},
        blank=("amounts", "seed", "z", "crowd"),
    )
