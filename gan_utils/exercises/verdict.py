"""What the checker says."""

from collections.abc import Callable
from dataclasses import dataclass

from gan_utils.exercises.answers import Endless


@dataclass(frozen=True)
class Verdict:
    """The result of a check; its printed form is the message.

    Attributes:
        passed: whether the attempt is right.
        started: whether there was an attempt.
        message: what to tell the learner.
        mistake: the recognised mistake's message, or None.
        printed: what the attempt printed in one of its calls.
    """

    passed: bool
    started: bool
    message: str
    mistake: str | None = None
    printed: str = ""

    def __repr__(self) -> str:
        mark = "✓" if self.passed else "✗" if self.started else "○"
        said = f"\nIt printed:\n{self.printed.rstrip()}" if self.printed.strip() else ""
        return f"{mark} {self.message}{said}"

    def __bool__(self) -> bool:
        return self.passed


class Interrupted(KeyboardInterrupt):
    """Somebody stopped a check; a notebook shows the sentence and no trace."""

    def _render_traceback_(self) -> list[str]:  # IPython asks for it
        return [str(self)]


def reached(name: str, judge: Callable[[], Verdict]) -> Verdict:
    """Return a verdict, also on an attempt that never ends.

    Args:
        name: what the message begins with.
        judge: reaches the verdict.

    Raises:
        Interrupted: somebody interrupted it by hand.
    """
    try:
        return judge()
    except Endless as stop:
        return Verdict(False, True, f"{name}: {stop}", printed=stop.printed)
    except KeyboardInterrupt:
        words = f"{name}: you interrupted the check, so there is no verdict."
        raise Interrupted(words) from None
