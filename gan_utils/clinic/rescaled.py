"""Data on another scale than the generator's output."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np


@partial(
    jax.tree_util.register_dataclass,
    data_fields=["source"],
    meta_fields=["factor", "offset"],
)
@dataclass(frozen=True, eq=False)
class Rescaled:
    """Data as factor * x + offset; a source of batches."""

    source: Any  # a distribution, or an array (N, ...)
    factor: float
    offset: float

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n samples with replacement, shape (n, ...)."""
        return self.factor * draw(self.source, key, n) + self.offset


def draw(source: Any, key: jax.Array, n: int) -> jax.Array:
    """Draw n samples from a distribution, or n rows of an array.

    Args:
        source: object with `sample(key, n)`, an array (N, ...), or a pair (x, y).
        key: PRNG key.
        n: number of samples; rows of an array repeat.

    Returns:
        Array (n, ...).
    """
    if hasattr(source, "sample"):
        return source.sample(key, n)
    x = source[0] if isinstance(source, tuple) else source
    rows = jax.random.randint(key, (n,), 0, len(x))
    if isinstance(x, np.ndarray) and not isinstance(rows, jax.core.Tracer):
        return jnp.asarray(x[np.asarray(rows)])
    return jnp.asarray(x)[rows]
