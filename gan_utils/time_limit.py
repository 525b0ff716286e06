"""A limit on the time of a call that a learner wrote: any thread, any system."""

import contextvars
import ctypes
import math
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

LOOK = 0.01  # seconds between two attempts to stop a call
GRACE = 1.0  # seconds of such attempts before it is left alone


class TooLong(Exception):
    """A call that did not end in time.

    Attributes:
        seconds: the time it had.
        stopped: False when it goes on in the background, because it catches every
            exception, or works inside one long call that Python cannot enter.
        places: (file, line) of its calls when its time was over, innermost first.
    """

    def __init__(self, seconds: float, stopped: bool, places: list[tuple[str, int]]):
        super().__init__(f"the call did not end within {seconds:g} seconds.")
        self.seconds, self.stopped, self.places = seconds, stopped, places

    def line_in(self, file: str) -> int | None:
        """Return the line of that file in which the call was, None when in none."""
        return next((line for name, line in self.places if name == file), None)


def within(seconds: float, call: Callable[[], Any]) -> Any:
    """Return what a call returns, or stop it when its time is over.

    The call runs in a thread of its own, with a copy of the context. So the caller is
    free again even when nothing stops the call, and an interruption by hand reaches the
    caller. One thing is beyond reach: a single call of C that lets no other thread run,
    such as `10**10**9`; then the limit comes when that call ends.

    Args:
        seconds: the limit.
        call: takes no arguments.

    Raises:
        TooLong: the time was over.
        BaseException: what the call raised.
    """
    came = []

    def work():
        try:
            came.append((call(), None))
        except BaseException as error:
            came.append((None, error))

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(work,), daemon=True)
    thread.start()
    try:
        _wait(thread, seconds)
    except BaseException:  # somebody interrupts the caller
        _stop(thread)
        raise
    if not came and thread.is_alive():
        places = _places(thread)
        raise TooLong(seconds, _stop(thread), places)
    answer, error = came[0]
    if error is not None:
        raise error
    return answer


def _wait(thread, seconds: float) -> None:
    end = time.monotonic() + seconds
    while thread.is_alive() and (left := end - time.monotonic()) > 0:
        thread.join(min(left, 0.1))  # on Windows nothing interrupts a longer wait


def _stop(thread, seconds: float = GRACE) -> bool:
    """Raise in a thread until it ends, for ever in the background if it must be."""
    end = time.monotonic() + seconds
    ident = ctypes.c_ulong(thread.ident)
    stop = ctypes.py_object(SystemExit)  # a thread that ends with it says nothing
    while thread.is_alive() and time.monotonic() < end:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, stop)
        thread.join(LOOK)
    if thread.is_alive():
        threading.Thread(target=_stop, args=(thread, math.inf), daemon=True).start()
    return not thread.is_alive()


def _places(thread) -> list[tuple[str, int]]:
    frame, places = sys._current_frames().get(thread.ident), []
    while frame is not None:
        places.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return places
