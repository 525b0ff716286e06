"""The tasks that the notebooks set for the lab, done as they are written.

A script reads the words of a task and presses what stands in italics, by mouse, keys
and touch. Runs where playwright, anywidget and a Chromium are installed; elsewhere it
is skipped.
"""

import re

import nbformat
import pytest

pytest.importorskip("anywidget", reason="needs anywidget")
from browser_controls import LAB, button, frame, stroke, until
from browser_pages import WAYS, bare_page, press, use

from benchmarks.browser import ROOT
from gan_utils.lab import Lab
from gan_utils.widgets.lab_answers import Answers
from gan_utils.widgets.lab_controls import catalogue

pytestmark = pytest.mark.slow
NAMED = re.compile(r"(?<!\*)\*((?:\\\*|[^*\n])+)\*(?!\*)")  # in italics
LABS = {  # notebook -> the settings of its lab
    "00_start_here": ("ring of 8", {}),
    "02b_more_objectives": (
        "two bumps",
        dict(noise="gaussian 1d", loss="minimax", d_width=32, g_rate=0.0),
    ),
}
RESULTS = {  # what must be true after a task, of the frame f and the lab
    ("00_start_here", 1): "lab.speed === 10 && lab.playing && f.step > 1",
    ("00_start_here", 2): "f.settings.seed === 1 && lab.playing && f.step > 1",
    ("00_start_here", 3): "f.settings.data === 'drawing' && lab.playing && f.step > 1",
    ("00_start_here", 4): "f.step === 500 && f.settings.d_rate === 0 && !lab.playing",
    ("02b_more_objectives", 1): "lab.face.layers.on.best && lab.playing && f.step > 1",
    ("02b_more_objectives", 2): "f.settings.g_rate === 0.005 && f.step === 300",
}


def tasks(name: str) -> dict[int, str]:
    """Read the numbered tasks beside a notebook's lab, without what is folded."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    (at,) = [i for i, c in enumerate(book.cells) if "widgets.lab(" in c.source]
    found = {}
    for cell in (book.cells[at - 1], book.cells[at + 1]):
        plain = re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL)
        for number, words in re.findall(
            r"^(\d)\. (.*?)(?=^\d\. |^\s*$|\Z)", plain, re.MULTILINE | re.DOTALL
        ):
            found[int(number)] = words
    return found


def do(page, words: str, way: str) -> None:
    """Do what a task says."""
    end = 0
    for named in NAMED.finditer(words):
        before, name = words[end : named.start()], named[1].replace("\\*", "*")
        end = named.end()
        if "draw a shape" in before:
            draw(page, way)
        if value := re.match(r" to ([\d.]*\d)", words[end:]):
            slide_to(page, name, float(value[1]), way)
        elif value := re.search(r"(\d+) into $", before):
            box = control(page, name)
            box.focus() if way == "key" else use(page, box, way)
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(value[1])
        else:
            use(page, control(page, name), way)


def control(page, name: str):
    """Find a button, a fold, a tick or a box by the words that a reader sees."""
    lab = page.locator(".gan-lab")
    words = re.compile(r"^\W*" + re.escape(re.sub(r"^\W+", "", name)) + "$")
    for found in (
        lab.get_by_role("button", name=words),
        lab.locator("summary").filter(has_text=words),
        lab.get_by_label(words),
    ):
        if found.count():
            assert found.count() == 1, f"{found.count()} controls are called {name}"
            return found
    raise AssertionError(f"no control is called {name}")


def slide_to(page, name: str, value: float, way: str) -> None:
    """Move a slider until its words say the number."""
    slider = control(page, name)
    output = slider.locator("xpath=../output")

    def says() -> float:
        number = re.match(r"[\d.,]+", output.text_content())
        return float(number[0].replace(",", "")) if number else float("inf")

    if way == "key":
        press(page, slider, "Home")
        while says() < value:
            press(page, slider, "ArrowRight")
    else:
        box, low, high = slider.bounding_box(), 0.0, 1.0
        for _ in range(7):
            middle = (low + high) / 2 if value else 0.0
            at = {"x": max(1, box["width"] * middle), "y": box["height"] / 2}
            slider.click(position=at) if way == "mouse" else slider.tap(position=at)
            if says() == value:
                break
            low, high = (middle, high) if says() < value else (low, middle)
        while says() != value:  # by a hair: the arrow keys, as a hand would do
            press(page, slider, "ArrowRight" if says() < value else "ArrowLeft")
    assert says() == value


def draw(page, way: str) -> None:
    """Draw a line, or two points with the keys."""
    stage = page.locator(".gl-stage")
    box = stage.bounding_box()
    if way == "key":
        for key in ("ArrowUp", "Space", "ArrowRight", "Space"):
            press(page, stage, key)
        return
    begin, end = (
        (box["x"] + share * box["width"], box["y"] + share * box["height"])
        for share in (0.35, 0.6)
    )
    stroke(page, way, begin, end)


@WAYS
@pytest.mark.parametrize("name", LABS)
def test_every_task_can_be_done_as_it_is_written(browser, name, way):
    data, settings = LABS[name]
    lab = Lab(data, **settings)
    page = bare_page(browser, "lab", Answers(lab), catalogue(lab.settings))
    until(page, "f.step === 0")
    found = tasks(name)
    assert set(found) == {number for book, number in RESULTS if book == name}
    for number, words in found.items():
        do(page, words, way)
        until(page, f"(lab => {RESULTS[name, number]})({LAB})")
        if button(page, "Pause").count():
            button(page, "Pause").click()
        if number == 3:
            assert len(frame(page, "settings.drawing")) > 1
        button(page, "As it opened").click()
        until(page, f"f.step === 0 && f.settings.data === '{data}'")
    assert page.said == []
    page.close()


def test_what_05b_names_is_there(browser):
    book = nbformat.read(ROOT / "notebooks" / "05b_faster_and_larger.ipynb", 4)
    lab = Lab("ring of 8")
    page = bare_page(browser, "lab", Answers(lab), catalogue(lab.settings))
    (hands,) = [c.source for c in book.cells if "**Hands.**" in c.source]
    hands = hands[hands.index("**Hands.**") :]
    for name in NAMED.findall(hands):
        assert page.locator(".gan-lab").get_by_text(name, exact=True).count(), name
    assert set(NAMED.findall(hands)) == {"Learning", "Show"}
    page.close()
