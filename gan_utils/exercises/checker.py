"""The checker: runs an attempt on random cases and says what is wrong with it."""

from collections.abc import Callable
from functools import lru_cache

from gan_utils.exercises.answers import Outcome, agree, parted, run
from gan_utils.exercises.behaviour import changed_input
from gan_utils.exercises.diagnosis import diagnose
from gan_utils.exercises.exercise import Exercise, find
from gan_utils.exercises.stubs import is_empty
from gan_utils.exercises.trial import Trial
from gan_utils.exercises.verdict import Verdict


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
    cases = exercise.draw_cases()
    first = run(exercise.call, attempt, cases[0])
    if _not_started(attempt, first):
        message = "not started. Fill in the function above, then run this cell again."
        return Verdict(False, False, f"{exercise.name}: {message}")
    expected = _outcomes(exercise, exercise.reference)
    if all(outcome.error for outcome in expected):
        raise expected[0].error  # the exercise is broken, not the attempt
    got = [first, *(run(exercise.call, attempt, args) for args in cases[1:])]
    got = [parted(e, g) for e, g in zip(expected, got, strict=True)]
    trial = Trial(exercise, attempt, cases, expected, got)
    if message := changed_input(trial):
        return Verdict(False, True, f"{exercise.name}: {message}")
    if all(trial.agrees):
        return _properties(exercise, attempt, len(cases))
    mistake = _listed(exercise, got)
    message = mistake or diagnose(trial)
    return Verdict(False, True, f"{exercise.name}: {message}", mistake)


def _not_started(attempt: Callable, outcome: Outcome) -> bool:
    """Tell whether the stub is as it was: `...`, nothing, or NotImplementedError."""
    if outcome.error is not None:
        return isinstance(outcome.error, NotImplementedError)
    return outcome.answer is ... or (outcome.answer is None and is_empty(attempt))


def _all_agree(exercise, expected: list[Outcome], got: list[Outcome]) -> bool:
    return all(agree(exercise, e, g) for e, g in zip(expected, got, strict=True))


def _properties(exercise: Exercise, attempt: Callable, cases: int) -> Verdict:
    for holds in exercise.properties:
        if message := holds(attempt):
            return Verdict(False, True, f"{exercise.name}: {message}", message)
    return Verdict(True, True, f"{exercise.name}: right on all {cases} cases.")


def _listed(exercise: Exercise, got: list[Outcome]) -> str | None:
    """Return the message of the listed mistake that behaves like the attempt."""
    for mistake in exercise.mistakes:
        if _all_agree(exercise, _outcomes(exercise, mistake.wrong), got):
            return mistake.message
    return None


@lru_cache(maxsize=256)
def _outcomes(exercise: Exercise, known: Callable) -> list[Outcome]:
    """Run the reference or a mistake on the cases, the same at every check."""
    return [run(exercise.call, known, args) for args in exercise.draw_cases()]
