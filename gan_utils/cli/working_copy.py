"""The learner's own copy of the notebooks, kept up to date; what they made stays in it.

Every notebook that is handed out says in its metadata of which version it is, and that
version is kept: from the two and the newest, `merging` makes one. Each file is written
whole, so that an end at any moment leaves the old one or the new one.
"""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from gan_utils.cli import merging
from gan_utils.cli.places import clone, everything
from gan_utils.whole_files import write_with

FOLDER = "my_notebooks"
VERSIONS = ".gan_course"  # what was handed out, one file a version
BACKUPS = "backups"
STAMP = "gan_course"  # in a notebook's metadata: the version it began as
_MANIFEST = ".gan_course.json"  # digests by name, from before versions were kept


class Course(NamedTuple):
    """A notebook as the course has it now."""

    text: bytes
    book: dict
    version: str


def default_folder() -> Path:
    """Return where the copy lives: in the clone, or here for a plain install."""
    return (clone() or Path.cwd()) / FOLDER


def refresh(source: Path, target: Path) -> list[str]:
    """Bring a working copy up to date without losing what the learner made.

    Cells that the learner changed or added stay, the course's other cells are replaced
    by newer ones; a copy of how it was goes into `backups`. Where both changed one cell
    the learner's notebook stays, and the newer one is put beside it as
    `NN_name.new.ipynb`.

    Args:
        source: the folder of the course's notebooks.
        target: the folder of the copy; made when absent.

    Returns:
        One sentence for each file that the learner should know about.

    Raises:
        OSError: a file cannot be written; the others are as they were, or up to date.
    """
    target.mkdir(parents=True, exist_ok=True)
    notes = []
    for path in everything(source):
        text = path.read_bytes()
        if (book := merging.parse(text)) is None:
            notes.append(f"{path.name}: the course's own file is damaged; left out.")
            continue
        course = Course(text, book, _version(text))
        if note := _refresh_one(target / path.name, course):
            notes.append(note)
    _prune(target)
    return notes


def _prune(folder: Path) -> None:
    """Drop the versions that no notebook here, nor a backup, began as."""
    here = [*folder.glob("*.ipynb"), *(folder / BACKUPS).glob("*.ipynb")]
    books = [merging.parse(path.read_bytes()) for path in here]
    if None in books:  # one that cannot be read may still be mended by hand
        return
    wanted = {book["metadata"].get(STAMP) for book in books}
    for path in (folder / VERSIONS).glob("??.*.ipynb"):
        if path.name.split(".")[1] not in wanted:
            path.unlink(missing_ok=True)


def _refresh_one(mine: Path, course: Course) -> str:
    """Bring one notebook up to date; return what the learner should know."""
    if not mine.exists():
        return _hand_out(mine, course, course.book)
    text = mine.read_bytes()
    if (book := merging.parse(text)) is None:
        return _offer(mine, course, "it cannot be read as a notebook")
    base = _base(mine, text, book, course)
    if base is None:
        return _offer(mine, course, "you changed it")
    if _version(base) == course.version:
        return "" if STAMP in book["metadata"] else _hand_out(mine, course, book)
    began = merging.parse(base)
    merged = merging.merge(began, book, course.book)
    if merged is None:
        return _offer(mine, course, "you and the course changed the same part")
    note = ""
    if merging.made(began, book):
        old = _back_up(mine, text)
        note = f"{mine.name}: updated, and what you made is in it. As it was: {old}."
    return _hand_out(mine, course, merged) or note


def _hand_out(path: Path, course: Course, book: dict) -> str:
    """Write a notebook that is up to date; first keep the version that it is of."""
    kept = _kept(path, course.version)
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        write_with(kept, lambda file: file.write(course.text))
    book = {**book, "metadata": {**book["metadata"], STAMP: course.version}}
    text = json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_with(path, lambda file: file.write(text.encode()))
    return ""


def _offer(mine: Path, course: Course, why: str) -> str:
    """Put the newest version beside the learner's, once."""
    offer, number = mine.with_name(f"{mine.stem}.new.ipynb"), 2
    while offer.exists():
        book = merging.parse(offer.read_bytes())
        version = book and book["metadata"].get(STAMP)
        if version == course.version:
            return ""
        began = version and _read(_kept(offer, version))
        if began and not merging.made(merging.parse(began), book):
            break
        offer = mine.with_name(f"{mine.stem}.new{number}.ipynb")
        number += 1
    _hand_out(offer, course, course.book)
    return f"{mine.name}: {why}, so it stays. The new one is {offer.name}."


def _base(mine: Path, text: bytes, book: dict, course: Course) -> bytes | None:
    """Return the version that a learner's notebook began as; None when it is lost."""
    version = book["metadata"].get(STAMP)
    if version is None:  # handed out before there were versions, or the learner's own
        known = (hashlib.sha256(text).hexdigest(), _full_digest(mine))
        if merging.written(book) == merging.written(course.book):
            return course.text
        return text if known[0] == known[1] else None
    if version == course.version:
        return course.text
    return _read(_kept(mine, version))


def _full_digest(mine: Path) -> str | None:
    try:
        return json.loads(mine.with_name(_MANIFEST).read_bytes()).get(mine.name)
    except (OSError, ValueError, AttributeError):
        return None


def _read(path: Path) -> bytes | None:
    """Read a version; None when it is gone or damaged."""
    text = path.read_bytes() if path.exists() else b""
    return text if merging.parse(text) else None


def _kept(path: Path, version: str) -> Path:
    return path.parent / VERSIONS / f"{path.name[:2]}.{version}.ipynb"


def _version(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]


def _back_up(mine: Path, text: bytes) -> str:
    """Keep a file as it is under a name that is free; return that name."""
    folder = mine.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    copy, number = folder / mine.name, 2
    while copy.exists():
        if copy.read_bytes() == text:
            break
        copy, number = folder / f"{mine.stem} {number}.ipynb", number + 1
    else:
        write_with(copy, lambda file: file.write(text))
    return f"{BACKUPS}/{copy.name}"
