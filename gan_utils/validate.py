"""Argument checks: each returns what it was given, or raises a clear ValueError."""

import inspect
import os
from collections.abc import Mapping
from numbers import Integral, Real
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import cautions, room


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
    _not_empty(x, name)
    if dim is not None and x.shape[1] != dim:
        raise ValueError(
            f"{name} is {describe(x)}; expected {dim} coordinates a point. "
            "Likely cause: samples of another distribution."
        )
    return finite(x, name)


def images(x, name: str = "images", channels: int | None = None, whole: bool = True):
    """Check image data: (N, H, W, C), floating point, finite, in [-1, 1].

    Args:
        x: array to check.
        name: what to call it in the message.
        channels: expected number of channels, or None for any.
        whole: x is a set on its own, so warn when no value is below 0, as in images
            scaled to [0, 1]; see `below_0` for several sets.

    Raises:
        ValueError: naming the likely cause: labels instead of images, a missing
            channel axis, values 0..255, one channel against three.
    """
    x = array(x, name)
    if x.ndim != 4:
        cause = {
            1: "these look like labels; pass images.x, not images.y",
            2: "flattened images; reshape to (N, 28, 28, 1)",
            3: "the channel axis is missing; add it with x[..., None]",
        }.get(x.ndim, "another data layout")
        raise ValueError(
            f"{name} is {describe(x)}; expected shape (N, H, W, C). "
            f"Likely cause: {cause}."
        )
    _not_empty(x, name)
    if channels is not None and x.shape[-1] != channels:
        raise ValueError(
            f"{name} is {describe(x)}; expected {channels} channels in the last axis, "
            f"got {x.shape[-1]}. Likely cause: grey images against colour networks, "
            "or channels first: use (N, H, W, C)."
        )
    if not jnp.issubdtype(x.dtype, jnp.floating):
        raise ValueError(
            f"{name} is {describe(x)}; expected floating point in [-1, 1]. "
            "Likely cause: raw pixels 0..255; scale with x / 127.5 - 1."
        )
    finite(x, name)
    return image_range(x, name, whole)


def image_range(x, name: str = "images", whole: bool = True):
    """Check that pixel values lie in [-1, 1], with a little room for rounding.

    Warn when the whole set has none below 0. Tracers, such as what a generator makes
    inside jit, pass.

    Raises:
        ValueError: when they do not, naming the likely scaling mistake.
    """
    if is_traced(x):
        return x
    low, high = _bounds(x)
    if low < -1.001 or high > 1.001:
        cause = "raw pixels 0..255; scale with x / 127.5 - 1"
        if high <= 2:
            cause = "standardised pixels, or a network without tanh at its end"
        raise ValueError(
            f"{name} is {describe(x)}; expected values in [-1, 1]. "
            f"Likely cause: {cause}."
        )
    if whole:
        cautions.none_below_0({name: (low, high)})
    return x


def below_0(sets: dict) -> None:
    """Warn once of those sets of images, by name, that have no value below 0."""
    known = {name: x for name, x in sets.items() if not is_traced(x)}
    cautions.none_below_0({name: _bounds(x) for name, x in known.items()})


def _bounds(x) -> tuple[float, float]:
    values = np.asarray(x)  # np.min(x) would have JAX compile a program for the shape
    return float(values.min()), float(values.max())


def _not_empty(x, name: str):
    if x.shape[0] == 0:
        raise ValueError(
            f"{name} is empty: {describe(x)}. Likely cause: a selection that matched "
            "nothing."
        )


def count(value, name: str, minimum: int = 0) -> int:
    """Check a whole number that is at least `minimum`.

    Raises:
        ValueError: when it is not a whole number or is too small.
    """
    whole = isinstance(value, (Integral, np.integer)) and not isinstance(value, bool)
    if not whole or value < minimum:
        raise ValueError(
            f"{name} is {describe(value)}; "
            f"expected a whole number of {minimum} or more."
        )
    return int(value)


def named(values, name: str, some: bool = False) -> dict:
    """Check a dictionary, and with `some` that it holds something.

    Raises:
        ValueError: naming the argument and the likely cause.
    """
    if not isinstance(values, Mapping) or (some and not values):
        raise ValueError(
            f"{name} is {describe(values)}; expected a dictionary of name -> values. "
            'Likely cause: values without a name; write {"name": values}.'
        )
    return values


def function(value, name: str):
    """Check that a value can be called.

    Raises:
        ValueError: naming the argument and the likely cause.
    """
    if not callable(value):
        raise ValueError(
            f"{name} is {describe(value)}; expected a function. Likely cause: its name "
            "in quotes, or the value that it returned."
        )
    return value


def takes(value, arguments: tuple[str, ...], name: str, named: bool = True):
    """Check that a value is a function of these arguments and needs no other.

    Args:
        value: to be called later.
        arguments: what it will be given.
        name: what to call it in the message.
        named: they are given by name, else in this order.

    Raises:
        ValueError: naming what does not fit.
    """
    function(value, name)
    try:
        signature = inspect.signature(value)
    except (ValueError, TypeError):  # some builtins do not tell
        return value
    try:
        given = dict.fromkeys(arguments) if named else {}
        signature.bind(*(() if named else arguments), **given)
    except TypeError as error:
        raise ValueError(
            f"{name} takes {signature}, and what is there for it is "
            f"({', '.join(arguments)}); expected one for each of its arguments: "
            f"{error}."
        ) from None
    return value


def folder(value, name: str):
    """Check the path of a folder, which need not be there yet.

    Raises:
        ValueError: it is no path, or a file has the place of a folder in it.
    """
    if not isinstance(value, str | os.PathLike) or not str(value):
        raise ValueError(
            f"{name} is {describe(value)}; expected the path of a folder. Likely "
            "cause: arguments in another order."
        )
    path = Path(value)
    there = next((p for p in (path, *path.parents) if os.path.exists(p)), path)
    if os.path.isfile(there):
        which = "which is a file" if there == path else f"and {there} is a file"
        raise ValueError(
            f"{name} is {str(path)!r}, {which}; expected a folder. Likely cause: the "
            "path of a file in it."
        )
    return value


def switch(value, name: str, cause: str) -> bool:
    """Check that a value is True or False.

    Args:
        value: what was given.
        name: of the argument.
        cause: what may be there in its place.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, bool | np.bool_):
        raise ValueError(
            f"{name} is {describe(value)}; expected True or False. Likely cause: "
            f"{cause}."
        )
    return bool(value)


def draw(key_, n, shape: tuple[int, ...] = ()) -> None:
    """Check what every `sample(key, n)` takes.

    Raises:
        ValueError: key is no PRNG key, n no whole number of 0 or more, or n samples of
            that shape do not fit into memory.
    """
    key(key_, "key")
    room.require(count(n, "n"), shape)


def one_of(value, name: str, choices: tuple[str, ...]) -> str:
    """Check that a word is one of those that are known.

    Raises:
        ValueError: naming the argument and the choices.
    """
    if not isinstance(value, str) or value not in choices:
        expected = " or ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} is {describe(value)}; expected {expected}.")
    return value


def positive(value, name: str):
    """Check a real number (or array of them) above zero; tracers pass.

    Raises:
        ValueError: when a value is zero, negative, NaN or not a number.
    """
    return _real(value, name, "above 0", lambda v: (v > 0).all())


def not_negative(value, name: str):
    """Check a real number (or array of them) of zero or more; tracers pass.

    Raises:
        ValueError: when a value is negative, infinite, NaN or not a number.
    """
    holds = lambda v: ((v >= 0) & (v < np.inf)).all()  # noqa: E731
    return _real(value, name, "of 0 or more, and finite", holds)


def fraction(value, name: str):
    """Check a real number (or array of them) from 0 up to, not including, 1.

    Raises:
        ValueError: when a value is outside [0, 1), NaN or not a number.
    """
    return _real(value, name, "in [0, 1)", lambda v: ((v >= 0) & (v < 1)).all())


def _real(value, name, expected, holds):
    if is_traced(value):
        return value
    numeric = isinstance(value, Real) or hasattr(value, "dtype")
    try:
        numeric = numeric and holds(np.asarray(value, dtype=float))
    except (TypeError, ValueError, OverflowError):  # words, or 10**400
        numeric = False
    if not numeric:
        raise ValueError(f"{name} is {describe(value)}; expected a number {expected}.")
    return value


def key(value, name: str, many: bool = False):
    """Check that a value is a PRNG key, or with `many` an array of them.

    Raises:
        ValueError: naming the argument and the likely cause.
    """
    dtype, axes = getattr(value, "dtype", None), getattr(value, "ndim", -1)
    typed = dtype is not None and jnp.issubdtype(dtype, jax.dtypes.prng_key)
    raw = dtype is not None and not typed and dtype == np.uint32
    if not (typed or raw) or axes - raw != many:  # raw keys have an axis more
        expected = "keys, jax.random.split(key, members)," if many else "one key"
        raise ValueError(
            f"{name} is {describe(value)}; expected {expected} from jax.random.key(0). "
            "Likely cause: a seed in place of a key, or arguments in another order."
        )
    return value
