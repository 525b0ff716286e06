"""Batches: a pure function from (key, step) to the data of one update."""

import math
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import room, validate
from gan_utils.data.streams import DATA, stream


class Batch(NamedTuple):
    """Data of one update: `draws` independent batches, one for each inner step."""

    x: jax.Array  # (draws, B, ...)
    y: jax.Array | None = None  # (draws, B) labels
    z: jax.Array | None = None  # (moves, B, size) latents; None: drawn by the update


@partial(
    jax.tree_util.register_dataclass,
    data_fields=["source"],
    meta_fields=["batch_size", "draws"],
)
@dataclass(frozen=True)
class Batches:
    """A source of batches; a pytree, so that its arrays stay on the device.

    `batch(key, step)` is pure: the same key and step give the same data, so a resumed
    run replays exactly what it would have seen. Arrays are sampled with replacement.
    """

    source: Any  # a distribution, or a tuple (x, y) of arrays
    batch_size: int = 0
    draws: int = 1

    def batch(self, key: jax.Array, step) -> Batch:
        """Draw the data of one update.

        Args:
            key: PRNG key of the run.
            step: number of the update, 0 or more.

        Returns:
            Batch with x of shape (draws, B, ...).
        """
        return _batch(self, key, step)

    def draw(self, key: jax.Array, step) -> jax.Array:
        """Draw for one update: samples, or the row numbers of stored data.

        Args:
            key: PRNG key of the run.
            step: number of the update, 0 or more.

        Returns:
            Array of shape (draws, B, ...), of which `gather` makes a Batch.
        """
        key, shape = stream(key, step, DATA), (self.draws, self.batch_size)
        if hasattr(self.source, "sample"):
            x = self.source.sample(key, math.prod(shape))
            return x.reshape(shape + x.shape[1:])
        return jax.random.randint(key, shape, 0, self.source[0].shape[0])

    def gather(self, drawn: jax.Array) -> Batch:
        """Make the Batch of what `draw` returned."""
        if hasattr(self.source, "sample"):
            return Batch(drawn)
        x, y = self.source
        return Batch(x[drawn], None if y is None else y[drawn])


@jax.jit
def _batch(source: Batches, key, step) -> Batch:
    return source.gather(source.draw(key, step))


class Given(NamedTuple):
    """A source that gives the same batch whenever it is asked; it draws nothing."""

    given: Batch

    @property
    def batch_size(self) -> int:
        """Rows in a batch."""
        return self.given.x.shape[1]

    def batch(self, key: jax.Array, step) -> Batch:
        """Return the batch."""
        return self.given

    def draw(self, key: jax.Array, step) -> tuple:
        """Draw nothing."""
        return ()

    def gather(self, drawn: tuple) -> Batch:
        """Return the batch."""
        return self.given


def batches(source, batch_size: int, draws: int = 1) -> Batches:
    """Make batches from a distribution, an array, or images with labels.

    Args:
        source: object with `sample(key, n)`, an array (N, ...), or a pair (x, y) with
            labels y (N,) or one number for all. Images lie in [-1, 1].
        batch_size: rows in each batch, 1 or more, at most N for stored data.
        draws: batches in one update (an update with k critic steps needs k).

    Returns:
        Batches.

    Raises:
        ValueError: when stored data are empty, hold NaN, or are fewer than a batch.
    """
    validate.count(batch_size, "batch_size", minimum=1)
    room.require(batch_size, name="batch_size")
    validate.count(draws, "draws", minimum=1)
    if isinstance(source, Batches):
        return Batches(source.source, source.batch_size, draws)
    if hasattr(source, "sample") and not isinstance(source, type):
        _require_arrays(source)
        return Batches(source, batch_size, draws)
    pair = source if isinstance(source, tuple) else (source, None)
    if len(pair) != 2:
        raise ValueError(
            f"source is a tuple of {len(pair)}; expected an array or a pair (x, y). "
            "Likely cause: several arrays; join them with np.concatenate."
        )
    return Batches(_checked(*pair, batch_size), batch_size, draws)


def _require_arrays(source) -> None:
    """Refuse a source that a compiled update cannot take in."""
    for leaf in jax.tree.leaves(source):
        if not hasattr(leaf, "dtype") and not isinstance(leaf, int | float):
            kind = type(leaf).__name__
            raise ValueError(
                f"source holds a {kind}, which a compiled update cannot take in; "
                "expected a class whose arrays JAX knows. Likely cause: a class of "
                "your own; make it a frozen dataclass, and write above it "
                "@jax.tree_util.register_dataclass."
            )


def _checked(x, y, batch_size):
    x = validate.array(x, "source")
    y = None if y is None else validate.array(y, "the labels of source")
    if x.ndim in (3, 4):
        validate.images(x, "source")
    else:
        validate.points(x, "source")
    if batch_size > x.shape[0]:
        raise ValueError(
            f"batch_size is {batch_size}, but source holds {x.shape[0]} rows; expected "
            "a batch no larger than the data."
        )
    if y is not None and not y.ndim:
        y = np.full(len(x), y)
    if y is not None and y.shape[:1] != x.shape[:1]:
        raise ValueError(
            f"source has {len(x)} samples and labels of shape {y.shape}; expected one "
            "label a sample. Likely cause: labels of another set, or of another part."
        )
    return jnp.asarray(x, "float32"), None if y is None else jnp.asarray(y)
