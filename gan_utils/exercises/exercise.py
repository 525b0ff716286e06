"""What an exercise is, and the list of all of them.

A new one is a file in `nbXX/` that registers it, which the `__init__` of that folder
imports; `registry` finds the folders.
"""

import difflib
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gan_utils import validate


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that learners give, and what to tell them."""

    wrong: Callable  # behaves as the mistaken function does
    message: str  # names the mistake and says what to do


@dataclass(frozen=True)
class Exercise:
    """A task whose answer is graded by its behaviour.

    Attributes:
        name: what `check` calls it.
        notebook: two digits.
        difficulty: 1 to 5.
        minutes: expected time.
        reference: a right answer.
        cases: numpy Generator -> list of argument tuples.
        mistakes: recognised wrong answers, at least three; `wrong` adds one.
        rtol, atol: tolerances on every number.
        compare: (expected, got) -> bool, in place of comparing the numbers.
        properties: functions attempt -> message, empty when the property holds; they
            run once the numbers agree.
        call: (attempt, *args) -> answer, for attempts that are not called directly.
    """

    name: str
    notebook: str
    difficulty: int
    minutes: int
    reference: Callable
    cases: Callable[[np.random.Generator], list[tuple]]
    mistakes: list[Mistake] = field(default_factory=list, hash=False)
    rtol: float = 1e-4
    atol: float = 1e-6
    compare: Callable[[Any, Any], bool] | None = None
    properties: tuple[Callable[[Callable], str], ...] = ()
    call: Callable = field(default=lambda attempt, *args: attempt(*args))

    def wrong(self, function: Callable, message: str) -> None:
        """Add a wrong answer that learners give.

        Args:
            function: behaves as the mistaken one does.
            message: names the mistake and says what to do.
        """
        self.mistakes.append(Mistake(function, message))

    def draw_cases(self, seed: int = 0) -> list[tuple]:
        """Return the argument tuples: random, and the same at every call."""
        return [tuple(case) for case in self.cases(np.random.default_rng(seed))]


_EXERCISES: dict[str, Exercise] = {}


def register(exercise: Exercise) -> Exercise:
    """Enter an exercise in the list.

    Raises:
        ValueError: if another exercise has its name, or its difficulty is not 1 to 5.
    """
    other = _EXERCISES.get(exercise.name)
    if other is not None and other.notebook != exercise.notebook:
        raise ValueError(
            f"name {exercise.name!r} is taken by notebook {other.notebook}; "
            "expected a name of its own."
        )
    if not 1 <= exercise.difficulty <= 5:
        raise ValueError(
            f"difficulty is {exercise.difficulty}; expected a whole number from 1 to 5."
        )
    _EXERCISES[exercise.name] = exercise
    return exercise


def registry() -> dict[str, Exercise]:
    """Import the exercises of every notebook and return them by name."""
    package = importlib.import_module(__package__)
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.startswith("nb"):
            importlib.import_module(f"{__package__}.{module.name}")
    return dict(_EXERCISES)


def find(name: str) -> Exercise:
    """Return the exercise of that name.

    Raises:
        ValueError: if there is none; the message lists those there are.
    """
    if callable(name):
        raise ValueError(
            f"name is {validate.describe(name)}; expected the exercise's name in "
            "quotes. Likely cause: arguments in another order: check(name, function)."
        )
    if name not in _EXERCISES:
        registry()
    if name not in _EXERCISES:
        close = difflib.get_close_matches(str(name), _EXERCISES, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise ValueError(
            f"there is no exercise {name!r}.{hint} Expected one of "
            f"{sorted(_EXERCISES)}."
        )
    return _EXERCISES[name]
