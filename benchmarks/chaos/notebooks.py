"""Notebooks as the victims: executed in place, and a learner's copy brought up to date.

Both are in a small clone of the course, of its package and one or a few notebooks.
"""

import json
import shutil
import time
from functools import cache
from pathlib import Path

from benchmarks.chaos.processes import (
    ROOT,
    begun,
    course,
    finished,
    killed,
    python,
    seconds_of,
)
from benchmarks.chaos.trials import require

NAME = "00_small.ipynb"
MINE = "# what the learner typed"
REFRESH = """
import sys
from pathlib import Path
from gan_utils.cli import working_copy
print("begin", flush=True)
try:
    notes = working_copy.refresh(Path(sys.argv[1]), Path(sys.argv[2]))
except OSError as error:
    sys.exit(str(error))
print("\\n".join(notes))
"""


def clone(folder: Path) -> Path:
    """Make a small clone of the course with one notebook; return its folder."""
    keep = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "gan_utils", folder / "gan_utils", ignore=keep)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "notebooks").mkdir()
    long = "# " + "x" * 2**15  # so that it takes several pages of a disk
    write(folder / "notebooks" / NAME, "print(sum(range(10)))", long, setup=True)
    return folder


def write(path: Path, *sources: str, setup: bool = False) -> None:
    """Write a notebook with cells of code, with the course's own cells before them."""
    import nbformat
    from nbformat import v4

    cells = [v4.new_markdown_cell("# 00 Small\n\n<!-- badges -->")]
    if setup:
        tags = {"tags": ["hide-input", "setup"]}
        cells.append(v4.new_code_cell("# @title Set-up", metadata=tags))
    cells += map(v4.new_code_cell, sources)
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    nbformat.write(v4.new_notebook(cells=cells), path)


def in_place(source: Path, **options) -> dict:
    """Describe the process that executes the notebook of a clone in place."""
    return course("run", "00", "--in-place", source=source, **options)


@cache
def executed(shelf: Path) -> tuple[bytes, bytes, float]:
    """Return the notebook before and after an undisturbed `run`, and its seconds."""
    source = clone(shelf / "clone")
    path = source / "notebooks" / NAME
    before = path.read_bytes()
    seconds = seconds_of(in_place(source))
    return before, path.read_bytes(), seconds


def kill_run(rng, folder: Path, shelf: Path) -> str:
    """Kill `run --in-place`; the notebook is the old one or the new one, whole."""
    before, after, seconds = executed(shelf)
    path = clone(folder / "clone") / "notebooks" / NAME
    moment, _ = killed(in_place(folder / "clone"), rng, seconds)
    require_one_of(path, before, after)
    finished(in_place(folder / "clone"))
    require_one_of(path, after)
    return f"killed after {moment:.2f} s"


def require_one_of(path: Path, *contents: bytes) -> None:
    """Require that a file holds one of these contents.

    Raises:
        Lost: it holds something else.
    """
    now = path.read_bytes() if path.exists() else b""
    require(now in contents, f"{path.name} has {len(now)} bytes of something else")


def refresh(source: Path, copy: Path, setup: str = "") -> dict:
    """Describe the process that brings a learner's copy up to date."""
    return python(f"{setup}\n{REFRESH}", source, copy)


def learner(folder: Path, notebooks: int = 12) -> tuple[Path, Path]:
    """Make a course and a learner's copy of it; then both change.

    Args:
        folder: an empty one.
        notebooks: how many; the learner typed into every third, the course has a new
            version of each.

    Returns:
        The folders of the course and of the copy.
    """
    source, copy = folder / "course", folder / "copy"
    source.mkdir(parents=True)
    for number in range(notebooks):
        write(source / f"{number:02}_a.ipynb", "1 + 1", "# your code", "x" * 2**18)
    finished(refresh(source, copy))
    for number in range(0, notebooks, 3):
        type_into(copy / f"{number:02}_a.ipynb")
    for number in range(notebooks):
        write(source / f"{number:02}_a.ipynb", "2 + 2", "# your code", "y" * 2**18)
    return source, copy


def type_into(path: Path) -> None:
    """Type something into the second cell of code of a notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][2]["source"] = MINE
    path.write_text(json.dumps(notebook), encoding="utf-8")


def require_copy(source: Path, copy: Path, done: bool) -> None:
    """Require that all that was typed is there, and every notebook whole.

    Args:
        source, copy: see `learner`.
        done: require too that what the learner left alone is the newest version.

    Raises:
        Lost: one of them is not.
    """
    for path in sorted(source.glob("*.ipynb")):
        mine = copy / path.name
        try:
            cells = json.loads(mine.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError) as error:
            require(False, f"{mine.name}: {error}")
        typed = int(path.name[:2]) % 3 == 0
        text = "".join("".join(cell["source"]) for cell in cells)
        require(MINE in text or not typed, f"{mine.name}: what was typed is gone")
        if done and not typed:
            require("2 + 2" in text, f"{mine.name} is not the newest")
            require(mine.stem + ".new.ipynb" not in _names(copy), f"{mine.name} twice")


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def kill_refresh(rng, folder: Path, shelf: Path) -> str:
    """Kill the refreshing of a learner's copy."""
    source, copy = learner(folder)
    moment, _ = killed(refresh(source, copy), rng, _writing(shelf), ready="begin")
    require_copy(source, copy, done=False)
    finished(refresh(source, copy))
    require_copy(source, copy, done=True)
    return f"killed {1e3 * moment:.1f} ms after it began"


@cache
def _writing(shelf: Path) -> float:
    """Return the seconds that a refresh takes once all is imported."""
    source, copy = learner(shelf / "learner")
    child = begun(refresh(source, copy), "begin")
    clock = time.perf_counter()
    child.communicate()
    return time.perf_counter() - clock
