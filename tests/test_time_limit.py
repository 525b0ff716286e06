"""A limit on a call's time: what is stopped, what is not, and who is told."""

import _thread
import contextvars
import threading
import time

import pytest

from gan_utils.time_limit import TooLong, within


def loop():
    while True:
        pass


def loop_that_swallows():
    while True:
        try:
            len("")
        except BaseException:
            continue


def loop_with_an_end():
    try:
        loop()
    finally:
        return 3  # noqa: B012


LOOPS = pytest.mark.parametrize("call", [loop, loop_that_swallows, loop_with_an_end])


@LOOPS
def test_a_loop_without_end_is_stopped(call):
    with pytest.raises(TooLong, match=r"within [1-9] seconds") as late:
        within(0.2, call)
    assert late.value.stopped
    assert late.value.line_in("elsewhere.py") is None
    first = loop.__code__.co_firstlineno
    assert first < late.value.line_in(__file__) < first + 22


@LOOPS
def test_it_works_in_any_thread(call):
    came = []

    def work():
        try:
            within(0.2, call)
        except TooLong as late:
            came.append(late.stopped)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert came == [True]


def test_what_waits_in_one_call_is_left_alone_and_ends_after_it():
    began = []

    def call():
        began.append(threading.current_thread())
        time.sleep(5)
        began.append("went on")

    with pytest.raises(TooLong) as late:
        within(0.1, call)
    assert not late.value.stopped and began[0].is_alive()
    began[0].join(10)
    assert len(began) == 1 and not began[0].is_alive()


def test_a_busy_computer_gives_more_time(monkeypatch):
    monkeypatch.setattr(time, "process_time", lambda: 0.0)  # others have the cores

    def call():
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            pass
        return "right"

    assert within(0.2, call) == "right"
    with pytest.raises(TooLong):
        within(0.05, call)


def test_answers_exceptions_and_the_context_pass_through():
    mark = contextvars.ContextVar("mark", default=0)
    mark.set(7)
    assert within(5, mark.get) == 7
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 / 0)
    with pytest.raises(SystemExit):
        within(5, exit)


def test_an_interruption_reaches_the_caller_and_ends_the_call():
    began = []

    def call():
        began.append(threading.current_thread())
        loop()

    threading.Timer(0.5, _thread.interrupt_main).start()
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        within(30, call)
    began[0].join(5)
    assert not began[0].is_alive() and time.monotonic() - begin < 10


def test_a_call_costs_little():
    begin = time.perf_counter()
    for _ in range(100):
        within(5, int)
    assert time.perf_counter() - begin < 2
