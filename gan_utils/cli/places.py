"""Where the course's files are: the clone, its notebooks, the installed copy."""

import difflib
import site
import sys
import sysconfig
from pathlib import Path

PAGES = ("glossary.ipynb", "notation.ipynb")  # to look things up in: no chapters
PACKAGE = Path(__file__).resolve().parents[1]


class CourseError(Exception):
    """A problem that the learner can mend; its text says how."""


def clone() -> Path | None:
    """Return the clone that this package runs from, or None for a plain install."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").exists() else None


def notebooks_folder() -> Path:
    """Return the folder of the course's own notebooks.

    Raises:
        CourseError: neither a clone nor an installed copy holds notebooks.
    """
    root = clone()
    folders = [root / "notebooks"] if root else _installed()
    for folder in folders:
        if any(folder.glob("*.ipynb")):
            return folder
    raise CourseError(
        f"No notebooks in {folders[0]}. Clone the course's repository and run this "
        "command from the clone (pip install -e . first)."
    )


def _installed() -> list[Path]:
    """List where pip puts the notebooks: ordinarily, for a user, by --target."""
    own = site.getuserbase()
    bases = [sys.prefix, sysconfig.get_path("data"), own, PACKAGE.parent]
    return [Path(base) / "share" / "gan-course" / "notebooks" for base in bases]


def install(extra: str = "lab") -> str:
    """Return the command that adds what the course needs for a purpose.

    Args:
        extra: its name in pyproject.toml: "lab", "cuda13".
    """
    if clone():
        return f'pip install -e ".[{extra}]"'
    return f'pip install "gan-course[{extra}]"'


def number_of(path: Path) -> str:
    """Return what a notebook's file name begins with: "02", or "02b" of a side room."""
    return path.stem.split("_")[0]


def is_side_room(path: Path) -> bool:
    """Tell whether a notebook holds what has left the main path of another one."""
    return not number_of(path).isdigit()


def course(folder: Path) -> list[Path]:
    """List the notebooks of a folder, each followed by its side rooms."""
    every = folder.glob("[0-9][0-9]*_*.ipynb")
    return sorted(
        (p for p in every if ".new" not in p.name), key=lambda p: number_of(p)
    )


def everything(folder: Path) -> list[Path]:
    """List the notebooks of a folder and the pages to look things up in."""
    pages = [folder / name for name in PAGES]
    return [*course(folder), *(page for page in pages if page.exists())]


def select(wanted: list[str], folder: Path | None = None) -> list[Path]:
    """Return the notebooks asked for, in the course's order; all when none is named.

    Args:
        wanted: numbers ("3", "03"), names ("03_generator") or file names.
        folder: where to look; by default the course's own folder.

    Raises:
        CourseError: a wanted notebook is not there.
    """
    folder = folder or notebooks_folder()
    every = course(folder)
    if not wanted:
        return every
    return sorted({_find(word, every) for word in wanted})


def _find(word: str, every: list[Path]) -> Path:
    name = Path(word).name.removesuffix(".ipynb")
    for path in every:
        numbers = (number_of(path), number_of(path).removeprefix("0"))
        if name in (path.stem, *numbers):
            return path
    known = ", ".join(number_of(path) for path in every)
    close = difflib.get_close_matches(name, [path.stem for path in every], n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise CourseError(f"There is no notebook {word!r}.{hint} The course has: {known}.")


def read_notebook(path: Path):
    """Read a notebook.

    Raises:
        CourseError: the file holds none.
    """
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        why = " ".join(str(error).split())[:100].rstrip(".")
        raise CourseError(
            f"{path} cannot be read as a notebook ({why}). Likely cause: a file that "
            "was cut, or one of another kind; restore it, or move it elsewhere."
        ) from error
