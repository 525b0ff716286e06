"""No term comes before it is introduced; no letter means two things in a notebook."""

from pathlib import Path

import nbformat
import pytest

from gan_utils.cli import places, words

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = places.course(FOLDER)
GLOSSARY = """\
| term | 中文 | meaning | introduced in |
|---|---|---|---|
| <a id="mode"></a>**mode, peak** | 模式 | where samples gather | [01](01_b.ipynb) |
"""
NOTATION = """\
| letter | meaning | only in |
|---|---|---|
| $x$, $x'$ | a sample | |
| $k$ | a counter | 00 |
| $k$ | updates of $D$ | 01 |
| $D$ | the discriminator | |
"""


def read(path):
    return nbformat.read(path, as_version=4)


def page(*cells: str):
    """Make a notebook of texts."""
    texts = [nbformat.v4.new_markdown_cell(cell) for cell in cells]
    return nbformat.v4.new_notebook(cells=texts)


def test_terms_come_in_the_order_of_the_course():
    known = words.terms(read(FOLDER / words.GLOSSARY))
    assert len(known) > 70
    chapters = {
        places.number_of(path): read(path)
        for path in NOTEBOOKS
        if not places.is_side_room(path)
    }
    assert list(words.early(chapters, known)) == []


def test_every_link_to_the_glossary_finds_its_line():
    known = {term.anchor for term in words.terms(read(FOLDER / words.GLOSSARY))}
    for path in NOTEBOOKS:
        text = "\n".join(cell.source for cell in read(path).cells)
        wanted = set(words.ANCHORED.findall(text))
        assert wanted <= known, f"{path.name}: {wanted - known}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_letter_has_one_meaning(path):
    notation = read(FOLDER / words.NOTATION)
    found = words.strangers(places.number_of(path), read(path), notation)
    assert list(found) == []


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("No such word.", "A [**mode**](glossary.ipynb#mode).", None),
        ("Two modes.", "A [**mode**](glossary.ipynb#mode).", "00 uses 'mode'"),
        ("Peaks!", "A [**mode**](glossary.ipynb#mode).", "00 uses 'mode'"),
        ("A mode, see [01](01_b.ipynb).", "[**mode**](glossary.ipynb#mode)", None),
        ("`mode` and $mode$", "[**mode**](glossary.ipynb#mode)", None),
        ("", "One peak. Then [**mode**](glossary.ipynb#mode).", "01 uses 'mode'"),
        ("", "A **mode**.", "01 does not introduce 'mode'"),
        ("", "A model. [**modes**](glossary.ipynb#mode)", None),
    ],
)
def test_a_term_before_its_introduction_is_named(first, second, said):
    chapters = {"00": page("# 00", first), "01": page("# 01", second)}
    found = list(words.early(chapters, words.terms(page(GLOSSARY))))
    assert len(found) == (said is not None) and (not said or said in found[0])


@pytest.mark.parametrize(
    ("number", "text", "said"),
    [
        ("00", "$x_k = D(x')$", None),
        ("00", r"$\mathrm{KL}(x) = \log x$ and `y`", None),
        ("00", "$$x + y$$", "no line for y"),
        ("00", r"$\theta$", "no line for theta"),
        ("02", "$k$", "no line for k"),
    ],
)
def test_a_letter_without_its_line_is_named(number, text, said):
    found = list(words.strangers(number, page("# A", text), page(NOTATION)))
    assert len(found) == (said is not None) and (not said or said in found[0])


def test_a_letter_with_two_meanings_is_named():
    twice = page(NOTATION + "| $k$ | steps | 00 |\n")
    (said,) = words.strangers("00", page("$k$"), twice)
    assert "two meanings" in said
