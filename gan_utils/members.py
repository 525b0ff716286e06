"""The axis of members: states are stacked, dealt out and joined on the host.

NumPy copies here what a jitted program would have to be compiled for, once for each
number of members.
"""

from collections.abc import Callable, Sequence
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


def stack(trees: Sequence):
    """Stack pytrees of arrays along a new leading axis of members."""
    return jax.tree.map(lambda *leaves: _host(np.stack, leaves), *trees)


def unstack(keys: jax.Array) -> list[jax.Array]:
    """List the PRNG keys of an array of them."""
    wrap = partial(jax.random.wrap_key_data, impl=jax.random.key_impl(keys))
    return [wrap(numbers) for numbers in np.asarray(jax.random.key_data(keys))]


def take(tree, rows: np.ndarray):
    """Take the members with the given numbers, shape (n,), from every array."""
    return jax.tree.map(lambda leaf: _host(lambda x: x[0][rows], [leaf]), tree)


def join(trees: Sequence, members: int, axis: int = 0):
    """Concatenate along the axis of members and drop what exceeds `members`."""

    kept = (slice(None),) * axis + (slice(members),)

    def concatenate(leaves):
        return np.concatenate(leaves, axis)[kept]

    return jax.tree.map(lambda *leaves: _host(concatenate, leaves), *trees)


def spread(count: int, value: jax.Array) -> jax.Array:
    """Give each of `count` members a number: the same one, or its own.

    Raises:
        ValueError: an array has another length.
    """
    if value.ndim == 0:
        return jnp.broadcast_to(value, (count,))
    if value.shape != (count,):
        raise ValueError(
            f"a hyper-parameter has shape {value.shape}; expected a number, or one for "
            f"each of the {count} members."
        )
    return value


def _host(change: Callable, leaves: Sequence[jax.Array]) -> jax.Array:
    """Apply a change of the leading axes to arrays, or to the numbers of PRNG keys."""
    if not jnp.issubdtype(leaves[0].dtype, jax.dtypes.prng_key):
        return jnp.asarray(change([np.asarray(leaf) for leaf in leaves]))
    numbers = change([np.asarray(jax.random.key_data(leaf)) for leaf in leaves])
    return jax.random.wrap_key_data(numbers, impl=jax.random.key_impl(leaves[0]))
