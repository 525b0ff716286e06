"""Progress in a log: lines half a minute apart, no carriage return."""

import io
import sys

from gan_utils import progress


def log(monkeypatch, terminal: bool = False):
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_a_log_gets_a_line_every_half_minute(monkeypatch):
    shown = log(monkeypatch)
    with progress.bar(total=1200, unit="step", leave=False) as bar:
        bar.start_t = bar.last_print_t = 0
        for second in range(1, 1201):  # of an invented clock
            bar._time = lambda second=second: second
            bar.update(1)
            bar.set_postfix(D="0.5", refresh=False)
    lines = shown.getvalue().splitlines()
    assert "\r" not in shown.getvalue() and "" not in lines
    assert len(lines) == 1 + 1200 / 30
    assert "1200/1200" in lines[-1] and "D=0.5" in lines[-2]


def test_no_progress_is_silent(monkeypatch):
    shown = log(monkeypatch)
    with progress.bar(total=2, disable=True) as bar:
        bar.update(2)
    assert shown.getvalue() == ""


def test_a_terminal_keeps_its_bar(monkeypatch):
    log(monkeypatch, terminal=True)
    assert not isinstance(progress.bar(total=1, disable=True), progress.Lines)
