"""The learner's own copy of the notebooks, refreshed but never overwritten."""

import hashlib
import json
from pathlib import Path

from gan_utils.cli.places import clone

FOLDER = "my_notebooks"
MANIFEST = ".gan_course.json"


def default_folder() -> Path:
    """Return where the copy lives: in the clone, or here for a plain install."""
    return (clone() or Path.cwd()) / FOLDER


def refresh(source: Path, target: Path) -> list[str]:
    """Bring a working copy up to date without touching what the learner changed.

    A notebook that is as it was handed out is replaced by a newer one. One that the
    learner changed stays, and the newer one is put beside it as `NN_name.new.ipynb`.

    Args:
        source: the folder of the course's notebooks.
        target: the folder of the copy; made when absent.

    Returns:
        One sentence for each file that the learner should know about.
    """
    target.mkdir(parents=True, exist_ok=True)
    manifest = target / MANIFEST
    given = _given(manifest)
    notes = []
    for path in sorted(source.glob("[0-9][0-9]_*.ipynb")):
        note = _refresh_one(path, target, given)
        notes += [note] if note else []
    manifest.write_text(json.dumps(given, indent=1, sort_keys=True) + "\n")
    return notes


def _given(manifest: Path) -> dict[str, str]:
    """Return what was handed out; when unreadable, nothing, and every file is kept."""
    try:
        return json.loads(manifest.read_text())
    except (OSError, ValueError):
        return {}


def _refresh_one(path: Path, target: Path, given: dict[str, str]) -> str:
    """Copy one notebook; `given` maps each file handed out to its digest."""
    new, mine = _digest(path), target / path.name
    if _untouched(mine, given):
        mine.write_bytes(path.read_bytes())
        given[mine.name] = new
        return ""
    if new in (_digest(mine), given.get(mine.name)) or new in _offers(mine, given):
        return ""
    offer = _free_name(mine, given)
    offer.write_bytes(path.read_bytes())
    given[offer.name] = new
    return f"{mine.name}: you changed it, so it stays. The new one is {offer.name}."


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _untouched(path: Path, given: dict[str, str]) -> bool:
    """Say whether writing to the path would lose nothing of the learner's."""
    return not path.exists() or _digest(path) == given.get(path.name)


def _offers(mine: Path, given: dict[str, str]) -> list[str]:
    return [
        digest
        for name, digest in given.items()
        if name.startswith(f"{mine.stem}.new") and (mine.parent / name).exists()
    ]


def _free_name(mine: Path, given: dict[str, str]) -> Path:
    offer, number = mine.with_name(f"{mine.stem}.new.ipynb"), 2
    while not _untouched(offer, given):
        offer = mine.with_name(f"{mine.stem}.new{number}.ipynb")
        number += 1
    return offer
