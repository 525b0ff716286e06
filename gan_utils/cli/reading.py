"""How long a notebook takes to read, and what its main path may ask of a reader.

The main path is what a reader meets who opens nothing: no folded cell, no fold in the
text but an answer, no section called "Going deeper".
"""

import re
import statistics
from collections.abc import Iterator

from nbformat import NotebookNode

from gan_utils.cli.places import PAGES

WORDS = 200  # read in a minute
CELL, FIGURE = 20, 40  # seconds for a code cell, and for a figure
LONGEST = 45  # minutes of a main path
LEEWAY = 0.2  # of the minutes that the opening states
PREDICTIONS = 8
MEDIAN_LINES = 6

_STATED = re.compile(r"(\d+) minutes to read")
FOLD = re.compile(
    r"<details>\s*<summary>(?P<name>.*?)</summary>.*?</details>", re.DOTALL
)
_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)
_MARKUP = re.compile(r"<[^>]+>|\]\([^)]*\)|https?://\S+")
_NESTED = re.compile(r"vmap\([^()\n]*vmap\(")


def main_path(notebook: NotebookNode) -> list[NotebookNode]:
    """List the cells of the main path: visible, and in no section Going deeper."""
    path, aside = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := _HEADING.findall(cell.source)):
            aside = "going deeper" in found[-1].lower()
        hidden = "hide-input" in cell.metadata.get("tags", [])
        if not aside and not (hidden and not _figures(cell)):
            path.append(cell)
    return path


def minutes(notebook: NotebookNode) -> float:
    """Estimate the minutes of the main path: words, code cells and figures."""
    seconds = 0.0
    for cell in main_path(notebook):
        if cell.cell_type == "markdown":
            text = _MARKUP.sub(" ", FOLD.sub(_unfolded, cell.source))
            seconds += len(text.split()) * 60 / WORDS
        else:
            seconds += CELL * _visible(cell) + FIGURE * _figures(cell)
    return seconds / 60


def complaints(notebook: NotebookNode) -> Iterator[str]:
    """Say where a notebook asks more of its reader than the course means to."""
    opening, counted = notebook.cells[0].source, minutes(notebook)
    if not (stated := _STATED.search(opening)):
        yield "the opening cell does not say '... minutes to read'"
    elif abs(float(stated[1]) - counted) > LEEWAY * counted:
        yield f"the opening says {stated[1]} minutes to read; counted {counted:.0f}"
    if counted > LONGEST:
        yield f"the main path takes {counted:.0f} minutes to read, over {LONGEST}"
    for page in PAGES:
        if page not in opening:
            yield f"the opening cell has no link to {page}"
    path = main_path(notebook)
    text = "\n".join(cell.source for cell in path)
    if (
        count := text.count("**Predict") + text.count("widgets.predict(")
    ) > PREDICTIONS:
        yield f"{count} predictions on the main path, over {PREDICTIONS}"
    shown = [c for c in path if c.cell_type == "code" and _visible(c)]
    lines = [len(c.source.splitlines()) for c in shown]
    if lines and (median := statistics.median(lines)) > MEDIAN_LINES:
        yield f"visible code cells have {median} lines in the median"
    for cell in shown:
        name = repr(cell.source.split("\n")[0][:60])
        if re.search(r"^\s*assert ", cell.source, re.MULTILINE):
            yield f"an assertion in a visible cell, not in one tagged check: {name}"
        if _NESTED.search(cell.source):
            yield f"one vmap in another in a visible cell: {name}"
    yield from _sections(text)


def _sections(text: str) -> Iterator[str]:
    """Miss the sentence to remember at the end of a numbered section."""
    parts = re.split(r"^## +", text, flags=re.MULTILINE)[1:]
    for part in parts:
        title = part.split("\n")[0]
        if re.match(r"\d+\.\d+", title) and "**Remember.**" not in part:
            yield f"section {title!r} has no sentence to remember"


def _unfolded(fold: re.Match) -> str:
    """Keep an answer, which everybody opens, and drop hints and fine print."""
    name = re.sub(r"<[^>]+>", "", fold["name"]).strip().lower()
    keep = name.startswith(("answer", "what to see", "what came out"))
    return fold[0] if keep else ""


def _visible(cell: NotebookNode) -> bool:
    return "hide-input" not in cell.metadata.get("tags", [])


def _figures(cell: NotebookNode) -> int:
    return sum("image/png" in o.get("data", {}) for o in cell.get("outputs", []))
