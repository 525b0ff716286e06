"""The program behind the explorer of faces: draw, move sliders, wish, look at many."""

import jax
import jax.numpy as jnp

from gan_utils.data.face_attributes import ATTRIBUTES
from gan_utils.explorers import eight_bits, face_generator, wishes
from gan_utils.explorers.face_sliders import face_sliders
from gan_utils.explorers.program import Program

MANY = 32  # faces of a grid
FACE = ("z", "amounts", "directions")  # what makes one, beside the network


def faces() -> Program:
    """Describe the program; what it says of a face is what JAX says.

    Functions: `unpack` (once), `draw` and `draw_many` (a seed's latents), `one` and
    `many` (latents to bytes of a picture; `one` adds the sliders' amounts), `look`
    (what the judge says of a face), `wish` (begin one) and `step` (go on with it).
    """
    generator = face_generator.faces_generator()
    network, sliders = generator.network, face_sliders()

    def unpack(packed, packed_judge):
        variables = eight_bits.restored(network, packed)
        return {"variables": variables, "judge": eight_bits.unpacked(packed_judge)}

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

    def look(variables, judge, z, amounts, directions):
        eye = wishes.Eye(network, variables, judge)
        return {"said": eye.chances(z, amounts @ directions)}

    def wish(z):
        return {"path": wishes.begin(z)}

    def step(variables, judge, path, amounts, directions, goal):
        eye = wishes.Eye(network, variables, judge)
        path = eye.step(path, amounts @ directions, goal)
        return {"path": path, "z": path.z}

    shown = [
        {name: each[name] for name in ("label", "words", "reach", "both", "along")}
        for each in sliders.shown
    ]
    return Program(
        name="faces",
        functions={
            "unpack": (unpack, ["packed", "packed_judge"]),
            "draw": (draw, ["seed"]),
            "draw_many": (draw_many, ["seed"]),
            "one": (one, ["variables", *FACE]),
            "many": (many, ["variables", "crowd"]),
            "look": (look, ["variables", "judge", *FACE]),
            "wish": (wish, ["z"]),
            "step": (step, ["variables", "judge", "path", *FACE[1:], "goal"]),
        },
        given={
            "packed": jax.tree.map(jnp.asarray, generator.packed),
            "packed_judge": jax.tree.map(jnp.asarray, wishes.packed_judge()),
            "directions": jnp.asarray(sliders.directions),
            "amounts": jnp.zeros((1, len(shown)), "float32"),
            "seed": jnp.int32(0),
            "z": jnp.zeros((1, face_generator.LATENT), "float32"),
            "goal": jnp.zeros(wishes.VALUES, "float32"),
            "crowd": jnp.zeros((MANY, face_generator.LATENT), "float32"),
        },
        about={
            "sliders": shown,
            "attributes": attributes(),
            "tables": tables(),
            "weight": wishes.WEIGHT,
            "steps": wishes.STEPS,
            "many": MANY,
            "size": 32,
        },
        blank=("amounts", "seed", "z", "goal", "crowd"),
    )


def attributes() -> list[dict]:
    """List attributes with their values, and which of them may be wished for."""
    offered = {(o.attribute, o.value) for o in wishes.offers() if o.works}
    return [
        {
            "name": name,
            "values": attribute.values,
            "offered": [(name, value) in offered for value in attribute.values],
        }
        for name, attribute in ATTRIBUTES.items()
    ]


def tables() -> list[dict]:
    """Tell how well each slider and each wish works, as tables of words."""
    sliders = [
        [
            f"{row['label']}: {row['words'][0]} to {row['words'][1]}",
            f"{row['reach']:g}",
            f"{100 * row['both']:.0f}",
            f"{row['along']:.1f}",
            "yes" if row["works"] else "no",
        ]
        for row in face_sliders().tried
    ]
    asked = [
        [
            f"{offer.attribute} {offer.value}",
            f"{100 * offer.granted:.0f}",
            f"{offer.along:.1f}",
            "yes" if offer.works else "no",
        ]
        for offer in wishes.offers()
    ]
    along = "others along, of 11"
    return [
        {
            "title": "Sliders, on 1,000 faces that were not used to find them",
            "head": [
                "slider",
                "standard deviations",
                "both ends, of 100",
                along,
                "shown",
            ],
            "rows": sliders,
        },
        {
            "title": "Wishes, on 50 faces",
            "head": ["wish", "granted, of 100", along, "offered"],
            "rows": asked,
        },
    ]
