"""The committed notebooks are in canonical form and have what each must have."""

from pathlib import Path

import nbformat
import pytest

from gan_utils.cli import canonical, flaws, hygiene, setup_cell

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("[0-9][0-9]_*.ipynb"))

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def test_the_numbers_run_without_a_gap():
    assert [int(path.name[:2]) for path in NOTEBOOKS] == list(range(len(NOTEBOOKS)))


@each_notebook
def test_is_a_valid_notebook(path):
    nbformat.validate(read(path))


@each_notebook
def test_is_in_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    assert text == canonical.text_of(canonical.canonical(read(path))), (
        f"run: gan-course run {path.name[:2]} --in-place"
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
