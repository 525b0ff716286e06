"""Three versions of a notebook made one: what the learner wrote stays, the rest is new.

A notebook is the plain dictionary of its JSON. Cells are known again by their ids,
which JupyterLab keeps when a cell is changed, else by their text and place.
"""

import json
import secrets
from difflib import SequenceMatcher

_STATE = "application/vnd.jupyter.widget-state+json"
_EDGE = -1  # before the first cell


def parse(text: bytes) -> dict | None:
    """Read a notebook of format 4; None when these bytes are none."""
    try:
        book = json.loads(text)
        sound = book["nbformat"] == 4 and isinstance(book["metadata"], dict)
        sound = sound and all(_words(cell) is not None for cell in book["cells"])
    except (ValueError, KeyError, TypeError):
        return None
    return book if sound else None


def written(book: dict) -> list[tuple[str, str]]:
    """Return what a person writes in a notebook: kind and source of each cell.

    Cells without a word, which JupyterLab adds at the end, do not count; nor do blanks
    at the end of a cell, outputs, ids and settings.
    """
    return [words for cell in book["cells"] if (words := _words(cell))[1]]


def made(base: dict, mine: dict) -> bool:
    """Say whether the learner changed a source, or ran a cell and got other outputs."""
    shown = [[_outputs(c) for c in b["cells"] if _words(c)[1]] for b in (base, mine)]
    return written(base) != written(mine) or shown[0] != shown[1]


def merge(base: dict, mine: dict, new: dict) -> dict | None:
    """Bring the learner's notebook up to date.

    Args:
        base: the version of the course that the learner's began as.
        mine: the learner's; cells that they changed, added or took out stay so.
        new: the course's present version.

    Returns:
        The merged notebook; None where it is not certain what is meant: the course
        changed a cell that the learner changed too, or the learner moved cells.
    """
    origins = _origins(base["cells"], mine["cells"])
    known = [i for i in origins if i is not None]
    if known != sorted(known):
        return None
    stays, follows = _course_moves(base["cells"], new["cells"])
    names = {cell.get("id") for cell in new["cells"]}
    kept, added, last = {}, {}, _EDGE
    for cell, origin in zip(mine["cells"], origins, strict=True):
        if origin is None:
            added.setdefault(last, []).extend(_under_own_name(cell, names))
            continue
        last = follows[origin]
        if origin in stays:
            kept[last] = _newer(base["cells"][origin], cell, new["cells"][last])
        elif _words(cell) not in (_words(base["cells"][origin]), *_near(new, last)):
            return None
    gone = {stays[i] for i in stays.keys() - set(known)}
    cells = added.get(_EDGE, [])
    for at, cell in enumerate(new["cells"]):
        cells += [] if at in gone else [kept.get(at, cell)]
        cells += added.get(at, [])
    return {**new, "metadata": _metadata(mine, new), "cells": cells}


def _words(cell: dict) -> tuple[str, str]:
    return cell["cell_type"], "".join(cell["source"]).rstrip()


def _under_own_name(cell: dict, names: set) -> list[dict]:
    """Return a cell that the learner added, unless it is empty; enter its name."""
    if not _words(cell)[1]:
        return []
    if not cell.get("id") or cell["id"] in names:
        cell = {**cell, "id": secrets.token_hex(4)}
    names.add(cell["id"])
    return [cell]


def _near(new: dict, at: int) -> list:
    """Return what the course put where a cell was, to see whether it is the same."""
    return [_words(new["cells"][at])] if at != _EDGE else []


def _origins(base: list, mine: list) -> list[int | None]:
    """Return for each of the learner's cells which one of the course's it was."""
    places = {cell["id"]: i for i, cell in enumerate(base) if "id" in cell}
    origins = [places.pop(cell.get("id"), None) for cell in mine]
    if any(origin is not None for origin in origins):
        return origins
    origins = [None] * len(mine)  # saved by a program that drops ids
    for tag, i, i_end, j, j_end in _changes(base, mine):
        kinds = [[c["cell_type"] for c in x] for x in (base[i:i_end], mine[j:j_end])]
        if tag == "equal" or kinds[0] == kinds[1]:
            origins[j:j_end] = range(i, i_end)
    return origins


def _course_moves(base: list, new: list) -> tuple[dict[int, int], dict[int, int]]:
    """Return where unchanged cells went, and behind which new cell each one's place is.

    Both by their number in the old version; the second for all cells.
    """
    stays, follows = {}, {}
    for tag, i, i_end, j, j_end in _changes(base, new):
        pairs = tag == "equal" or i_end - i == j_end - j
        for k in range(i, i_end):
            follows[k] = j + k - i if pairs else j_end - 1
        if tag == "equal":
            stays |= {k: follows[k] for k in range(i, i_end)}
    return stays, follows


def _changes(a: list, b: list) -> list[tuple]:
    words = [[_words(cell) for cell in cells] for cells in (a, b)]
    return SequenceMatcher(None, *words, autojunk=False).get_opcodes()


def _newer(base: dict, mine: dict, new: dict) -> dict:
    """Return a cell whose source the course left: with the learner's work, if any."""
    if _words(mine) == _words(base) and _outputs(mine) == _outputs(base):
        return new
    return {**mine, "metadata": new["metadata"], "id": new.get("id")}


def _outputs(cell: dict) -> list:
    """Return what a cell shows, however a program cut it into lines."""
    return [
        [output["output_type"], _joined(output.get("data", output.get("text")))]
        for output in cell.get("outputs", [])
    ]


def _joined(value):
    if isinstance(value, dict):
        return {name: _joined(part) for name, part in value.items()}
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "".join(value)
    return value.strip() if isinstance(value, str) else value


def _metadata(mine: dict, new: dict) -> dict:
    """Keep the learner's kernel, and the state of what their outputs show."""
    metadata = dict(new["metadata"])
    if "kernelspec" in mine["metadata"]:
        metadata["kernelspec"] = mine["metadata"]["kernelspec"]
    saved = [b["metadata"].get("widgets", {}).get(_STATE, {}) for b in (mine, new)]
    if any(saved):
        state = saved[0].get("state", {}) | saved[1].get("state", {})
        metadata["widgets"] = {_STATE: saved[0] | saved[1] | {"state": state}}
    return metadata
