"""The table of minutes on the teachers' page, as the notebooks themselves state them.

`python -m gan_utils.cli.teaching` writes it anew after a notebook states other minutes.
"""

import re
from pathlib import Path
from typing import NamedTuple

from gan_utils.cli.places import CourseError, clone, course, number_of, read_notebook
from gan_utils.whole_files import write_with

BEGIN, END = "<!-- minutes: begin -->", "<!-- minutes: end -->"
_STATED = re.compile(r"(\d+) minutes to read, (\d+) to do")
_TABLE = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)


class Row(NamedTuple):
    """What a notebook asks of a learner."""

    number: str
    title: str
    read: int  # minutes
    do: int  # minutes
    exercises: int


def row(path: Path) -> Row:
    """Read what a notebook states in its opening cell.

    Raises:
        CourseError: it states no minutes.
    """
    notebook = read_notebook(path)
    opening = notebook.cells[0].source
    if not (stated := _STATED.search(opening)):
        raise CourseError(f"{path.name} does not say '... minutes to read, ... to do'.")
    number = number_of(path)
    title = opening.splitlines()[0].removeprefix(f"# {number}").strip()
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    exercises = sum("exercise" in names for names in tags)
    return Row(number, title, int(stated[1]), int(stated[2]), exercises)


def rewrite(text: str, rows: list[Row]) -> str:
    """Return the page with a table of these rows between its two marks."""
    lines = [
        "| | notebook | minutes to read | to do | exercises |",
        "|---|---|---:|---:|---:|",
        *(
            f"| {r.number} | {r.title} | {r.read} | {r.do} | {r.exercises} |"
            for r in rows
        ),
    ]
    main = [r for r in rows if r.number.isdigit()]
    read, do = sum(r.read for r in main), sum(r.do for r in main)
    total = sum(r.exercises for r in main)
    lines.append(f"| | all chapters, no side room | {read} | {do} | {total} |")
    table = "\n".join([BEGIN, "", *lines, "", END])
    new, found = _TABLE.subn(lambda _: table, text)
    if found != 1:
        raise CourseError(f"The page has no lines {BEGIN} and {END}.")
    return new


def main() -> None:
    """Rewrite the table of the clone's page."""
    root = clone()
    if root is None:
        raise CourseError("The teachers' page is written in a clone; this is none.")
    page = root / "book" / "teach.md"
    rows = [row(path) for path in course(root / "notebooks")]
    text = rewrite(page.read_text("utf-8"), rows).encode()
    write_with(page, lambda file: file.write(text))


if __name__ == "__main__":
    main()
