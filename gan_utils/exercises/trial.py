"""A trial of an attempt: what the diagnoses ask of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gan_utils.exercises import words
from gan_utils.exercises.answers import Outcome, agree, leaves, run
from gan_utils.exercises.exercise import Exercise


@dataclass(frozen=True)
class Trial:
    """An attempt with its cases and what came of them."""

    exercise: Exercise
    attempt: Callable  # the learner's function
    cases: list[tuple]  # arguments, one tuple a case
    expected: list[Outcome]  # the reference's
    got: list[Outcome]  # the attempt's

    @property
    def agrees(self) -> list[bool]:
        """Case by case, whether the attempt gave the expected answer."""
        pairs = zip(self.expected, self.got, strict=True)
        return [agree(self.exercise, expected, got) for expected, got in pairs]

    @property
    def first(self) -> int:
        """Index of the first case that went wrong; ValueError where none did."""
        return self.agrees.index(False)

    def again(self, args: tuple, function=None) -> Outcome:
        """Call the attempt, or another function, on new arguments."""
        return run(self.exercise.call, function or self.attempt, args)

    @property
    def inputs(self) -> list[str]:
        """Names of the arguments."""
        return words.argument_names(self.exercise.reference, self.cases[0])

    @property
    def given(self) -> str:
        """The arguments of `first`, in words."""
        return words.inputs(self.inputs, self.cases[self.first])

    @property
    def printed(self) -> str:
        """What the attempt printed: in `first`, else wherever it printed at all."""
        right = self.agrees
        order = sorted(range(len(right)), key=lambda index: right[index])
        texts = (self.got[index].printed for index in order)
        return next((text for text in texts if text.strip()), "")

    @property
    def answered(self) -> list[int]:
        """Indices of the cases that have an answer and should have one."""
        pairs = zip(self.expected, self.got, strict=True)
        return [i for i, (e, g) in enumerate(pairs) if not (e.error or g.error)]

    def numbers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return (expected, got) of answered cases; a tree of arrays becomes a row."""
        return [
            (_joined(self.expected[index].answer), _joined(self.got[index].answer))
            for index in self.answered
        ]


def _joined(answer) -> np.ndarray:
    arrays = [array for _, array in leaves(answer)]
    return arrays[0] if len(arrays) == 1 else np.concatenate([*map(np.ravel, arrays)])
