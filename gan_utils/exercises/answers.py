"""Running an attempt and comparing what it returns with what was expected."""

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import jax
import numpy as np

from gan_utils.exercises import words
from gan_utils.exercises.quiet import quietly
from gan_utils.time_limit import TooLong, within

LONGEST = 10.0  # seconds of computing in one call of an attempt


@dataclass(frozen=True)
class Outcome:
    """What one call gave: an answer or the exception it raised, and what it printed."""

    answer: Any = None
    error: BaseException | None = None
    printed: str = ""


class Endless(Exception):
    """An attempt did not end; the text says so to the learner.

    Attributes:
        printed: what it had printed.
    """

    def __init__(self, words: str, printed: str):
        super().__init__(words)
        self.printed = printed


def run(
    call: Callable, attempt: Callable, args: tuple, seconds: float | None = None
) -> Outcome:
    """Call an attempt on its own copy of the arguments, without noise.

    Args:
        call: (attempt, *args) -> answer.
        attempt: the learner's function.
        args: arguments; numpy arrays are copied first.
        seconds: after which the call is stopped; LONGEST by default.

    Returns:
        The outcome; exceptions are caught, prints and warnings are kept off the page.

    Raises:
        Endless: the call did not end in time.
    """
    own = own_copy(args)

    def called() -> Outcome:
        try:
            with np.errstate(all="ignore"):
                answer = jax.block_until_ready(call(attempt, *own))
                jax.effects_barrier()  # jax.debug.print has printed by then
                return Outcome(answer=answer)
        except BaseException as error:  # SystemExit too
            return Outcome(error=error)

    with quietly(attempt) as page:
        try:
            outcome = within(LONGEST if seconds is None else seconds, called)
        except TooLong as late:
            if not late.stopped:
                page.over = True
                time.sleep(0.1)  # whoever prints has tried to by then
            raise Endless(words.endless(late, attempt), page.text()) from None
    return replace(outcome, printed=page.text())


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
    return [
        (f"answer{jax.tree_util.keystr(path)}", _array(leaf))
        for path, leaf in _flat(answer)
        if leaf is not None
    ]


def form(answer) -> list[tuple]:
    """Return the keys on the way to every part, and whether it is None.

    Lists, tuples and named tuples have one form; dictionaries are told by their keys.
    """
    return [
        (*(getattr(step, "key", None) for step in path), leaf is None)
        for path, leaf in _flat(answer)
    ]


def _flat(answer) -> list[tuple]:
    with warnings.catch_warnings():  # JAX warns of generators and their like
        warnings.simplefilter("ignore")
        return jax.tree_util.tree_flatten_with_path(
            answer, is_leaf=lambda part: part is None
        )[0]


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
    if exercise.compare is not None:  # it may call what the attempt returned
        compared = run(
            lambda _: exercise.compare(expected.answer, got.answer), agree, ()
        )
        return compared.error is None and bool(compared.answer)
    try:
        return form(expected.answer) == form(got.answer) and same_numbers(
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
