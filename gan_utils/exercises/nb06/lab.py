"""The find-the-bug lab: hands out broken GANs and grades repairs by what they do."""

from collections.abc import Callable

from gan_utils import validate
from gan_utils.exercises import words
from gan_utils.exercises.answers import run
from gan_utils.exercises.nb06.bugs import BUGS, Bug
from gan_utils.exercises.nb06.experiments import remaining_symptom
from gan_utils.exercises.nb06.world import World
from gan_utils.exercises.verdict import Verdict


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
    outcome = run(_graded, attempt, (broken.part,))
    name = f"bug {number}"
    if outcome.error is not None:
        hint = words.hint(outcome.error, attempt, ())
        came = f"{type(outcome.error).__name__}: {outcome.error}".split("\n")[0][:200]
        return Verdict(False, True, f"{name}: the GAN does not run. {came}.{hint}")
    if outcome.answer:
        return Verdict(False, True, f"{name}: {outcome.answer}", outcome.answer)
    return Verdict(True, True, f"{name}: repaired. {broken.named}")


def _graded(attempt: Callable, part: str) -> str:
    return remaining_symptom(World()._replace(**{part: attempt}))
