"""The next day: pictures without a kernel, and what was only opened is no change.

Runs where playwright, anywidget, the server in question and a Chromium are installed;
elsewhere it is skipped.
"""

import shutil

import nbformat
import pytest

pytest.importorskip("anywidget", reason="needs anywidget")
import browser_pages  # noqa: F401, skips where there is no browser

from benchmarks.browser import READY, run_all, served
from gan_utils.cli import places, working_copy

pytestmark = pytest.mark.slow
CELLS = [
    "from gan_utils import widgets",
    "widgets.lab('ring of 8', g_layers=1, d_layers=1)",
    "widgets.tangent_line()",
    "widgets.vector_field('R1')",
    "widgets.lab('ring of 8')",
]
PAGES = """[...document.querySelectorAll('.gan-lab')].map((face) => face.lab)
    .find((lab) => lab?.where?.textContent.startsWith('Trains in this page'))"""
FACE = "document.querySelector('.gan-lab')?.lab?.face?.frames[0]?.step === 0"
LOADED = """(context => context?.isReady && context.path.endsWith({!r}))(
    window.jupyterapp?.shell.currentWidget?.context)"""  # of this one, not of others
SAVE = "window.jupyterapp.commands.execute('docmanager:save')"
END = "window.jupyterapp.serviceManager.sessions.shutdownAll()"
SAVED = "!window.jupyterapp.shell.currentWidget.context.model.dirty"
TOUCH = "window.jupyterapp.shell.currentWidget.context.model.dirty = true"
PICTURES = ".gan-course-picture img"
ONLY_OPENED = ["02", "05"]  # with pictures, and with a recording
STATE = "application/vnd.jupyter.widget-state+json"
APPLICATIONS = pytest.mark.parametrize("by", ["jupyterlab", "notebook"])


def opened(browser, address):
    """Open the notebook as a reader does, and wait until its kernel is there."""
    page = browser.new_page(viewport={"width": 1200, "height": 4000})
    page.set_default_timeout(120_000)
    page.goto(f"{address}?reset")  # no other notebook of the last time beside it
    page.wait_for_function(LOADED.format(address.rpartition("/")[2]))
    page.wait_for_function(READY)
    return page


def save(page) -> None:
    page.evaluate(SAVE)
    page.wait_for_function(SAVED)


def still_pictures(page) -> list[str]:
    """Wait for the three pictures; return what they say to those who do not see.

    The fourth is a lab that the page trains: it goes on.
    """
    page.wait_for_function(
        f"""[...document.querySelectorAll({PICTURES!r})]
            .filter((image) => image.naturalWidth > 200).length === 3"""
    )
    assert page.get_by_text("Error displaying widget").count() == 0
    return page.locator(PICTURES).evaluate_all("all => all.map((one) => one.alt)")


@APPLICATIONS
def test_a_notebook_reopened_without_its_kernel_shows_pictures(browser, tmp_path, by):
    pytest.importorskip(by)
    with served(tmp_path, *CELLS, by=by) as address:
        page = browser.new_page(viewport={"width": 1200, "height": 4000})
        run_all(page, address)
        page.set_default_timeout(120_000)
        page.wait_for_function(FACE)
        page.get_by_role("slider").first.wait_for()
        page.locator(".gl-tap").wait_for()
        page.wait_for_function(f"{PAGES}?.last[0]?.step === 0")
        page.evaluate(f"{PAGES}.runTo(40)")
        page.wait_for_function(f"{PAGES}.last[0].step === 40 && !{PAGES}.playing")
        page.wait_for_timeout(1000)  # until the kernel knows
        save(page)
        page.close()

        page = opened(browser, address)  # the kernel still runs
        page.wait_for_function(FACE)
        assert page.locator(PICTURES).count() == 0
        save(page)
        page.evaluate(END)
        page.close()

        page = opened(browser, address)
        said = still_pictures(page)
        page.wait_for_function(f"{PAGES}?.last[0]?.step === 40")
        page.evaluate(f"{PAGES}.play()")
        page.wait_for_function(f"{PAGES}.last[0].step > 60")
        page.evaluate(f"{PAGES}.pause()")
        assert said[0].startswith("The lab, step 300: ")
        assert all(said)
        save(page)  # nor does another save spoil it
        page.close()
        page = opened(browser, address)
        still_pictures(page)
        page.wait_for_function(f"{PAGES}?.last[0]?.step === 40")
        page.evaluate(END)  # or the server waits for a kernel that it has just started
        page.close()
    book = nbformat.read(tmp_path / "scratch.ipynb", as_version=4)
    assert len(book.metadata.widgets[STATE].state) == 4
    assert (tmp_path / "scratch.ipynb").stat().st_size < 600_000


def test_a_notebook_that_was_only_opened_is_brought_up_to_date(browser, tmp_path):
    """JupyterLab's autosave writes its settings and lines in a form of its own."""
    source, mine = tmp_path / "course", tmp_path / "mine"
    source.mkdir()
    for path in places.select(ONLY_OPENED):
        shutil.copy(path, source)
    working_copy.refresh(source, mine)
    with served(tmp_path, "1") as address:
        for path in sorted(mine.glob("*.ipynb")):
            before = path.read_bytes()
            page = opened(browser, address.replace("scratch", f"mine/{path.stem}"))
            for _ in range(100):  # it mostly does so by itself, some seconds later
                page.evaluate(TOUCH)
                page.evaluate(SAVE)
                if path.read_bytes() != before:
                    break
                page.wait_for_timeout(200)
            page.evaluate(END)
            page.close()
            assert path.read_bytes() != before
    for path in source.glob("*.ipynb"):
        text = path.read_text("utf-8").replace("# 0", "# Revised: 0", 1)
        path.write_text(text, "utf-8")
    assert working_copy.refresh(source, mine) == []
    for path in sorted(mine.glob("*.ipynb")):
        assert "# Revised: 0" in path.read_text("utf-8"), path.name
    assert not (mine / working_copy.BACKUPS).exists()
