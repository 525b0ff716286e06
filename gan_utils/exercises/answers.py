"""Running an attempt and comparing what it returns with what was expected."""

import contextlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import jax
import numpy as np


@dataclass(frozen=True)
class Outcome:
    """What one call gave: an answer, or the exception it raised."""

    answer: Any = None
    error: Exception | None = None
    printed: str = ""


def run(call: Callable, attempt: Callable, args: tuple) -> Outcome:
    """Call an attempt on its own copy of the arguments, without noise.

    Args:
        call: (attempt, *args) -> answer.
        attempt: the learner's function.
        args: arguments; numpy arrays are copied first.

    Returns:
        The outcome; exceptions are caught, prints and warnings are kept off the page.
    """
    own = own_copy(args)
    printed = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(printed),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            return Outcome(answer=call(attempt, *own), printed=printed.getvalue())
    except Exception as error:
        return Outcome(error=error, printed=printed.getvalue())


def own_copy(args: tuple) -> tuple:
    """Copy the numpy arrays among the arguments, so that nobody can change ours."""
    copied = [
        leaf.copy() if isinstance(leaf, np.ndarray) else leaf
        for leaf in jax.tree.leaves(args)
    ]
    return jax.tree.unflatten(jax.tree.structure(args), copied)


def parted(expected: Outcome, got: Outcome) -> Outcome:
    """Take one array for a tuple of as many numbers, where a tuple is expected."""
    wanted, answer = expected.answer, got.answer
    if (
        isinstance(wanted, tuple)
        and isinstance(answer, np.ndarray | jax.Array)
        and np.shape(answer) == (len(wanted),)
        and all(np.shape(part) == () for part in wanted)
    ):
        return replace(got, answer=tuple(answer))
    return got


def leaves(answer) -> list[tuple[str, np.ndarray]]:
    """Flatten an answer into named numpy arrays.

    Args:
        answer: array, number or a pytree of them.

    Returns:
        List of (name, array); the name of a lone array is "answer".

    Raises:
        TypeError: if a leaf is no number.
    """
    flat, _ = jax.tree_util.tree_flatten_with_path(answer)
    return [
        (f"answer{jax.tree_util.keystr(path)}", _array(leaf)) for path, leaf in flat
    ]


def _array(leaf) -> np.ndarray:
    if isinstance(leaf, jax.Array) and jax.dtypes.issubdtype(
        leaf.dtype, jax.dtypes.prng_key
    ):
        leaf = jax.random.key_data(leaf)
    array = np.asarray(leaf)
    if array.dtype.kind not in "biufc" and array.dtype.name != "bfloat16":
        raise TypeError(f"expected numbers, got {type(leaf).__name__}")
    return array.astype(complex if array.dtype.kind == "c" else float)


def agree(exercise, expected: Outcome, got: Outcome) -> bool:
    """Tell whether two outcomes are the same, within the exercise's tolerances."""
    if expected.error is not None or got.error is not None:
        return repr(expected.error) == repr(got.error)
    if got.answer is None or got.answer is ...:
        return expected.answer is got.answer
    try:
        if exercise.compare is not None:
            return bool(exercise.compare(expected.answer, got.answer))
        return same_numbers(
            leaves(expected.answer), leaves(got.answer), exercise.rtol, exercise.atol
        )
    except Exception:
        return False


def same_numbers(expected, got, rtol: float, atol: float) -> bool:
    """Compare two flattened answers: shapes exactly, numbers within tolerance."""
    return len(expected) == len(got) and all(
        e.shape == g.shape and np.allclose(g, e, rtol, atol, equal_nan=True)
        for (_, e), (_, g) in zip(expected, got, strict=True)
    )
