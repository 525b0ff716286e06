"""The time table in the README: one row a notebook, rewritten between two marks."""

import re
from pathlib import Path

from gan_utils.cli.places import CourseError, clone
from gan_utils.whole_files import write_with

BEGIN, END = "<!-- times: begin -->", "<!-- times: end -->"
_ROW = re.compile(r"^\| `(\d\d\w+\.ipynb)` \| +([\d.]+) \|$", re.MULTILINE)
_TABLE = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)


def read(text: str) -> dict[str, float]:
    """Return seconds by notebook as a README's text has them."""
    return {name: float(seconds) for name, seconds in _ROW.findall(text)}


def rewrite(text: str, seconds: dict[str, float]) -> str:
    """Return a README's text with new seconds in its time table.

    Args:
        text: the README, with the two marks.
        seconds: by notebook; rows of other notebooks stay.
    """
    if not _TABLE.search(text):
        raise CourseError(f"The README has no lines {BEGIN} and {END}.")
    rows = read(text) | seconds
    lines = [f"| `{name}` | {rows[name]:.0f} |" for name in sorted(rows)]
    lines.append(f"| all | {sum(round(s) for s in rows.values())} |")
    table = "\n".join([BEGIN, "| notebook | seconds |", "|---|---:|", *lines, END])
    return _TABLE.sub(lambda _: table, text)


def write(seconds: dict[str, float]) -> None:
    """Rewrite the time table in the clone's README.

    Raises:
        CourseError: this is no clone.
    """
    root = clone()
    if root is None:
        raise CourseError("--times writes the README of a clone; this is none.")
    readme: Path = root / "README.md"
    text = rewrite(readme.read_text("utf-8"), seconds).encode()
    write_with(readme, lambda file: file.write(text))
