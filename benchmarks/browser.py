"""A real browser and a real JupyterLab, for measurements and for tests."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
]
READY = "window.jupyterapp.shell.currentWidget?.sessionContext?.isReady"
RUN_ALL = "window.jupyterapp.commands.execute('notebook:run-all-cells')"


@contextmanager
def chromium():
    """Start a browser; close it at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def write_notebook(path: Path, sources) -> None:
    """Write a notebook with these cells of code."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    book = nbformat.v4.new_notebook(cells=cells)
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, path)


@contextmanager
def served(home: Path, *sources: str, by: str = "jupyterlab"):
    """Serve a notebook of these cells; yield the page's address.

    Args:
        home: folder for the notebook and all that Jupyter writes.
        *sources: its cells of code.
        by: "jupyterlab", or "notebook" for Jupyter Notebook 7.
    """
    write_notebook(home / "scratch.ipynb", sources)
    _quiet(home / "config")
    words = [by, "--no-browser", "--allow-root", "--expose-app-in-browser"]
    words += ["--ServerApp.port_retries=0", "--IdentityProvider.token="]
    words += [f"--ServerApp.root_dir={home}"]
    where = {"jupyterlab": "lab/tree", "notebook": "notebooks"}[by]
    with server(home, words, "api") as address:
        yield f"{address}/{where}/scratch.ipynb"


@contextmanager
def server(home: Path, words: list, sign: str):
    """Run a Python module as a server on a free port; yield its address.

    Args:
        home: folder that keeps what Jupyter writes.
        words: the module and its arguments.
        sign: path that answers once the server is there.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", *words, f"--port={port}"],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/{sign}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:  # now and then Jupyter waits for a new kernel
            process.kill()
            process.wait()


def _quiet(config: Path) -> None:
    """Switch the news pop-up off: it asks a question over the notebook."""
    (config / "labconfig").mkdir(parents=True)
    off = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (config / "labconfig" / "page_config.json").write_text(json.dumps(off))


def environment(home: Path) -> dict:
    """Return variables that keep Jupyter in a folder and find the course."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }


def wait_for(address: str) -> None:
    """Wait until a server answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {address} in 30 seconds")


def run_all(page, address: str) -> None:
    """Open a notebook in JupyterLab or Notebook 7 and run all its cells."""
    page.set_default_timeout(60_000)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_function(READY)
    page.evaluate(RUN_ALL)
