"""A reader's hands in a real browser: keys move a slider, picture and sentence follow.

Runs where playwright, JupyterLab and a Chromium are installed; elsewhere it is skipped.
"""

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
import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytest.importorskip("jupyterlab", reason="needs JupyterLab")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("needs chromium on the path", allow_module_level=True)

ROOT = Path(__file__).parent.parent
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
]
READY = "window.jupyterapp.shell.currentWidget?.sessionContext?.isReady"
CELL = """
from gan_utils import plots, widgets

def draw(n, kind):
    figure, axes = plots.figure()
    axes.plot([x**n for x in range(6)], color=plots.REAL)
    axes.set_title(kind)
    return plots.describe(figure, f"A curve of degree {n}, drawn {kind}.")

widgets.explore(
    draw, n=widgets.slider(1, 5, 2), kind=widgets.choice(["plainly", "boldly"])
)
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab on a scratch notebook and return the page's address."""
    with served(tmp_path_factory.mktemp("lab"), CELL, "draw(3, 'x')") as address:
        yield address


@contextmanager
def served(home: Path, *sources: str):
    """Serve a notebook of these cells with JupyterLab; yield the page's address."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    book = nbformat.v4.new_notebook(cells=cells)
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, home / "scratch.ipynb")
    _quiet(home / "config")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *(
                f"--port={port}",
                "--ServerApp.port_retries=0",
                "--IdentityProvider.token=",
            ),
            *(f"--ServerApp.root_dir={home}", "--LabApp.expose_app_in_browser=True"),
        ],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api")
        yield f"http://127.0.0.1:{port}/lab/tree/scratch.ipynb"
    finally:
        server.terminate()
        server.wait(timeout=20)


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
    pytest.fail(f"no answer from {address}")


@pytest.fixture(scope="module")
def page(lab):
    """Open the notebook in a browser and run its cells."""
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.set_default_timeout(40_000)
        page.goto(lab)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_function(READY)
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector("[role=status][aria-live=polite]")
        yield page
        browser.close()


def sentence(page) -> str:
    """Return the visible sentence under the picture."""
    return page.locator("[role=status][aria-live=polite]").inner_text()


def picture(page) -> str:
    """Return a fingerprint of the picture's pixels."""
    return page.evaluate(
        """async () => {
            const image = document.querySelector('img.widget-image');
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = image.naturalWidth;
            canvas.height = image.naturalHeight;
            canvas.getContext('2d').drawImage(image, 0, 0);
            return canvas.toDataURL();
        }"""
    )


def test_arrow_keys_move_picture_and_sentence(page):
    before = picture(page)
    assert sentence(page) == "A curve of degree 2, drawn plainly."
    page.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("A curve of degree 3, drawn plainly.").wait_for()
    page.wait_for_timeout(200)
    assert picture(page) != before
    page.keyboard.press("ArrowLeft")
    page.get_by_text("A curve of degree 2, drawn plainly.").wait_for()
    page.wait_for_timeout(200)
    assert picture(page) == before


def test_the_menu_works_by_keyboard(page):
    page.locator(".widget-dropdown select").first.focus()
    for key in ("Space", "ArrowDown", "Enter"):  # a bare arrow leaves the cell
        page.keyboard.press(key)
    page.get_by_text("drawn boldly.").wait_for()


def test_a_still_figure_is_an_image_in_the_page(page):
    image = page.locator(".jp-OutputArea-output.jp-RenderedImage img").first
    assert image.evaluate("image => image.naturalWidth") > 300


def test_a_picture_is_shown_at_its_own_size(page):
    image = page.locator("img.widget-image").first
    shown, own = image.evaluate("image => [image.width, image.naturalWidth]")
    assert shown == own
