"""The faces in a real Voila: a page of cells without code, as for a classroom.

Runs where playwright, Voila, anywidget and a Chromium are installed; elsewhere it is
skipped.
"""

import socket
import subprocess
import sys

import nbformat
import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytest.importorskip("anywidget", reason="needs anywidget")
pytest.importorskip("voila", reason="needs Voila")
from browser_pages import press, shot, watch
from test_browser import CHROMIUM, FLAGS, environment, playwright, wait_for

pytestmark = pytest.mark.slow
CELLS = [
    "from gan_utils import widgets",
    "widgets.lab('ring of 8', g_layers=1, d_layers=1)",
    "widgets.vector_field('R1')",
    "widgets.judge_points(rounds=3)",
]
FACE = "document.querySelectorAll('.gan-lab')[{}]?.lab"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a notebook of the faces with Voila and return the page's address."""
    home = tmp_path_factory.mktemp("voila")
    book = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, CELLS)))
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, home / "demo.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "voila", home / "demo.ipynb", "--no-browser"]
    server = subprocess.Popen(
        [*command, f"--port={port}", "--Voila.ip=127.0.0.1"],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/voila/static/voila.js")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_all_faces_answer_in_voila(address):
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 1600})
        page.set_default_timeout(60_000)
        said = watch(page)
        page.goto(address)
        page.wait_for_function(f"{FACE.format(0)}?.face?.frames[0]?.step === 0")
        page.get_by_role("button", name="▶ Play", exact=True).click()
        page.wait_for_function(f"{FACE.format(0)}.face.frames[0].step > 40")
        press(page, page.get_by_role("button", name="⏸ Pause", exact=True), "Space")
        page.wait_for_function(f"{FACE.format(1)}?.seen?.paths.shape[0] === 1")
        page.locator(".gl-tap").click(position={"x": 60, "y": 60})
        page.wait_for_function(f"{FACE.format(1)}.seen.paths.shape[0] === 2")
        page.wait_for_function(f"{FACE.format(2)}?.seen?.done === 0")
        page.get_by_role("button", name="surely real (95 %)").click()
        page.wait_for_function(f"{FACE.format(2)}.seen.done === 1")
        shot(page, "voila-lab")
        wrong = ("TypeError", "ReferenceError", "SyntaxError", "anywidget", "gan-lab")
        assert [text for text in said if any(word in text for word in wrong)] == []
        browser.close()
