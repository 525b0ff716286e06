"""The glossary and the page of notation: whole rows, in order, that lead somewhere."""

import re
from pathlib import Path

import nbformat
import pytest

from gan_utils.cli import canonical, places

FOLDER = Path(__file__).parents[1] / "notebooks"
PAGES = [FOLDER / name for name in places.PAGES]


def read(name):
    return nbformat.read(FOLDER / name, as_version=4)


def rows(name) -> list[list[str]]:
    """List the cells of the table's rows."""
    lines = [line for line in read(name).cells[1].source.splitlines()[2:] if line]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_is_in_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    assert text == canonical.text_of(canonical.canonical(read(path.name)))


def test_every_term_has_its_translation_meaning_and_chapter():
    for term, chinese, meaning, link in rows("glossary.ipynb"):
        assert re.match(r'<a id="[\w-]+"></a>\*\*', term), term
        assert len(meaning.split()) >= 3, term
        assert re.search("[\u4e00-\u9fff]", chinese), term
        number, target = re.fullmatch(r"\[(\d\d[a-z]?)\]\((.+)\)", link).groups()
        assert (FOLDER / target).exists() and target.startswith(number), term


def test_terms_stand_in_order_and_once():
    terms = [re.sub("<.*?>|\\*", "", row[0]) for row in rows("glossary.ipynb")]
    terms = [term.lower() for term in terms]
    assert terms == sorted(set(terms))
