"""What an attempt may not do while it is checked: fill the page, warn, ask, leave."""

import builtins
import contextlib
import io
import threading
import warnings
from collections.abc import Callable, Iterator

LINES, CHARACTERS = 20, 2000  # of what an attempt prints, as far as it is kept
LEAVE = {"ExitAutocall", "ZMQExitAutocall", "Quitter"}  # what `exit` and `quit` are


class Page(io.TextIOBase):
    """A page that keeps the beginning of what is printed on it, however much that is.

    Attributes:
        over: whoever prints now waits for ever: it is a call that nothing stopped.
    """

    def __init__(self):
        self._kept, self._count, self.over = "", 0, False

    def writable(self) -> bool:
        """Say that it can be written on."""
        return True

    def write(self, text: str) -> int:
        """Take a text; only its beginning is kept."""
        if self.over:
            threading.Event().wait()
        self._kept += text[: CHARACTERS - len(self._kept)]
        self._count += len(text)
        return len(text)

    def text(self) -> str:
        """Return what was printed, cut after LINES lines or CHARACTERS characters."""
        lines = self._kept.splitlines()
        if self._count <= CHARACTERS and len(lines) <= LINES:
            return self._kept
        return "\n".join([*lines[:LINES], "... and more"])


@contextlib.contextmanager
def quietly(attempt: Callable) -> Iterator[Page]:
    """Keep prints and warnings off the page; `input` and `exit` raise.

    Args:
        attempt: the learner's function; the names of its notebook are looked at.
    """
    page, names = Page(), getattr(attempt, "__globals__", {})
    with (
        contextlib.redirect_stdout(page),
        warnings.catch_warnings(),
        _replaced(vars(builtins), "input", _input),
        contextlib.ExitStack() as leaving,
    ):
        for space in (vars(builtins), names):
            for name in ("exit", "quit"):
                if type(space.get(name)).__name__ in LEAVE:
                    leaving.enter_context(_replaced(space, name, _exit))
        warnings.simplefilter("ignore")
        yield page


@contextlib.contextmanager
def _replaced(space: dict, name: str, value) -> Iterator[None]:
    before = space[name]
    space[name] = value
    try:
        yield
    finally:
        space[name] = before


def _input(prompt="") -> str:
    raise RuntimeError("input() has nobody to ask while a function is checked")


def _exit(code=None) -> None:
    raise SystemExit(*([] if code is None else [code]))
