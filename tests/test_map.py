"""The map in notebook 00 leads to every chapter and every side room of the course."""

import re
from pathlib import Path

import nbformat
import pytest

from gan_utils.cli import places

FOLDER = Path(__file__).parents[1] / "notebooks"
COURSE = places.course(FOLDER)


def rows() -> dict[str, str]:
    """Find the map's rows: a line of the table for each number of a chapter."""
    notebook = nbformat.read(COURSE[0], as_version=4)
    (cell,) = (c for c in notebook.cells if "## The map" in c.source)
    return dict(re.findall(r"^\| (\d\d) \| (.*)$", cell.source, re.MULTILINE))


def test_the_map_has_a_row_for_each_chapter_in_order():
    chapters = [p for p in COURSE if not places.is_side_room(p)]
    assert list(rows()) == [places.number_of(path) for path in chapters]


@pytest.mark.parametrize("path", COURSE[1:], ids=lambda path: path.stem)
def test_the_map_leads_to(path):
    number = places.number_of(path)[:2]
    assert f"]({path.name})" in rows()[number], (
        f"add [more]({path.name}) to row {number} of the map in {COURSE[0].name}"
    )
