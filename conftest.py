"""Settings of every test run, and the time table of the notebooks at its end."""

import os
import tempfile
from collections import Counter
from pathlib import Path

from gan_utils import program_cache

SECONDS: Counter[str] = Counter()
LONG = ("test_widgets.py", "test_exercises.py", "test_training.py")  # a minute each

# What a test sees must not depend on an earlier run, nor on a program that another
# worker has written by half.
if program_cache.SWITCH not in os.environ:
    program_cache.share_new_cache()
elif os.environ[program_cache.SWITCH].lower() not in program_cache.OFF:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    os.environ[program_cache.SWITCH] = str(
        Path(os.environ[program_cache.SWITCH], worker)
    )


# Tests of equal bits must not depend on which library was the faster one today.
os.environ.setdefault("GAN_UTILS_CHOICE", "fixed")

# The notebooks hang their faces up in a gallery of this worker, not in the learner's.
GALLERY = tempfile.TemporaryDirectory(prefix="gallery-")
os.environ["GAN_UTILS_GALLERY"] = GALLERY.name


def pytest_collection_modifyitems(items):
    """Start with the longest files, end with the side rooms, so that no worker idles.

    A worker takes whole files (`--dist loadfile`). The notebooks come last.
    """

    def turn(item):
        name = item.path.name
        return name not in LONG, name.endswith(".ipynb"), name[2:4] == "b_"

    items.sort(key=turn)


def pytest_runtest_logreport(report):
    name = report.nodeid.split("::")[0]
    if name.endswith(".ipynb"):
        SECONDS[name] += report.duration


def pytest_terminal_summary(terminalreporter):
    if not SECONDS:
        return
    alone = terminalreporter.config.getoption("dist", "no") == "no"
    beside = "" if alone else ", several at a time"
    terminalreporter.section(f"seconds per notebook{beside}")
    for name, seconds in sorted(SECONDS.items()):
        terminalreporter.write_line(f"{name:44} {seconds:7.1f}")
    terminalreporter.write_line(f"{'all notebooks':44} {sum(SECONDS.values()):7.1f}")
