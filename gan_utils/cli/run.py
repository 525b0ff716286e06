"""Execute notebooks without a browser: a bar while it runs, a table at the end."""

import asyncio
import contextlib
import importlib.util
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellTimeoutError

from gan_utils import progress
from gan_utils.cli import canonical, flaws, hygiene, places, probe, setup_cell
from gan_utils.cli.places import PACKAGE, CourseError, read_notebook
from gan_utils.whole_files import write_with


class Run(NamedTuple):
    """What became of one notebook."""

    name: str
    seconds: float
    cells: int
    failure: str  # empty when all went well, else cell and cause
    to_mend: tuple[str, ...] = ()  # what the course's form asks for and is not there


class ThisPython(AsyncKernelManager):
    """Start this very Python, whatever kernel specs lie on the computer."""

    def _kernel_spec_manager_default(self):
        return KernelSpecManager(kernel_dirs=[], parent=self)


class Stoppable(NotebookClient):
    """Ends its kernel and is done when the process is told to stop.

    On its own, NotebookClient takes that for a kernel that died, as any may.
    """

    stopped = False

    async def async_start_new_kernel(self, **kwargs):
        """Start a kernel; from now on a signal ends all of this."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(RuntimeError):  # Windows, or not the main thread
                loop.add_signal_handler(number, self._stop, task)
        await super().async_start_new_kernel(**kwargs)

    def _stop(self, task: asyncio.Task) -> None:
        self.stopped = True
        self.shutdown_kernel = "immediate"  # one that is asked shows a trace of its own
        task.cancel()


def heed_signals() -> None:
    """Let SIGTERM end this process as Control-C does."""
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def execute(path: Path, notebook, timeout: int = 600) -> Run:
    """Execute a notebook in place, as a learner would, with a progress bar.

    Args:
        path: its file; the kernel works in the file's folder.
        notebook: the parsed notebook; its outputs are replaced.
        timeout: seconds allowed for one cell.

    Raises:
        KeyboardInterrupt: Control-C or SIGTERM; the kernel has ended.
    """
    code = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    at = 0
    start = time.perf_counter()
    with progress.bar(total=len(code), desc=path.stem, unit="cell") as bar:

        def started(cell, cell_index):
            nonlocal at
            at = cell_index

        client = Stoppable(
            notebook,
            timeout=timeout,
            kernel_name="python3",
            kernel_manager_class=ThisPython,
            record_timing=False,
            store_widget_state=True,  # for recordings; `canonical` drops all other
            extra_arguments=["--IPKernelApp.log_level=40"],  # its notices are not ours
            resources={"metadata": {"path": str(path.parent)}},
            on_cell_execute=started,
            on_cell_executed=lambda cell, cell_index, execute_reply: bar.update(),
        )
        failure = ""
        try:
            client.execute(env=probe.environment())
        except (CellControlSignal, CellTimeoutError, RuntimeError) as error:
            failure = f"cell {at}: {_cause(error)}"
        except asyncio.CancelledError:
            failure = "stopped"
        heed_signals()  # the client has put the handlers back to Python's
    if client.stopped:
        raise KeyboardInterrupt
    return Run(path.name, time.perf_counter() - start, len(code), failure)


def _cause(error: Exception) -> str:
    if hasattr(error, "ename"):
        return f"{error.ename}: {error.evalue}"
    return str(error).strip().splitlines()[0]


def to_html(path: Path, out: Path) -> Run:
    """Execute one notebook and write a page to read.

    Args:
        path: the notebook; it is not changed.
        out: the folder for the page; made when absent.
    """
    from gan_utils.cli.page import write_page

    notebook = read_notebook(path)
    run = execute(path, notebook)
    write_page(canonical.canonical(notebook), out / f"{path.stem}.html")
    for beside in map(path.with_name, places.PAGES):  # they need no execution
        if beside.exists():
            write_page(read_notebook(beside), out / f"{beside.stem}.html")
    return run


def in_place(path: Path) -> Run:
    """Fill in, execute and normalise one notebook, then write it back.

    The file stays as it was when a cell fails or an output may not be committed.

    Args:
        path: the notebook of a clone.
    """
    address = setup_cell.repository()
    notebook = _formatted(read_notebook(path), path)
    setup_cell.fill(notebook, path, address)
    run = execute(path, notebook)
    if run.failure:
        return run
    notebook = canonical.canonical(notebook)
    if found := flaws.flaws(notebook):
        return run._replace(failure="not written: " + "; ".join(found))
    text = canonical.text_of(notebook).encode()
    write_with(path, lambda file: file.write(text))
    to_mend = [*hygiene.complaints(notebook, path, address), *_lint(path)]
    return run._replace(to_mend=tuple(to_mend))


def _formatted(notebook, path: Path):
    """Return the notebook with its code laid out by ruff, where ruff is installed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        nbformat.write(notebook, copy)
        _ruff("format", copy)
        return nbformat.read(copy, as_version=4)


def _lint(path: Path) -> list[str]:
    """Return what ruff finds wrong with the code of a notebook."""
    return [line for line in _ruff("check", path).splitlines() if path.name in line]


def _ruff(verb: str, path: Path) -> str:
    """Run ruff on one file by the course's settings; do nothing where it is missing."""
    if importlib.util.find_spec("ruff") is None:
        return ""
    options = ["--output-format", "concise"] if verb == "check" else []
    options += ["--config", str(PACKAGE.parent / "pyproject.toml")]
    command = [sys.executable, "-m", "ruff", verb, *options, str(path)]
    return subprocess.run(command, capture_output=True, text=True).stdout


def run_all(paths: list[Path], out: Path | None) -> list[Run]:
    """Execute notebooks in order; to pages in `out`, or in place when it is None."""
    if out:  # rather now than after the first notebook
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    heed_signals()
    runs = []
    for path in paths:
        try:
            runs.append(to_html(path, out) if out else in_place(path))
        except CourseError as error:
            runs.append(Run(path.name, 0.0, 0, str(error)))
    return runs


def table(runs: list[Run]) -> str:
    """Return the time table that is printed after the last notebook."""
    width = max(len(run.name) for run in runs)
    lines = [f"{'notebook':{width}}  cells  seconds  result"]
    for run in runs:
        result = run.failure or "passed"
        lines.append(f"{run.name:{width}}  {run.cells:5}  {run.seconds:7.1f}  {result}")
    total = sum(run.seconds for run in runs)
    failed = sum(bool(run.failure) for run in runs)
    lines.append(f"{'all':{width}}  {'':5}  {total:7.1f}  {failed} failed")
    lines += [f"To mend in {run.name}: {text}" for run in runs for text in run.to_mend]
    return "\n".join(lines)
