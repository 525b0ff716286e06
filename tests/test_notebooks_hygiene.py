"""The committed notebooks are in canonical form and have what each must have."""

import re
from pathlib import Path

import nbformat
import pytest

from gan_utils.cli import canonical, flaws, hygiene, places, reading, setup_cell

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = places.course(FOLDER)
CHAPTERS = [path for path in NOTEBOOKS if not places.is_side_room(path)]

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def test_the_numbers_run_without_a_gap():
    numbers = [int(places.number_of(path)) for path in CHAPTERS]
    assert numbers == list(range(len(CHAPTERS)))


@each_notebook
def test_is_a_valid_notebook(path):
    nbformat.validate(read(path))


@each_notebook
def test_is_in_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    assert text == canonical.text_of(canonical.canonical(read(path))), (
        f"run: gan-course run {places.number_of(path)} --in-place"
    )


@each_notebook
def test_may_be_committed(path):
    assert flaws.flaws(read(path)) == []


@each_notebook
def test_was_executed(path):
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert any(cell.outputs for cell in cells)


@each_notebook
def test_has_the_form_of_the_course(path):
    assert hygiene.complaints(read(path), path, setup_cell.repository()) == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_main_path_asks_no_more_than_it_says(path):
    assert list(reading.complaints(read(path))) == []


@each_notebook
def test_every_figure_has_a_title_that_says_something(path):
    """A live view has its own heading; its picture is only a still."""
    for cell in read(path).cells:
        if re.search(r"widgets\.\w+\(|^game$", cell.source, re.MULTILINE):
            continue
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                title = output.metadata["image/png"].get("title", "")
                assert len(title.split()) >= 2, cell.source.split("\n")[0]


@each_notebook
def test_no_visible_code_tells_the_outcome_of_a_prediction(path):
    """Who decides with the prompt in sight must not see the answer below it."""
    for cell in read(path).cells:
        folded = "hide-input" in cell.metadata.get("tags", [])
        assert folded or ".outcome(" not in cell.source, cell.source.split("\n")[0]


def test_no_picture_tells_an_answer_before_the_reader_asks():
    """In 06 the runs' faults are guessed; their names lie in a fold until then."""
    (path,) = (path for path in CHAPTERS if path.name.startswith("06"))
    cells = read(path).cells
    fold = next(i for i, c in enumerate(cells) if "Key to the twelve runs" in c.source)
    (key,) = cells[fold].outputs
    assert key.data["text/html"].startswith("<details><summary>Key to the twelve runs")
    listed = key.data["text/html"].split("</summary>")[1].removesuffix("</details>")
    shown = [str(cell.get("outputs", "")) for cell in cells[:fold]]
    for answer in listed.split(", "):
        number, letter, name = answer.split(" ", 2)
        name = name.removeprefix("(").removesuffix(")")
        assert letter in "abcdefghijkl"
        assert not any(name in text for text in shown), f"{number} is told as {name}"
