"""All controls of the lab by mouse, keys and touch, on real servers.

JupyterLab shows a notebook of one cell, Voila the words and the lab of 00. Runs where
playwright, anywidget, the server in question and a Chromium are installed; elsewhere it
is skipped. Screenshots go to the folder that GAN_UTILS_SHOTS names.
"""

import nbformat
import pytest

pytest.importorskip("anywidget", reason="needs anywidget")
from browser_controls import everything, settled, until
from browser_pages import WAYS, shot, watch

from benchmarks.browser import ROOT, run_all, served, server

pytestmark = pytest.mark.slow
CELL = """
from gan_utils import widgets
widgets.lab("ring of 8", g_layers=1, d_layers=1)
"""
OURS = ("TypeError", "ReferenceError", "SyntaxError", "anywidget", "gan-lab")


def opened(browser):
    """Open an empty page with mouse, keys and a touch screen."""
    page = browser.new_page(viewport={"width": 1200, "height": 1600}, has_touch=True)
    page.set_default_timeout(60_000)
    page.said = watch(page)
    return page


@pytest.fixture(scope="module")
def jupyterlab(browser, tmp_path_factory):
    """Show one lab in a real JupyterLab; tests hand the page on."""
    pytest.importorskip("jupyterlab", reason="needs JupyterLab")
    with served(tmp_path_factory.mktemp("lab"), CELL) as address:
        page = opened(browser)
        run_all(page, address)
        until(page, "f.step === 0")
        settled(page)
        yield page
        page.close()


def _classroom_demo(home):
    """Write 00 without what trains for a minute: its words, its set-up, its lab."""
    book = nbformat.read(ROOT / "notebooks" / "00_start_here.ipynb", as_version=4)
    lab = next(c for c in book.cells if c.source.startswith("widgets.lab("))
    lab.source = f"SEED = 0\nfrom gan_utils import widgets\n\n{lab.source}"
    book.cells = [
        cell
        for cell in book.cells
        if cell is lab
        or cell.cell_type == "markdown"
        or "setup" in cell.metadata.get("tags", [])
    ]
    nbformat.write(book, home / "demo.ipynb")
    return home / "demo.ipynb"


@pytest.fixture(scope="module")
def voila(browser, tmp_path_factory):
    """Show the classroom demo in a real Voila; tests hand the page on."""
    pytest.importorskip("voila", reason="needs Voila")
    home = tmp_path_factory.mktemp("voila")
    words = ["voila", _classroom_demo(home), "--no-browser"]
    words += ["--Voila.ip=127.0.0.1", "--VoilaExecutor.timeout=300"]
    with server(home, words, "voila/static/voila.js") as address:
        page = opened(browser)
        page.set_default_timeout(180_000)  # the notebook runs first
        page.goto(f"{address}/")
        until(page, "f.step === 0")
        page.set_default_timeout(60_000)
        settled(page)
        yield page
        page.close()


@WAYS
def test_every_control_in_jupyterlab(jupyterlab, way, tmp_path):
    everything(jupyterlab, way, tmp_path)
    shot(jupyterlab, f"jupyterlab-after-{way}")
    assert [t for t in jupyterlab.said if any(word in t for word in OURS)] == []


@WAYS
def test_every_control_in_voila(voila, way, tmp_path):
    everything(voila, way, tmp_path)
    shot(voila, f"voila-after-{way}")
    assert [t for t in voila.said if any(word in t for word in OURS)] == []
