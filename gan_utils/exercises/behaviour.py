"""Faults in how an attempt behaves: what it raises, returns, changes or ignores."""

import jax
import numpy as np

from gan_utils.exercises import words
from gan_utils.exercises.answers import agree, own_copy, run
from gan_utils.exercises.trial import Trial


def raised(trial: Trial) -> str:
    """Explain an exception, or one that should have come."""
    for index, fine in enumerate(trial.agrees):
        got, expected = trial.got[index].error, trial.expected[index].error
        given = words.inputs(trial.inputs, trial.cases[index])
        if got is not None and not fine:
            hint = words.hint(got, trial.attempt, trial.cases[index])
            came = words.exception(got)
            return f"your function raised {came} It was called with {given}.{hint}"
        if expected is not None and not fine:
            kind = type(expected).__name__
            return f"expected a {kind} for {given}; your function returned an answer."
    return ""


def nothing(trial: Trial) -> str:
    """Explain an answer of None."""
    got = trial.got[trial.first]
    if got.answer is not None:
        return ""
    if got.printed.strip():
        return (
            "your function prints its answer instead of returning it. Replace "
            "print(...) with return ...; other code can use only what is returned."
        )
    return "your function computes but returns nothing. Is a return missing at the end?"


def changed_input(trial: Trial) -> str:
    """Notice an attempt that writes into its arguments."""
    mutable = np.ndarray | dict | list
    if not any(isinstance(arg, mutable) for arg in trial.cases[0]):
        return ""  # JAX's arrays cannot be changed
    args = own_copy(trial.cases[0])
    before = own_copy(args)
    _call_in_place(trial, args)
    for name, old, new in zip(trial.inputs, before, args, strict=False):
        if isinstance(old, mutable) and not _equal(old, new):
            return (
                f"your function changes its argument {name} in place. Work on a copy, "
                f"or write {name} = {name} + ... instead of {name} += ..."
            )
    return ""


def _equal(old, new) -> bool:
    """Tell whether two nested structures hold the same numbers."""
    if jax.tree.structure(old) != jax.tree.structure(new):
        return False
    pairs = zip(jax.tree.leaves(old), jax.tree.leaves(new), strict=True)
    return all(np.array_equal(one, two, equal_nan=True) for one, two in pairs)


def _call_in_place(trial: Trial, args: tuple) -> None:
    """Call the attempt on these very arguments."""
    run(lambda attempt: trial.exercise.call(attempt, *args), trial.attempt, ())


def not_repeatable(trial: Trial) -> str:
    """Notice an attempt that answers differently when asked again."""
    index = trial.first
    again = trial.again(trial.cases[index])
    if agree(trial.exercise, trial.got[index], again):
        return ""
    return (
        "your function gives different answers to the same inputs. Draw randomness "
        "only from the key or the numbers that it is given."
    )


def ignores(trial: Trial) -> str:
    """Find an argument that changes the right answer but not the attempt's."""
    dead, others = [], trial.exercise.draw_cases(seed=1)
    for index, name in enumerate(trial.inputs):
        mixed = [
            (case, _with(case, index, other[index]))
            for case, other in zip(trial.cases, others, strict=False)
            if words.alike(case[index], other[index])
        ]
        if any(_ignored(trial, *pair) for pair in mixed) and all(
            _unchanged(trial, *pair) for pair in mixed
        ):
            dead.append(name)
    if not dead:
        return ""
    which = "they" if len(dead) > 1 else "it"
    return (
        f"your answer does not depend on {' or '.join(dead)}; the right one does. "
        f"Where should {which} enter?"
    )


def _unchanged(trial: Trial, case: tuple, changed: tuple, function=None) -> bool:
    answers = [trial.again(args, function) for args in (case, changed)]
    return agree(trial.exercise, *answers)


def _ignored(trial: Trial, case: tuple, changed: tuple) -> bool:
    reference = trial.exercise.reference
    same = _unchanged(trial, case, changed)
    return same and not _unchanged(trial, case, changed, reference)


def swapped(trial: Trial) -> str:
    """Recognise an attempt that is right once two arguments change places."""
    count = len(trial.cases[0])
    for one in range(count):
        for two in range(one + 1, count):
            if _right_when_swapped(trial, one, two):
                first, second = trial.inputs[one], trial.inputs[two]
                return f"your function has {first} and {second} the wrong way round."
    return ""


def _right_when_swapped(trial: Trial, one: int, two: int) -> bool:
    for case, got in zip(trial.cases, trial.got, strict=True):
        if not words.alike(case[one], case[two]):
            return False
        changed = _with(_with(case, one, case[two]), two, case[one])
        expected = trial.again(changed, trial.exercise.reference)
        if expected.error is not None or not agree(trial.exercise, expected, got):
            return False
    return True


def _with(case: tuple, index: int, value) -> tuple:
    return (*case[:index], value, *case[index + 1 :])
