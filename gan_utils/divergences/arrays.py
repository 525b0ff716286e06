"""One code for NumPy and JAX: NumPy input stays NumPy, and so keeps its float64."""

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate


def namespace(*arrays):
    """Choose jax.numpy when any argument is a JAX array, and numpy otherwise."""
    return jnp if any(isinstance(a, jax.Array) for a in arrays) else np


def probabilities(p, q):
    """Check two arrays of probabilities over the same K outcomes.

    Args:
        p: (..., K), not negative, sums to 1 over the last axis.
        q: the same shape as p.

    Returns:
        The namespace, and both arrays as floating point.

    Raises:
        ValueError: when shapes differ, a value is NaN or negative, or a sum is not 1.
    """
    xp = namespace(p, q)
    p, q = xp.asarray(validate.array(p, "p")), xp.asarray(validate.array(q, "q"))
    p, q = (a if xp.issubdtype(a.dtype, xp.floating) else a * 1.0 for a in (p, q))
    if p.shape != q.shape or p.ndim == 0:
        raise ValueError(
            f"p is {validate.describe(p)} and q is {validate.describe(q)}; expected "
            "equal shapes (..., K). Likely cause: histograms with different bins."
        )
    return xp, _normalised(p, "p"), _normalised(q, "q")


def _normalised(p, name):
    if validate.is_traced(p):
        return p
    validate.finite(p, name)
    validate.not_negative(p, name)
    tolerance = 1e-6 if p.dtype == np.float64 else 1e-3
    totals = np.asarray(p).sum(-1)
    worst = totals.ravel()[np.abs(totals - 1).argmax()]
    if abs(worst - 1) > tolerance:
        raise ValueError(
            f"{name} sums to {worst:.6g} over its last axis; expected 1. Likely cause: "
            "counts, or densities not multiplied by the cell size. Divide by the sum."
        )
    return p


def samples(x, y):
    """Check two sets of points (N, dim) and (M, dim).

    Returns:
        The namespace, and both arrays as floating point.

    Raises:
        ValueError: when a shape or a value is wrong.
    """
    xp = namespace(x, y)
    x, y = xp.asarray(validate.array(x, "x")), xp.asarray(validate.array(y, "y"))
    x, y = (a if xp.issubdtype(a.dtype, xp.floating) else a * 1.0 for a in (x, y))
    validate.points(x, "x")
    validate.points(y, "y", dim=x.shape[1])
    return xp, x, y
