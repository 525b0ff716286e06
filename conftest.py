"""Settings of every test run, and the time table of the notebooks at its end."""

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from gan_utils import program_cache

NOTEBOOKS = "notebooks"
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

# The notebooks hang their faces up in a gallery of this run, not in the learner's.
GALLERY = tempfile.TemporaryDirectory(prefix="gallery-")
os.environ.setdefault("GAN_UTILS_GALLERY", GALLERY.name)


def pytest_collection_modifyitems(items):
    """Start with the longest files: else one worker ends with them, the others idle."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the test files among the workers; the notebooks come last, on one.

    With `--dist loadfile` the notebooks are shared too, and nothing is timed.
    """
    from xdist.scheduler import LoadScopeScheduling

    if config.getoption("dist") != "load":
        return None

    class NotebooksLast(LoadScopeScheduling):
        """A notebook is timed, so it has the computer to itself."""

        def _split_scope(self, nodeid):
            file = nodeid.split("::")[0]
            return NOTEBOOKS if file.endswith(".ipynb") else file

        def _reschedule(self, node):
            going_on = [other for other in self.nodes if not other.shutting_down]
            busy = self._pending_of(self.assigned_work[node]) > 2
            last = list(self.workqueue) == [NOTEBOOKS] and not busy
            if last and node in going_on and len(going_on) > 1:
                node.shutdown()  # the one worker that goes on takes them
            else:
                super()._reschedule(node)

    return NotebooksLast(config, log)


def pytest_runtest_logreport(report):
    name = report.nodeid.split("::")[0]
    if name.endswith(".ipynb"):
        SECONDS[name] += report.duration


def pytest_terminal_summary(terminalreporter):
    if not SECONDS:
        return
    shared = terminalreporter.config.getoption("dist", "no") == "loadfile"
    beside = ", several at a time" if shared else ""
    terminalreporter.section(f"seconds per notebook{beside}")
    for name, seconds in sorted(SECONDS.items()):
        terminalreporter.write_line(f"{name:44} {seconds:7.1f}")
    terminalreporter.write_line(f"{'all notebooks':44} {sum(SECONDS.values()):7.1f}")
