"""The checker: runs an attempt on random cases and says what is wrong with it."""

import math
from collections.abc import Callable
from functools import lru_cache

from gan_utils.exercises import words
from gan_utils.exercises.answers import Outcome, agree, parted, run
from gan_utils.exercises.behaviour import changed_input
from gan_utils.exercises.diagnosis import diagnose
from gan_utils.exercises.exercise import Exercise, find
from gan_utils.exercises.stubs import is_empty
from gan_utils.exercises.trial import Trial
from gan_utils.exercises.verdict import Verdict, reached

NOT_STARTED = (
    "not started. Fill in the function above, then run this cell again (after a "
    "restart: Run > Run All Above Selected Cell first)."
)


def check(name: str, attempt: Callable) -> Verdict:
    """Grade an attempt by its behaviour on random inputs.

    Args:
        name: the exercise.
        attempt: the learner's function.

    Returns:
        A Verdict whose printed form says whether the attempt is right and, if not, what
        went wrong. The same attempt always gets the same verdict.

    Raises:
        ValueError: if there is no such exercise, or attempt cannot be called.
    """
    exercise = find(name)
    if not callable(attempt):
        raise ValueError(
            f"attempt is {attempt!r}; expected a function. "
            f"Likely cause: {name}(...) with brackets instead of {name}."
        )
    return grade(exercise, attempt)


def grade(exercise: Exercise, attempt: Callable) -> Verdict:
    """Grade an attempt at an exercise that need not be registered."""
    return reached(exercise.name, lambda: _grade(exercise, attempt))


def _grade(exercise: Exercise, attempt: Callable) -> Verdict:
    cases = exercise.draw_cases()
    first = run(exercise.call, attempt, cases[0])
    if _not_started(attempt, first):
        return Verdict(False, False, f"{exercise.name}: {NOT_STARTED}")
    expected = _outcomes(exercise, exercise.reference)
    if all(outcome.error for outcome in expected):
        raise expected[0].error  # the exercise is broken, not the attempt
    got = [first, *(run(exercise.call, attempt, args) for args in cases[1:])]
    got = [parted(e, g) for e, g in zip(expected, got, strict=True)]
    trial = Trial(exercise, attempt, cases, expected, got)
    message, mistake = changed_input(trial), None
    if not message and all(trial.agrees):
        return _properties(trial)
    if not message:
        mistake = _listed(exercise, got)
        message = mistake or diagnose(trial)
    text = f"{exercise.name}: {message}"
    return Verdict(False, True, text, mistake, trial.printed)


def _not_started(attempt: Callable, outcome: Outcome) -> bool:
    """Tell whether the stub is as it was: `...`, nothing, or NotImplementedError."""
    if outcome.error is not None:
        return isinstance(outcome.error, NotImplementedError)
    parts = outcome.answer if isinstance(outcome.answer, tuple) else (outcome.answer,)
    if parts and all(part is ... for part in parts):
        return True
    return outcome.answer is None and is_empty(attempt)


def _all_agree(exercise, expected: list[Outcome], got: list[Outcome]) -> bool:
    return all(agree(exercise, e, g) for e, g in zip(expected, got, strict=True))


def _properties(trial: Trial) -> Verdict:
    """Grade an attempt whose numbers are right by what else must hold."""
    name = trial.exercise.name
    for holds in trial.exercise.properties:
        outcome = run(lambda attempt, holds=holds: holds(attempt), trial.attempt, ())
        message, mistake = outcome.answer, outcome.answer
        if outcome.error is not None:
            hint = words.hint(outcome.error, trial.attempt, trial.cases[0])
            came = words.exception(outcome.error)
            message = f"right on all cases, but on other inputs it raised {came}{hint}"
        if message:
            printed = trial.printed or outcome.printed
            return Verdict(False, True, f"{name}: {message}", mistake, printed)
    text = f"{name}: right on all {len(trial.cases)} cases."
    return Verdict(True, True, text, printed=trial.printed)


def _listed(exercise: Exercise, got: list[Outcome]) -> str | None:
    """Return the message of the listed mistake that behaves like the attempt."""
    for mistake in exercise.mistakes:
        if _all_agree(exercise, _outcomes(exercise, mistake.wrong), got):
            return mistake.message
    return None


@lru_cache(maxsize=256)
def _outcomes(exercise: Exercise, known: Callable) -> list[Outcome]:
    """Run the reference or a mistake on the cases, the same at every check."""
    cases = exercise.draw_cases()
    return [run(exercise.call, known, args, math.inf) for args in cases]
