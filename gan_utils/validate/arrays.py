"""Arrays of numbers: points, rows of samples, labels."""

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.validate.describing import describe, is_traced


def array(x, name: str = "x"):
    """Turn lists and tables of numbers into an array; arrays come back as they are.

    Raises:
        ValueError: it holds something else than real numbers.
    """
    given = x
    if np.ma.is_masked(x):
        raise ValueError(
            f"{name} is {describe(x)}, {np.ma.count_masked(x)} of them masked; "
            "expected numbers alone, since JAX does not see a mask. Likely cause: "
            f"holes in the data; fill them, {name}.filled(0), or leave out their rows."
        )
    if not isinstance(x, jax.Array | np.ndarray):
        try:
            x = np.asarray(x)
        except Exception:  # rows of different lengths, and what a type may raise
            x = np.asarray(None)
    if not any(jnp.issubdtype(x.dtype, kind) for kind in (jnp.integer, jnp.floating)):
        raise ValueError(
            f"{name} is {describe(given)}; expected an array of real numbers. Likely "
            "cause: nothing or text in place of numbers, rows of different lengths, or "
            "a generator or dictionary that holds the array."
        )
    return x


def labels(y, classes: int, shape: tuple[int, ...], name: str = "y"):
    """Return labels that a conditional pair can read; one number is for all samples.

    Args:
        y: whole numbers from 0 to classes - 1, of that shape, or one number.
        classes: how many there are.
        shape: of the samples' labels, such as (N,).
        name: what to call them in the message.

    Returns:
        Array of that shape; of tracers, whose numbers are not known, only the shape is
        checked.

    Raises:
        ValueError: they are not whole numbers from 0 to classes - 1, one a sample.
    """
    given, y = y, array(y, name)
    if not y.ndim:
        y = jnp.broadcast_to(y, shape) if is_traced(y) else np.full(shape, y)
    whole = jnp.issubdtype(y.dtype, jnp.integer)
    known = whole and not is_traced(y) and y.size
    low, high = (np.asarray(y).min(), np.asarray(y).max()) if known else (0, 0)
    if not whole or low < 0 or high >= classes or y.shape != shape:
        cause = "more or fewer labels than samples"
        if y.ndim == len(shape) + 1:
            cause = "one-hot labels; take y.argmax(-1)"
        elif not whole:
            cause = 'labels as fractions; take y.astype("int32")'
        elif low < 0 or high >= classes:
            cause = "labels counted from 1, or a class that was not trained"
        raise ValueError(
            f"{name} has labels {describe(given)}; expected whole numbers from 0 to "
            f"{classes - 1}, shape {shape}, or one number for all. Likely cause: "
            f"{cause}."
        )
    return y


def rows(x, shape: tuple[int, ...], name: str):
    """Return an array of samples or latents, shape (N, *shape).

    Raises:
        ValueError: it holds no numbers, or has another shape.
    """
    x = array(x, name)
    if x.ndim != len(shape) + 1 or x.shape[1:] != shape or not len(x):
        expected = ", ".join(("N", *map(str, shape)))
        raise ValueError(
            f"{name} is {describe(x)}; expected shape ({expected}). Likely "
            f"cause: the axis of rows is missing, x[None] for one row, or {name} of "
            "another GAN."
        )
    return x


def finite(x, name: str = "x"):
    """Check that an array holds no NaN and no infinity.

    Raises:
        ValueError: naming the argument and how many values are not finite.
    """
    if is_traced(x):
        return x
    values = np.asarray(x)
    if np.issubdtype(values.dtype, np.inexact) and not np.isfinite(values).all():
        bad = int((~np.isfinite(values)).sum())
        raise ValueError(
            f"{name} holds {bad} values that are NaN or infinite, of {values.size}. "
            "Likely cause: an earlier step diverged, or a logarithm of zero."
        )
    return x


def points(x, name: str = "points", dim: int | None = None):
    """Check an (N, dim) array of points.

    Args:
        x: array to check.
        name: what to call it in the message.
        dim: expected number of coordinates, or None for any.

    Raises:
        ValueError: when the rank, the size, the dtype or a value is wrong.
    """
    x = array(x, name)
    if x.ndim != 2:
        hint = " Use x[:, None] for points on a line." if x.ndim == 1 else ""
        raise ValueError(
            f"{name} is {describe(x)}; expected shape (N, dim), one row a point.{hint}"
        )
    not_empty(x, name)
    if dim is not None and x.shape[1] != dim:
        raise ValueError(
            f"{name} is {describe(x)}; expected {dim} coordinates a point. "
            "Likely cause: samples of another distribution."
        )
    return finite(x, name)


def not_empty(x, name: str):
    """Check that an array has a row.

    Raises:
        ValueError: it has none.
    """
    if x.shape[0] == 0:
        raise ValueError(
            f"{name} is empty: {describe(x)}. Likely cause: a selection that matched "
            "nothing."
        )
