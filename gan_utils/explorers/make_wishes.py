"""Try every wish on generated faces: `python -m gan_utils.explorers.make_wishes`.

It writes `face_wishes.json`: how often a wish is granted, and what changes along with
it. Six minutes on two busy cores.
"""

import argparse
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.data.face_attributes import ATTRIBUTES
from gan_utils.explorers import eight_bits, face_generator, wishes
from gan_utils.metrics.face_classifier import STARTS
from gan_utils.whole_files import write_json

SEED = 9
NO_SHIFT = np.zeros((1, 128), "float32")


def main(words: list[str] | None = None) -> None:
    """Wish for every value of every attribute, count, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--faces", type=int, default=50)
    options = parser.parse_args(words)
    z = face_generator.latents(SEED, options.faces)
    found = []
    for name, attribute in ATTRIBUTES.items():
        for value in attribute.values:
            found.append(tried(z, name, value))
            print(*found[-1], found[-1].works, flush=True)
    rows = [[*offer[:2], *(round(x, 3) for x in offer[2:])] for offer in found]
    about = {"command": f"python -m {__spec__.name}", "faces": options.faces}
    write_json(options.out / wishes.TABLE, about | {"wishes": rows})


def tried(z: jax.Array, name: str, value: str) -> wishes.Offer:
    """Wish for a value in faces of latents (n, 64), and count what came of it."""
    column = list(ATTRIBUTES).index(name)
    place = STARTS[column] + ATTRIBUTES[name].values.index(value)
    before = seen(z)
    goal = np.zeros((len(z), wishes.VALUES), "float32")
    np.put_along_axis(goal, before + STARTS[:-2], 1.0, axis=1)
    goal[:, STARTS[column] : STARTS[column + 1]] = 0
    goal[:, place] = wishes.WEIGHT
    after = seen(fulfilled(z, jnp.asarray(goal)))
    without = before[:, column] + STARTS[column] != place
    others = np.delete(before != after, column, axis=1).sum(axis=1)
    granted = after[:, column] + STARTS[column] == place
    shares = granted[without].mean(), others[without].mean()
    return wishes.Offer(name, value, *map(float, shares))


def eye() -> wishes.Eye:
    """Give the generator and the judge, both with 8 bits a weight, as in a page."""
    generator = face_generator.faces_generator()
    judge = eight_bits.unpacked(wishes.packed_judge())
    return wishes.Eye(generator.network, generator.variables, judge)


def seen(z: jax.Array) -> np.ndarray:
    """Ask the judge what faces of latents (n, 64) look like: labels (n, 12)."""
    network, *arrays = eye()
    said = np.asarray(_chances(network, arrays, z))
    parts = np.split(said[:, : wishes.VALUES], STARTS[1:-2], axis=1)
    return np.stack([part.argmax(axis=1) for part in parts], axis=1)


def fulfilled(z: jax.Array, goal: jax.Array) -> jax.Array:
    """Go all steps of a wish, goal (n, 48), from latents (n, 64) to other latents."""
    network, *arrays = eye()
    return _fulfilled(network, arrays, z, goal)


@partial(jax.jit, static_argnums=0)
def _chances(network, arrays, z):
    eye = wishes.Eye(network, *arrays)
    return jax.vmap(lambda one: eye.chances(one[None], jnp.asarray(NO_SHIFT)))(z)


@partial(jax.jit, static_argnums=0)
def _fulfilled(network, arrays, z, goal):
    eye = wishes.Eye(network, *arrays)

    def one(z, goal):
        def step(path, _):
            return eye.step(path, jnp.asarray(NO_SHIFT), goal), None

        return jax.lax.scan(step, wishes.begin(z[None]), None, wishes.STEPS)[0].z[0]

    return jax.vmap(one)(z, goal)


if __name__ == "__main__":
    main()
