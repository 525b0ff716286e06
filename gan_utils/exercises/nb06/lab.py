"""The find-the-bug lab: hands out broken GANs and grades repairs by what they do."""

from collections.abc import Callable
from inspect import signature

import jax

from gan_utils import validate
from gan_utils.exercises import words
from gan_utils.exercises.answers import run
from gan_utils.exercises.nb06.bugs import BUGS, Bug
from gan_utils.exercises.nb06.experiments import remaining_symptom
from gan_utils.exercises.nb06.world import World, play, start
from gan_utils.exercises.verdict import Verdict, reached

LONGEST = 30.0  # seconds of computing: several programs are compiled


def bug(number: int) -> Bug:
    """Return a broken GAN.

    Args:
        number: 1 to 10.

    Raises:
        ValueError: for another number.
    """
    if validate.count(number, "number", minimum=1) > len(BUGS):
        raise ValueError(f"number is {number}; expected 1 to {len(BUGS)}.")
    return BUGS[number - 1]


def text(number: int) -> str:
    """Return the text of a broken part, to edit in a cell."""
    return bug(number).broken


def check(number: int, attempt: Callable) -> Verdict:
    """Train a small GAN with an attempt in the broken part's place and grade the run.

    Any repair counts that makes the GAN work, another loss or another scale too. The
    text is not looked at.

    Args:
        number: of the bug, 1 to 10.
        attempt: the learner's function.

    Returns:
        A Verdict whose printed form says what still goes wrong.

    Raises:
        ValueError: for an unknown number, or when attempt is no function.
    """
    broken = bug(number)
    if not callable(attempt):
        raise ValueError(
            f"attempt is {attempt!r}; expected the function {broken.part}. Likely "
            f"cause: {broken.part}(...) with brackets."
        )
    return reached(f"bug {number}", lambda: _grade(number, broken, attempt))


def _grade(number: int, broken: Bug, attempt: Callable) -> Verdict:
    traced = run(_traced, attempt, (broken.part,))  # an endless loop ends here
    outcome = run(_graded, attempt, (broken.part,), LONGEST)
    name, mistake = f"bug {number}", outcome.answer
    printed = traced.printed or outcome.printed
    if outcome.error is not None:
        part = getattr(World(), broken.part)
        hint = words.hint(outcome.error, attempt, tuple(signature(part).parameters))
        text = f"the GAN does not run. {words.exception(outcome.error)}{hint}"
        return Verdict(False, True, f"{name}: {text}", printed=printed)
    if mistake:
        return Verdict(False, True, f"{name}: {mistake}", mistake, printed)
    text = f"{name}: repaired. {broken.named}"
    return Verdict(True, True, text, printed=printed)


def _traced(attempt: Callable, part: str) -> None:
    """Call every part once, and compute nothing."""
    jax.eval_shape(lambda: play(_world(attempt, part), start(), True))


def _graded(attempt: Callable, part: str) -> str:
    return remaining_symptom(_world(attempt, part))


def _world(attempt: Callable, part: str) -> World:
    return World()._replace(**{part: attempt})
