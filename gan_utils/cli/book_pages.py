"""The course's notebooks as the sources of a book that needs no kernel."""

import re
from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode, v4

from gan_utils.cli.formulas import with_mathml
from gan_utils.cli.page import folded_title
from gan_utils.cli.places import everything, is_side_room, number_of, read_notebook

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"

_LINK = re.compile(r"\[([^\]]+)\]\((\d\d\w+|glossary|notation)\.ipynb(#[^)]*)?\)")
_DISPLAYED = re.compile(r'<math [^>]*display="block".*?</math>', re.DOTALL)
_TITLE = re.compile(r"\A# @title.*\n*")
_ROOMS = "```{{toctree}}\n:hidden:\n\n{}\n```"


def write_pages(notebooks: Path, target: Path) -> list[str]:
    """Write every notebook of a folder as a source that Sphinx can read.

    Args:
        notebooks: the course's folder of executed notebooks.
        target: the folder to write into; it exists.

    Returns:
        The names of the pages, without an ending, in the order of the course.
    """
    paths = everything(notebooks)
    for path in paths:
        rooms = [] if is_side_room(path) else _side_rooms(path, paths)
        text = v4.writes(page_of(read_notebook(path), rooms))
        (target / path.name).write_text(text, "utf-8")
    return [path.stem for path in paths]


def _side_rooms(path: Path, paths: list[Path]) -> list[str]:
    """Name the side rooms of a chapter: 02b_... of 02_..."""
    number = number_of(path)
    rooms = [p.stem for p in paths if number_of(p).rstrip("bcdef") == number]
    return [room for room in rooms if room != path.stem]


def page_of(notebook: NotebookNode, rooms: list[str] = ()) -> NotebookNode:
    """Return a copy of a notebook as a page of the book.

    Formulas become MathML, which a browser sets without a script. A folded cell is
    named by its own title. A recorded lab brings its recording along.

    Args:
        notebook: an executed notebook in canonical form.
        rooms: pages that come after this one and belong to it.
    """
    page = deepcopy(notebook)
    states = page.metadata.pop("widgets", {}).get(STATE)
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = _prose(cell.source)
        elif cell.cell_type == "code":
            _fold(cell)
            for output in cell.outputs:
                _show(output, states)
    if rooms:
        page.cells.append(v4.new_markdown_cell(_ROOMS.format("\n".join(rooms))))
    return page


def _prose(markdown: str) -> str:
    text = with_mathml(_LINK.sub(_anchor, markdown))
    return _DISPLAYED.sub(r'<span class="formula">\g<0></span>', text)


def _anchor(link: re.Match) -> str:
    """Lead to another page of the book; a word of the glossary says that it is one."""
    words, page, place = link[1], link[2], link[3] or ""
    kind = ' class="term"' if page == "glossary" and place else ""
    return f'<a{kind} href="{page}.html{place}">{words}</a>'


def _fold(cell: NotebookNode) -> None:
    """Let a folded cell carry its title outside, and its code alone inside."""
    if "hide-input" in cell.metadata.get("tags", []):
        settings = cell.metadata.setdefault("mystnb", {})
        title = folded_title(cell.source)
        settings |= {"code_prompt_show": title, "code_prompt_hide": title}
        cell.source = _TITLE.sub("", cell.source)


def _show(output: NotebookNode, states) -> None:
    """Make an output ready for a page without a kernel."""
    data = output.get("data", {})
    data.pop(VIEW, None)
    if "text/markdown" in data:
        data["text/markdown"] = _prose(data["text/markdown"])
