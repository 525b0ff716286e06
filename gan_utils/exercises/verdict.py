"""What the checker says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """The result of a check; its printed form is the message.

    Attributes:
        passed: whether the attempt is right.
        started: whether there was an attempt.
        message: what to tell the learner.
        mistake: the recognised mistake's message, or None.
    """

    passed: bool
    started: bool
    message: str
    mistake: str | None = None

    def __repr__(self) -> str:
        mark = "✓" if self.passed else "✗" if self.started else "○"
        return f"{mark} {self.message}"

    def __bool__(self) -> bool:
        return self.passed
