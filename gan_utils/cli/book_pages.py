"""The course's notebooks as the sources of a book that needs no kernel."""

import json
import re
from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode, v4

from gan_utils.cli import address, book_labs, book_live
from gan_utils.cli.formulas import with_mathml
from gan_utils.cli.page import folded_title
from gan_utils.cli.places import everything, is_side_room, number_of, read_notebook

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"

_LINK = re.compile(r"\[([^\]]+)\]\((\d\d\w+|glossary|notation)\.ipynb(#[^)]*)?\)")
_DISPLAYED = re.compile(r'<math [^>]*display="block".*?</math>', re.DOTALL)
_TITLE = re.compile(r"\A# @title.*\n*")
_SECTION = re.compile(r"^##+ (\d+b?\.\d+) .*$", re.MULTILINE)
_MINUTES = re.compile(r"\*\*Time\*\* (\d+) minutes to read, (\d+) to do")
_QUESTION = r"^\| {} \| .* \| ([^|]+) \|$"
_ROOMS = "```{{toctree}}\n:hidden:\n\n{}\n```"


def write_pages(notebooks: Path, target: Path, parts: dict[str, str]) -> None:
    """Write every notebook, and what the front page says of each, for Sphinx to read.

    Args:
        notebooks: the course's folder of executed notebooks.
        target: the folder of the book's other pages; it gets the notebooks and
            `course.json`. The links of its pages are made to lead to the notebooks.
        parts: HTML of what runs in a page, see `book_live.write`.
    """
    course = {path: read_notebook(path) for path in everything(notebooks)}
    places = {path.stem: sections(notebook) for path, notebook in course.items()}
    for path, notebook in course.items():
        rooms = [room.stem for room in _side_rooms(path, course)]
        page = page_of(notebook, rooms, places)
        book_labs.enliven(page, address.in_colab(path.name))
        text = v4.writes(page)
        (target / path.name).write_text(text, "utf-8")
    for path in target.glob("*.md"):
        text = book_live.filled(_prose(path.read_text("utf-8"), places), parts)
        path.write_text(text, "utf-8")
    told = {"course": contents(course), "live": parts}
    (target / "course.json").write_text(json.dumps(told), "utf-8")


def contents(course: dict) -> list[dict]:
    """Say of each chapter its page, number, title, question, minutes and side rooms.

    Args:
        course: the notebooks by their paths, in the order of the course; the first
            holds the map with the questions.
    """
    first, *_ = course.values()
    chapters = [path for path in course if number_of(path).isdigit()]
    return [_entry(path, course, _text(first)) for path in chapters]


def _entry(path: Path, course: dict, map_: str) -> dict:
    number, opening = number_of(path), course[path].cells[0].source
    question = re.search(_QUESTION.format(number), map_, re.MULTILINE)
    read, do = _MINUTES.search(opening).groups()
    rooms = [{"page": p.stem, "title": "more"} for p in _side_rooms(path, course)]
    return {
        "page": path.stem,
        "number": number,
        "title": opening.splitlines()[0].removeprefix(f"# {number} "),
        "question": question[1].strip(),
        "read": int(read),
        "do": int(do),
        "rooms": rooms,
    }


def _side_rooms(path: Path, course) -> list[Path]:
    """List the side rooms of a chapter: 02b_... of 02_..."""
    number = number_of(path)
    rooms = [p for p in course if is_side_room(p) and number_of(p)[:2] == number]
    return [room for room in rooms if room.stem[0].isdigit()]


def _text(notebook: NotebookNode) -> str:
    prose = (c.source for c in notebook.cells if c.cell_type == "markdown")
    return "\n".join(prose)


def sections(notebook: NotebookNode) -> dict[str, str]:
    """Map the number of each section, such as "2.3", to its place in the page."""
    found = _SECTION.finditer(_text(notebook))
    return {match[1]: _place(match[0]) for match in found}


def _place(heading: str) -> str:
    """Return what Sphinx calls a section: letters and digits, from a letter on."""
    words = re.sub(r"[^a-z0-9]+", "-", heading.lower())
    return re.sub(r"^[-0-9]+", "", words).rstrip("-")


def page_of(
    notebook: NotebookNode, rooms: list[str], places: dict[str, dict[str, str]]
) -> NotebookNode:
    """Return a copy of a notebook as a page of the book.

    Formulas become MathML, which a browser sets without a script. A folded cell is
    named by its own title. A widget is shown by its stored picture.

    Args:
        notebook: an executed notebook in canonical form.
        rooms: pages that come after this one and belong to it.
        places: for each page the places of its sections, see `sections`.
    """
    page = deepcopy(notebook)
    page.metadata.pop("widgets", None)
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = _prose(cell.source, places)
        elif cell.cell_type == "code":
            _fold(cell)
            cell.outputs = [each for each in cell.outputs if not _is_script(each)]
            for output in cell.outputs:
                _show(output, places)
    if rooms:
        page.cells.append(v4.new_markdown_cell(_ROOMS.format("\n".join(rooms))))
    return page


def _prose(markdown: str, places: dict) -> str:
    linked = _LINK.sub(lambda link: _anchor(link, places), markdown)
    text = with_mathml(linked)
    return _DISPLAYED.sub(r'<span class="formula">\g<0></span>', text)


def _anchor(link: re.Match, places: dict) -> str:
    """Lead to another page of the book; a word of the glossary says that it is one."""
    words, page, place = link[1], link[2], (link[3] or "").removeprefix("#")
    place = places.get(page, {}).get(place, place)
    kind = ' class="term"' if page == "glossary" and place else ""
    return f'<a{kind} href="{page}.html{place and "#"}{place}">{words}</a>'


def _fold(cell: NotebookNode) -> None:
    """Let a folded cell carry its title outside, and its code alone inside."""
    if "hide-input" in cell.metadata.get("tags", []):
        settings = cell.metadata.setdefault("mystnb", {})
        title = folded_title(cell.source)
        settings |= {"code_prompt_show": title, "code_prompt_hide": title}
        cell.source = _TITLE.sub("", cell.source)


def _is_script(output: NotebookNode) -> bool:
    """Tell whether an output is the script that plays a recording in a notebook."""
    html = output.get("data", {}).get("text/html", "")
    return html.startswith("<script>") and html.rstrip().endswith("</script>")


def _show(output: NotebookNode, places: dict) -> None:
    """Make an output ready for a page without a kernel."""
    data = output.get("data", {})
    data.pop(VIEW, None)
    if "text/markdown" in data:
        data["text/markdown"] = _prose(data["text/markdown"], places)
