"""The course as a book: a site that opens from a folder, without a network."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gan_utils.cli.places import CourseError, clone, everything, notebooks_folder

NEEDED = ("sphinx", "myst_nb", "sphinx_book_theme", "latex2mathml")
MARK = ".buildinfo"  # Sphinx leaves it in what it made
SHOWN = 12  # lines of what Sphinx says, where it fails


def build(out: Path) -> Path:
    """Make the book from the notebooks as they are stored; nothing is executed.

    Args:
        out: a folder for the site: absent, empty, or an earlier book.

    Returns:
        The page to open first.

    Raises:
        CourseError: this is no clone, a package is missing, the folder holds something
            else, or Sphinx has a warning.
    """
    root = clone()
    if root is None:
        raise CourseError(
            "The book is made in a clone of the course only: clone its repository, "
            "install it from there and run this command again."
        )
    _require_packages()
    _make_room(out)
    from gan_utils.cli import book_live, book_pages
    from gan_utils.cli.book_finish import finish

    with tempfile.TemporaryDirectory(prefix="book-") as folder:
        source = Path(folder, "source")
        shutil.copytree(root / "book", source)
        parts = book_live.write(source / "_static")
        book_pages.write_pages(notebooks_folder(), source, parts)
        _run_sphinx(source, out, Path(folder, "doctrees"))
    finish(out)
    return out / "index.html"


def print_pdf(site: Path, target: Path) -> None:
    """Print a book that `build` made as one PDF, by a Chromium.

    Args:
        site: the book.
        target: the file to write.

    Raises:
        CourseError: there is no Chromium, or it fails.
    """
    from gan_utils.cli import book_print

    pages = [path.stem for path in everything(notebooks_folder())]
    sheet = book_print.write_sheet(site, [*pages, "promises", "credits"])
    book_print.print_pdf(sheet, target)
    sheet.unlink()


def _require_packages() -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise CourseError(
            f"The book needs {', '.join(missing)}, which this Python has not. Run\n"
            '    pip install -e ".[lab,book]"'
        )


def _make_room(out: Path) -> None:
    """Take an earlier book away; leave every other folder as it is."""
    if out.is_dir() and (out / MARK).exists():
        shutil.rmtree(out)
    elif out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CourseError(
            f"--out is {out}, which holds something that is no book of this course. "
            "Name a new folder or an empty one."
        )


def _run_sphinx(source: Path, out: Path, doctrees: Path) -> None:
    words = ["-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    words += ["-d", str(doctrees), str(source), str(out)]
    done = subprocess.run(
        [sys.executable, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        said = (done.stdout + done.stderr).replace(f"{source}{os.sep}", "").strip()
        lines = "\n    ".join(said.splitlines()[-SHOWN:])
        raise CourseError(f"The book was not made. Sphinx says:\n    {lines}")
