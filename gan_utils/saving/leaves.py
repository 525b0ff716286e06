"""A state as named plain arrays, which a file can hold, and back."""

import jax
import jax.numpy as jnp
import numpy as np


def split(state, kinds: list[str] | None = None):
    """Split a state into named plain arrays and a function that puts them back.

    Args:
        state: any pytree of arrays; random keys become their numbers.
        kinds: of the keys, see `kinds_of_keys`; None for those that they are of. Where
            they differ the arrays have the shapes of these kinds.

    Returns:
        (arrays, rebuild): arrays by name, without the empty ones, and a function from
        such arrays to a state.
    """
    leaves, structure = jax.tree.flatten(state)
    named = iter(kinds_of_keys(state) if kinds is None else kinds)
    keys = [next(named) if _is_key(leaf) else None for leaf in leaves]
    whole = {
        f"{i:04d}": _key_data(leaf, kind) if kind else leaf
        for i, (leaf, kind) in enumerate(zip(leaves, keys, strict=True))
    }
    given = {name: leaf for name, leaf in whole.items() if leaf.size}  # orbax wants one

    def rebuild(plain):
        plain = whole | plain
        values = [_place(plain[name], array) for name, array in whole.items()]
        back = [
            jax.random.wrap_key_data(v, impl=kind) if kind else v
            for v, kind in zip(values, keys, strict=True)
        ]
        return jax.tree.unflatten(structure, back)

    return given, rebuild


def kinds_of_keys(state) -> list[str]:
    """List of what kind each key of a state is; JAX_DEFAULT_PRNG_IMPL has the names."""
    keys = filter(_is_key, jax.tree.leaves(state))
    return [str(jax.random.key_impl(key)) for key in keys]


def _is_key(leaf) -> bool:
    return jax.dtypes.issubdtype(leaf.dtype, jax.dtypes.prng_key)


def _key_data(key, kind: str):
    """Return the numbers of a key, or room for those of another kind of key."""
    if kind == str(jax.random.key_impl(key)):
        return jax.random.key_data(key)
    room = jax.random.key_data(jax.random.key(0, impl=kind)).shape
    return jnp.zeros((*key.shape, *room), "uint32")


def _place(numbers, given):
    """Leave an array free to move if the given one is: tied ones compile anew."""
    free = not getattr(given, "committed", False)
    return jnp.asarray(np.asarray(numbers)) if free else numbers
