"""What every notebook of the course has, checked on its text: length of cells, folds,
headings, links, exercises with solutions, British spelling."""

import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from gan_utils.cli.places import course, is_side_room, number_of
from gan_utils.cli.setup_cell import badge_line, setup_text

LONGEST_CELL = 30
MEDIAN_CELL = 8
OPENING = ("you will be able to", "prerequisite|you need", "minutes", "two CPU cores")
CLOSING = ("what you can now do", "common misconceptions", "further reading")

_AMERICAN = re.compile(
    r"\b(behavior|color|flavor|neighbor|optimizer|center|analyze|visualize)s?\b", re.I
)
_NOT_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|<[^>]*>|https?://\S+", re.S
)
_LINK = re.compile(r"\]\(([^)#\s:]+\.ipynb)(?:#[^)]*)?\)")


def complaints(notebook: NotebookNode, path: Path, address: str) -> list[str]:
    """Name what the course's form asks of a notebook and this one lacks.

    Args:
        notebook: a notebook in canonical form.
        path: its file; the neighbours in its folder decide which links it needs.
        address: the address of the course that the set-up cell should hold.
    """
    return [
        *_set_up(notebook, path, address),
        *_lengths(notebook),
        *_folds(notebook),
        *_exercises(notebook),
        *_headings(notebook),
        *_links(notebook, path),
        *_spelling(notebook),
    ]


def _tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _prose(notebook: NotebookNode) -> list[str]:
    return [c.source for c in notebook.cells if c.cell_type == "markdown"]


def _set_up(notebook, path: Path, address: str) -> Iterator[str]:
    first = _code(notebook)[0]
    if "setup" not in _tags(first) or first.source != setup_text(address):
        yield "the first code cell is not the shared set-up cell"
    if badge_line(address, path.name) not in notebook.cells[0].source:
        yield "the opening cell lacks the badge line"


def _lengths(notebook) -> Iterator[str]:
    lengths = [len(cell.source.splitlines()) for cell in _code(notebook)]
    if (median := statistics.median(lengths)) > MEDIAN_CELL:
        yield f"the median code cell has {median} lines, more than {MEDIAN_CELL}"
    for cell, length in zip(_code(notebook), lengths, strict=True):
        if length > LONGEST_CELL:
            yield f"a cell has {length} lines, more than {LONGEST_CELL}: {_name(cell)}"


def _name(cell: NotebookNode) -> str:
    return repr(cell.source.split("\n")[0][:60])


def _folds(notebook) -> Iterator[str]:
    for cell in _code(notebook):
        if "hide-input" in _tags(cell) and not cell.source.startswith("# @title "):
            yield f"a folded cell does not begin with '# @title': {_name(cell)}"
        if "solution" in _tags(cell) and "hide-input" not in _tags(cell):
            yield f"a solution is not folded: {_name(cell)}"


def _exercises(notebook) -> Iterator[str]:
    kinds = [
        (next((t for t in ("exercise", "solution") if t in _tags(cell)), ""), cell)
        for cell in _code(notebook)
    ]
    pairs = [("", None), *kinds, ("", None)]
    for (before, _), (kind, cell), (after, _) in zip(pairs, kinds, pairs[2:]):  # noqa: B905
        if kind == "exercise" and after != "solution":
            yield f"an exercise has no solution right after it: {_name(cell)}"
        if kind == "solution" and before != "exercise":
            yield f"a solution has no exercise right before it: {_name(cell)}"


def _headings(notebook) -> Iterator[str]:
    opening, closing = notebook.cells[0].source, "\n".join(_prose(notebook)[-6:])
    for phrase in OPENING:
        if not re.search(phrase, opening, re.I):
            yield f"the opening cell does not say {phrase!r}"
    for phrase in CLOSING:
        if not re.search(phrase, closing, re.I):
            yield f"the last cells have no part {phrase!r}"


def _links(notebook, path: Path) -> Iterator[str]:
    targets = {t for text in _prose(notebook) for t in _LINK.findall(text)}
    for target in sorted(targets):
        if not (path.parent / target).exists():
            yield f"a link leads nowhere: {target}"
    for neighbour in _neighbours(path):
        if neighbour not in "\n".join(_prose(notebook)[-2:]):
            yield f"the last cell has no link to {neighbour}"


def _neighbours(path: Path) -> list[str]:
    """Name what the last cell leads to: chapters beside it, or a side room's own."""
    every = course(path.parent)
    chapters = [p.name for p in every if not is_side_room(p)]
    number = number_of(path)
    if is_side_room(path):
        return [name for name in chapters if name.startswith(f"{number[:2]}_")]
    here = chapters.index(path.name)
    rooms = [p.name for p in every if is_side_room(p) and p.name.startswith(number)]
    return [*chapters[max(here - 1, 0) : here], *chapters[here + 1 : here + 2], *rooms]


def _spelling(notebook) -> Iterator[str]:
    for text in _prose(notebook):
        for line in _NOT_PROSE.sub(" ", text).splitlines():
            if "arXiv" not in line and (match := _AMERICAN.search(line)):
                yield f"American spelling: {match[0]!r} in {line.strip()[:60]!r}"
