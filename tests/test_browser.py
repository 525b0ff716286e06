"""A reader's hands in a real browser: keys move a slider, picture and sentence follow.

Runs where playwright, JupyterLab and a Chromium are installed; elsewhere it is skipped.
"""

import pytest

pytest.importorskip("jupyterlab", reason="needs JupyterLab")
import browser_pages  # noqa: F401, skips where there is no browser

from benchmarks.browser import run_all, served

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


@pytest.fixture(scope="module")
def page(browser, lab):
    """Open the notebook in a browser and run its cells."""
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    run_all(page, lab)
    page.wait_for_selector("[role=status][aria-live=polite]")
    return page


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
