"""Every answer of CONTRIBUTING's "Where do I ...?" is a file with that name in it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = PAGE.split("## Where do I ...?")[1].split("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in SECTION.splitlines()
    if line.startswith("|") and "`" in line
]


def names_in(path: Path) -> set[str]:
    """List what a module defines at its top."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        found |= {t.id for t in targets if isinstance(t, ast.Name)}
        found.add(getattr(node, "name", None))
    return found


def test_there_are_fifteen_answers_or_more():
    assert len(ROWS) >= 15


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_answer_exists(row):
    _, files, names = row
    first, *beside = re.findall(r"`([\w/.]+\.py)`", files)
    assert (ROOT / first).is_file()
    for other in beside:
        assert (ROOT / other).is_file() or (ROOT / first).with_name(other).is_file()
    for name in re.findall(r"`(\w+)`", names):
        assert name in names_in(ROOT / first), name
