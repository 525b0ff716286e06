"""What came, in a few words."""

import jax
import jax.numpy as jnp
import numpy as np


def describe(x) -> str:
    """Describe a value in a few words: type, shape and, when known, its range.

    Args:
        x: any value; arrays and JAX tracers get their shape, arrays their range.

    Returns:
        For example ``"float32 array of shape (3, 2), range [0, 255]"``.
    """
    if isinstance(x, type) or not (hasattr(x, "shape") and hasattr(x, "dtype")):
        return " ".join(f"{type(x).__name__} {x!r}"[:200].split())[:80]
    text = f"{x.dtype} array of shape {tuple(x.shape)}"
    if is_traced(x) or x.size == 0 or not jnp.issubdtype(x.dtype, jnp.number):
        return text
    values = np.asarray(x)
    if np.isnan(values).any():
        return text + ", with NaN"
    return text + f", range [{values.min():.4g}, {values.max():.4g}]"


def is_traced(x) -> bool:
    """Tell whether a value, or a part of it, is a tracer: its numbers are not known."""
    return any(isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves(x))
