"""The faces in a real Voila: a page of cells without code, as for a classroom.

Runs where playwright, Voila, anywidget and a Chromium are installed; elsewhere it is
skipped.
"""

import pytest

pytest.importorskip("anywidget", reason="needs anywidget")
pytest.importorskip("voila", reason="needs Voila")
from browser_pages import press, shot, watch

from benchmarks.browser import server, write_notebook

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
    write_notebook(home / "demo.ipynb", CELLS)
    words = ["voila", home / "demo.ipynb", "--no-browser", "--Voila.ip=127.0.0.1"]
    with server(home, words, "voila/static/voila.js") as found:
        yield f"{found}/"


def test_all_faces_answer_in_voila(browser, address):
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
