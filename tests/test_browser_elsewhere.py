"""The faces outside JupyterLab: in Jupyter Notebook 7, and in Voila without code.

Runs where playwright, anywidget, the server in question and a Chromium are installed;
elsewhere it is skipped.
"""

import pytest

pytest.importorskip("anywidget", reason="needs anywidget")
from browser_pages import press, shot, watch

from benchmarks.browser import run_all, served, server, write_notebook

pytestmark = pytest.mark.slow
CELLS = [
    "from gan_utils import widgets",
    "widgets.lab('ring of 8', g_layers=1, d_layers=1)",
    "widgets.vector_field('R1')",
    "widgets.real_or_fake_points(rounds=3)",
]
FACE = "document.querySelectorAll('.gan-lab')[{}]?.lab"


def test_all_faces_answer_in_voila(browser, tmp_path):
    pytest.importorskip("voila", reason="needs Voila")
    write_notebook(tmp_path / "demo.ipynb", CELLS)
    words = ["voila", tmp_path / "demo.ipynb", "--no-browser", "--Voila.ip=127.0.0.1"]
    with server(tmp_path, words, "voila/static/voila.js") as address:
        page, said = opened(browser)
        page.goto(f"{address}/")
        all_faces_answer(page, said)
        shot(page, "voila-lab")
        page.close()


def test_all_faces_answer_in_notebook_7(browser, tmp_path):
    pytest.importorskip("notebook", reason="needs Jupyter Notebook")
    with served(tmp_path, *CELLS, by="notebook") as address:
        page, said = opened(browser)
        run_all(page, address)
        all_faces_answer(page, said)
        shot(page, "notebook-7-lab")
        page.close()


def opened(browser):
    """Open an empty page; return it and the list of errors that it will report."""
    page = browser.new_page(viewport={"width": 1200, "height": 1600})
    page.set_default_timeout(60_000)
    return page, watch(page)


def all_faces_answer(page, said: list[str]) -> None:
    """Play the lab, launch into a field, guess at a point; nothing may be reported."""
    page.wait_for_function(f"{FACE.format(0)}?.face?.frames[0]?.step === 0")
    page.get_by_role("button", name="▶ Play", exact=True).click()
    page.wait_for_function(f"{FACE.format(0)}.face.frames[0].step > 40")
    press(page, page.get_by_role("button", name="Pause", exact=True), "Space")
    page.wait_for_function(f"{FACE.format(1)}?.seen?.paths.shape[0] === 1")
    page.locator(".gl-tap").click(position={"x": 60, "y": 60})
    page.wait_for_function(f"{FACE.format(1)}.seen.paths.shape[0] === 2")
    page.wait_for_function(f"{FACE.format(2)}?.seen?.done === 0")
    page.get_by_role("button", name="surely real (95 %)").click()
    page.wait_for_function(f"{FACE.format(2)}.seen.done === 1")
    wrong = ("TypeError", "ReferenceError", "SyntaxError", "anywidget", "gan-lab")
    assert [text for text in said if any(word in text for word in wrong)] == []
