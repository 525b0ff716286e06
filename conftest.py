"""Settings of every test run, and the time table of the notebooks at its end."""

import os
from collections import Counter

from gan_utils import compilation

# What a test sees must not depend on an earlier run.
if compilation.SWITCH not in os.environ:
    compilation.share_new_cache()

SECONDS: Counter[str] = Counter()


def pytest_runtest_logreport(report):
    name = report.nodeid.split("::")[0]
    if name.endswith(".ipynb"):
        SECONDS[name] += report.duration


def pytest_terminal_summary(terminalreporter):
    if not SECONDS:
        return
    terminalreporter.section("seconds per notebook")
    for name, seconds in sorted(SECONDS.items()):
        terminalreporter.write_line(f"{name:44} {seconds:7.1f}")
    terminalreporter.write_line(f"{'all notebooks':44} {sum(SECONDS.values()):7.1f}")
