"""A limit on the time of a call that a learner wrote: any thread, any system."""

import contextvars
import ctypes
import math
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

WAIT = 6.0  # a call may last so many times its limit while the computer is busy
LOOK = 0.01  # seconds between two attempts to stop a call
GRACE = 1.0  # seconds of such attempts before it is left alone


class TooLong(Exception):
    """A call that did not end in time.

    Attributes:
        seconds: the time it had, in whole seconds.
        stopped: False when it goes on in the background, because it catches every
            exception, or works inside one long call that Python cannot enter.
        places: (file, line) of its calls when its time was over, innermost first.
    """

    def __init__(self, seconds: int, stopped: bool, places: list[tuple[str, int]]):
        super().__init__(f"the call did not end within {seconds} seconds.")
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
        seconds: of computing, by this process; where others keep the computer busy,
            or the call only waits, it may last WAIT times as long.
        call: takes no arguments.

    Raises:
        TooLong: the time was over.
        BaseException: what the call raised.
    """
    running, begin = _Running(call), time.monotonic()
    try:
        running.wait(seconds)
    except BaseException:  # somebody interrupts the caller
        running.stop()
        raise
    if running.alive and not running.came:
        places, lasted = running.places(), round(time.monotonic() - begin)
        raise TooLong(max(lasted, 1), running.stop(), places)
    answer, error = running.came[0]
    if error is not None:
        raise error
    return answer


class _Running:
    """A call in a thread; `came` holds (answer, exception) when it has ended."""

    def __init__(self, call):
        self.call, self.came, self._ended = call, [], threading.Event()
        context = contextvars.copy_context()
        work = threading.Thread(target=context.run, args=(self._work,), daemon=True)
        work.start()
        self._thread = work

    def _work(self) -> None:
        try:
            self.came.append((self.call(), None))
        except BaseException as error:
            self.came.append((None, error))
        finally:
            self._ended.set()

    @property
    def alive(self) -> bool:
        return not self._ended.is_set() and self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Wait for its end. (A thread whose `join` was interrupted counts as ended.)"""
        end, computed = time.monotonic() + WAIT * seconds, time.process_time() + seconds
        while self.alive and time.monotonic() < end and time.process_time() < computed:
            self._ended.wait(0.1)  # on Windows nothing interrupts it

    def stop(self, seconds: float = GRACE) -> bool:
        """Raise in it until it ends, for ever in the background if it must be."""
        end = time.monotonic() + seconds
        ident = ctypes.c_ulong(self._thread.ident)
        stop = ctypes.py_object(SystemExit)  # a thread that ends with it says nothing
        while self.alive and time.monotonic() < end:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, stop)
            self._ended.wait(LOOK)
        if self.alive:
            threading.Thread(target=self.stop, args=(math.inf,), daemon=True).start()
        return not self.alive

    def places(self) -> list[tuple[str, int]]:
        """Return (file, line) of its calls, innermost first."""
        frame, places = sys._current_frames().get(self._thread.ident), []
        while frame is not None:
            places.append((frame.f_code.co_filename, frame.f_lineno))
            frame = frame.f_back
        return places
