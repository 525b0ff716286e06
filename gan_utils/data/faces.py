"""Faces that nobody has: drawn by the course itself, each with twelve known attributes.

There is nothing to download, no licence to ask for and nobody's privacy to mind. And
since every face is drawn from numbers, the truth about them is known: how often each
attribute occurs, which are rare, and which depend on others. So whatever a generator
left out can be counted.
"""

import dataclasses
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate
from gan_utils.data import face_attributes, face_drawing
from gan_utils.data.face_attributes import ATTRIBUTES, NAMES
from gan_utils.data.images import Images
from gan_utils.data.pixels import Pixels, pixels

SIZES = 16, 128  # least and largest number of pixels in a row
CHUNK = 256  # faces drawn at a time: their layers stay in the processor's cache


@partial(
    jax.tree_util.register_dataclass,
    data_fields=[],
    meta_fields=["size", "edges", "only"],
)
@dataclasses.dataclass(frozen=True)
class Faces:
    """A distribution of drawn faces, and a source of batches. See `faces`."""

    size: int
    edges: bool = False
    only: tuple[tuple[str, str], ...] = ()  # attributes that every face has

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n faces, (n, size, size, 3), or their lines, (n, size, size, 1).

        Numbers are float32 in [-1, 1]. The same key draws the same people in every
        size, painted or in lines.
        """
        return self.labelled(key, n)[0]

    def labelled(self, key: jax.Array, n: int) -> Images:
        """Draw n faces together with their attributes.

        Args:
            key: PRNG key.
            n: how many, 1 or more.

        Returns:
            Images with x as `sample` gives it and y (n, 12) int32: for each name in
            `names` the position of its value in `values(name)`.
        """
        validate.count(n, "n", minimum=1)
        return Images(*_labelled(self, validate.key(key, "key"), n))

    def draw(self, labels, key: jax.Array) -> jax.Array:
        """Draw faces of chosen attributes.

        Args:
            labels: (n, 12) whole numbers, as `labelled` returns them.
            key: PRNG key of what no attribute tells: where a head is, its width, gaze.

        Returns:
            Images as `sample` gives them.

        Raises:
            ValueError: labels of another shape, or a number that stands for no value.
        """
        return _draw(self, jnp.asarray(_checked(labels)), validate.key(key, "key"))

    def pixels(self, key: jax.Array, n: int) -> Pixels:
        """Draw n faces once and keep them as bytes: a source of batches to train on.

        Args:
            key: PRNG key.
            n: how many; 20,000 of 32 x 32 take 61 MB and a few seconds.
        """
        x = self.sample(key, n)
        return pixels(jnp.round((x + 1) * 127.5).astype("uint8"))

    def having(self, **values: str) -> "Faces":
        """Give the distribution of faces that all have certain values.

        Everything else is drawn as before, given the age if you choose one.

        Args:
            values: for example `hat="crown", age="old"`.

        Raises:
            ValueError: an attribute or a value that does not exist.
        """
        for name, value in values.items():
            validate.one_of(name, "attribute", NAMES)
            validate.one_of(value, name, ATTRIBUTES[name].values)
        chosen = dict(self.only) | values
        return dataclasses.replace(self, only=tuple(sorted(chosen.items())))

    @property
    def names(self) -> tuple[str, ...]:
        """Name the attributes, in the order of the columns of labels."""
        return NAMES

    def values(self, name: str) -> tuple[str, ...]:
        """Name the values of an attribute, in the order of its labels."""
        validate.one_of(name, "attribute", NAMES)
        return ATTRIBUTES[name].values

    def shares(self, name: str) -> np.ndarray:
        """Give the exact share of each value among all faces, (values,), sum 1."""
        validate.one_of(name, "attribute", NAMES)
        return face_attributes.shares(name)

    def describe(self, labels) -> str:
        """Say in words which attributes a face has.

        Args:
            labels: (12,) whole numbers, a row of what `labelled` returns.
        """
        (row,) = _checked(np.asarray(labels)[None])
        values = (
            ATTRIBUTES[name].values[i] for name, i in zip(NAMES, row, strict=True)
        )
        return ", ".join(
            f"{name} {value}" for name, value in zip(NAMES, values, strict=True)
        )


def faces(size: int = 32, edges: bool = False) -> Faces:
    """Make the distribution of drawn faces.

    Args:
        size: pixels in a row and in a column, 16 to 128.
        edges: draw the lines of each face only, in one channel.

    Returns:
        Faces, accepted wherever a source of batches is. To train for long, draw them
        once: `faces(32).pixels(key, 20_000)`.

    Raises:
        ValueError: size is out of range.
    """
    validate.count(size, "size", minimum=SIZES[0])
    if size > SIZES[1]:
        raise ValueError(
            f"size is {size}; expected {SIZES[0]} to {SIZES[1]} pixels. Nothing finer "
            "is drawn than 128 pixels show."
        )
    return Faces(size, bool(edges))


def _checked(labels):
    labels = validate.array(labels, "labels")
    counts = np.array([len(ATTRIBUTES[name].values) for name in NAMES])
    if np.ndim(labels) != 2 or labels.shape[1] != len(NAMES):
        raise ValueError(
            f"labels is {validate.describe(labels)}; expected (n, {len(NAMES)}): a "
            f"whole number for each of {', '.join(NAMES)}."
        )
    labels = np.asarray(labels)
    wrong = (labels < 0) | (labels >= counts) | (labels != labels.astype(int))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        values = ATTRIBUTES[NAMES[column]].values
        raise ValueError(
            f"labels[{row}, {column}] is {labels[row, column]}; expected 0 to "
            f"{len(values) - 1} for {NAMES[column]}: {', '.join(values)}."
        )
    return labels.astype("int32")


@partial(jax.jit, static_argnums=(0, 2))
def _labelled(people, key, n):
    labels_key, key = jax.random.split(key)
    only = dict(people.only)
    labels = face_attributes.draw_labels(labels_key, n, only)
    return _draw(people, labels, key), labels


@partial(jax.jit, static_argnums=0)
def _draw(people, labels, key):
    """Draw a chunk at a time; what fills up the last chunk is thrown away."""
    n = len(labels)
    chunk = min(n, CHUNK)
    rows = jnp.arange(-(-n // chunk) * chunk).reshape(-1, chunk) % n
    keys = jax.random.split(key, n)

    def one(row):
        painting, lines = face_drawing.draw(people.size, labels[row], keys[row])
        return 2 * jnp.clip(lines if people.edges else painting, 0, 1) - 1

    x = jax.lax.map(jax.vmap(one), rows)
    return x.reshape(-1, *x.shape[2:])[:n]
