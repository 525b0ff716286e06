"""Processes of the course: run to their end, or killed at a random moment."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.chaos.trials import Lost, Unclear

ROOT = Path(__file__).parents[2]
PATIENCE = 900  # seconds after which a process is taken to hang, on a busy computer


def course(*words, source: Path = ROOT, setup: str = "", **variables) -> dict:
    """Describe a `gan-course` process, in the form of `subprocess.Popen`'s arguments.

    Args:
        words: of the command line.
        source: the folder that holds the package to run.
        setup: Python that is run first, in the same process.
        variables: of the environment.
    """
    end = "import sys\nfrom gan_utils.cli import main\nsys.exit(main())"
    return python(f"{setup}\n{end}", *words, source=source, **variables)


def python(script: str, *words, source: Path = ROOT, **variables) -> dict:
    """Describe a process of this Python; see `course`."""
    given = {name: str(value) for name, value in variables.items()}
    environment = {"JAX_PLATFORMS": "cpu", "PYTHONPATH": str(source)} | given
    return {
        "args": [sys.executable, "-c", script, *map(str, words)],
        "env": os.environ | environment,
        "cwd": source,  # whose package `python -c` imports
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
        "start_new_session": True,  # what it starts can be ended with it
    }


def finished(process: dict, codes: tuple[int, ...] = (0,)):
    """Run a process to its end, and require a code and no trace.

    Raises:
        Unclear: it ended otherwise, hung, or showed a trace.
    """
    child = subprocess.Popen(**process)
    try:
        out, err = child.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Unclear(f"no end in {PATIENCE} s: {_name(process)}") from None
    finally:
        _end_group(child)
    if "Traceback" in err or child.returncode not in codes:
        last = "\n".join(err.strip().splitlines()[-4:])
        raise Unclear(f"{_name(process)} ended with {child.returncode}: {last}")
    return subprocess.CompletedProcess(process["args"], child.returncode, out, err)


def seconds_of(process: dict) -> float:
    """Run a process to its end and return how long it took."""
    clock = time.perf_counter()
    finished(process)
    return time.perf_counter() - clock


def killed(process: dict, rng, most: float, ready: str = "") -> tuple[float, str]:
    """Start a process and end it by SIGKILL at a random moment.

    Where it ends by itself before that, it is started again and killed sooner.

    Args:
        process: see `course`.
        rng: gives the moment, uniform below `most`.
        most: seconds.
        ready: a line of its output from which time counts; from the start when "".

    Returns:
        (after how many seconds, what it had written to its output).
    """
    for _ in range(20):
        child = subprocess.Popen(**process)
        try:
            said = _wait_for(child, ready)
            after = rng.uniform(0, most)
            try:
                child.wait(timeout=after)
                child.communicate()
            except subprocess.TimeoutExpired:
                child.kill()
                _end_group(child)  # a kernel of its own holds the pipes open
                return after, said + child.communicate()[0]
        finally:
            _end_group(child)
        most *= 0.7
    raise Unclear(f"could not be killed in time: {_name(process)}")


def begun(process: dict, line: str) -> subprocess.Popen:
    """Start a process and return it once it has written a line."""
    child = subprocess.Popen(**process)
    _wait_for(child, line)
    return child


def _wait_for(child, line: str) -> str:
    said = ""
    while line and line not in said:
        more = child.stdout.readline()
        if not more:
            raise Lost(f"ended before it began: {child.communicate()[1][-300:]}")
        said += more
    return said


def _end_group(child) -> None:
    """End what a process of ours started and left, such as a notebook's kernel."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _name(process: dict) -> str:
    return " ".join(process["args"][3:]) or process["args"][2][:80]
