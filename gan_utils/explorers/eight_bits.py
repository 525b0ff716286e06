"""A network's numbers as a page keeps them: 8 bits a weight until it runs."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.networks.models import Factory, Variables
from gan_utils.training.recipes import quantised

Packed = dict[str, jax.Array]  # what `quantised.quantise` returns


class Generator(NamedTuple):
    """A generator with 8 bits a weight: what a page gets, and nothing finer."""

    network: Factory
    packed: Packed

    @property
    def variables(self) -> Variables:
        """Give its variables in float32."""
        return restored(self.network, self.packed)


def restored(network: Factory, packed: Packed) -> Variables:
    """Make a network's variables of 8-bit arrays, as a function that can be traced.

    The page does it once, when it opens, so that 8 bits travel and 32 compute.
    """
    return quantised.restore(network, unpacked(packed))


def unpacked(packed: Packed) -> dict[str, jax.Array]:
    """Make float32 arrays of 8-bit ones and their steps, by name."""
    return {
        name: _scaled(array, packed[name + quantised.STEP])
        if array.dtype == "int8"
        else array
        for name, array in packed.items()
        if not name.endswith(quantised.STEP)
    }


def _scaled(array: jax.Array, step: jax.Array) -> jax.Array:
    whole = jnp.asarray(array).astype("float32")
    return whole * jnp.asarray(step).reshape((1,) * (whole.ndim - 1) + (-1,))
