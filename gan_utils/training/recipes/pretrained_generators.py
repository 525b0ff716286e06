"""Generators that come with the course, trained beforehand on MNIST.

`python -m gan_utils.cli.weights` trained them and wrote `weights/`: a file a recipe,
with 8 bits a weight, and `weights.json`, which says how each was trained, what it was
trained on, and what the judge says of its samples. Discriminators are not kept.
"""

from functools import cache, partial
from importlib import resources
from typing import Any, NamedTuple

import jax
import numpy as np

from gan_utils import array_files, room, shipped, validate
from gan_utils.networks import models
from gan_utils.networks.models import Variables
from gan_utils.training.checks import inputs
from gan_utils.training.gan import GAN
from gan_utils.training.recipes import quantised
from gan_utils.training.recipes.catalogue import IMAGES
from gan_utils.whole_files import read_json

FOLDER, PROVENANCE = "weights", "weights.json"


class Pretrained(NamedTuple):
    """A trained generator with its structure and its history."""

    name: str
    gan: GAN
    variables: Variables  # of the averaged generator
    about: dict[str, Any]  # recipe, steps, seed, seconds, metrics, versions, ...

    def generate(self, z: jax.Array, y=None) -> jax.Array:
        """Turn latents (N, size) into images (N, 28, 28, 1) in [-1, 1].

        Args:
            z: latents, shape (N, size).
            y: digits (N,) for a conditional generator, or one number for all; None for
                the digits in turn.

        Raises:
            ValueError: latents or labels that it cannot read.
        """
        z, *labels = inputs.to_generate(self.gan, z, y)
        return _generate(self.gan, self.variables, z, *labels)

    def sample(self, key: jax.Array, n: int, y=None) -> jax.Array:
        """Draw n images, shape (n, 28, 28, 1); y is that of `generate`."""
        validate.key(key, "key")
        room.require(validate.count(n, "n", minimum=1), self.gan.sample_shape)
        return self.generate(self.gan.latent.sample(key, n), y)


def pretrained(name: str) -> Pretrained:
    """Load a trained generator that comes with the course.

    Args:
        name: of a recipe in `IMAGES`, or "dcgan28-conditional".

    Returns:
        Pretrained.

    Raises:
        ValueError: there are no such weights, or the file is missing or damaged.
    """
    about = provenance().get(name) if isinstance(name, str) else None
    if about is None:
        raise ValueError(
            f"name is {name!r}; expected one of {', '.join(provenance())}. Likely "
            "cause: a recipe that comes without weights; train it with `gan-course "
            "train`."
        )
    make = IMAGES[about["recipe"]]
    gan = make(steps=about["steps"], classes=10 if about["conditional"] else 0).gan
    variables = quantised.restore(gan.generator, packed(name))
    return Pretrained(name, gan, variables, about)


def packed(name: str) -> dict[str, np.ndarray]:
    """Read a generator's weights as they are kept, with 8 bits each; see `quantised`.

    Args:
        name: of trained weights, as in `provenance()`.

    Raises:
        ValueError: the file is missing or damaged.
    """
    file = _folder() / f"{name}.npz"
    content = shipped.read(file, provenance()[name]["sha256"], f"the weights of {name}")
    return array_files.unpack(content)


@cache
def provenance() -> dict[str, dict]:
    """Read how each of the trained generators came about, by name.

    Raises:
        ValueError: the file that says so is damaged.
    """
    file = _folder() / PROVENANCE
    try:
        return read_json(file) if file.is_file() else {}
    except ValueError as error:
        raise ValueError(f"{file} is damaged ({error}). {shipped.REMEDY}") from error


def _folder():
    return resources.files(__package__) / FOLDER


@partial(jax.jit, static_argnums=0)
def _generate(gan, variables, z, *labels):
    return models.apply(gan.generator, variables, z, *labels)[0]
