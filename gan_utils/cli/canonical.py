"""The one form in which a notebook is committed."""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

from nbformat import NotebookNode

from gan_utils.cli import recordings

WIDGET = recordings.VIEW
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}


def canonical(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook in the form that is committed; applying it twice is once.

    Counts run from 1, cell ids follow the text, folded cells are folded everywhere,
    live widgets leave only their still picture and a lab its recording, alt text stands
    where the web page and the screen reader look for it, and nothing tells on which
    machine it ran.

    Args:
        notebook: a parsed notebook, executed or not. It is not changed.
    """
    notebook = deepcopy(notebook)
    widgets = recordings.prune(notebook)
    kept = set(widgets.get(recordings.STATE, {}).get("state", ()))
    count = 0
    for cell in notebook.cells:
        cell.metadata = _metadata(cell)
        if cell.cell_type == "code":
            cell.outputs = _merge([o for o in cell.outputs if _keep(o, kept)])
            count += bool(cell.source.strip())
            cell.execution_count = count if cell.source.strip() else None
            for output in cell.outputs:
                _clean(output, cell.execution_count, kept)
            _alt_text(cell)
    _name_cells(notebook.cells)
    title = re.match(r"#\s+(.+)", notebook.cells[0].source if notebook.cells else "")
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(KERNEL), language_info=NotebookNode(LANGUAGE)
    )
    if widgets:
        notebook.metadata.widgets = widgets
    if title:
        notebook.metadata.title = title[1].strip()
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def text_of(notebook: NotebookNode) -> str:
    """Return the file's text: sorted keys, one space, a newline at the end."""
    split = deepcopy(notebook)
    for cell in split.cells:
        cell.source = cell.source.splitlines(keepends=True)
        for output in cell.get("outputs", []):
            _split_output(output)
    text = json.dumps(split, ensure_ascii=False, indent=1, sort_keys=True)
    return text + "\n"


def _split_output(output: NotebookNode) -> None:
    if "text" in output:
        output.text = output.text.splitlines(keepends=True)
    for kind, value in output.get("data", {}).items():
        if kind.startswith("text/") and isinstance(value, str):
            output.data[kind] = value.splitlines(keepends=True)


def _metadata(cell: NotebookNode) -> NotebookNode:
    old = cell.metadata
    new = NotebookNode({k: old[k] for k in ("mystnb", "slideshow") if k in old})
    if tags := old.get("tags"):
        new.tags = sorted(set(tags))
    if cell.cell_type == "code" and "hide-input" in (tags or []):
        new.jupyter = NotebookNode(source_hidden=True)
        new.cellView = "form"
    return new


def _keep(output: NotebookNode, kept: set[str]) -> bool:
    """Say whether an output shows something once its live widget is gone."""
    data = output.get("data")
    if data is None or WIDGET not in data or data[WIDGET].get("model_id") in kept:
        return output.output_type != "stream" or bool(output.text)
    return bool(set(data) - {WIDGET, "text/plain"})


def _merge(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of one stream: how they were cut is chance."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.get("name") and output.name == last.get("name"):
            last.text += output.text
        else:
            merged.append(output)
    return merged


def _clean(output: NotebookNode, count: int | None, kept: set[str]) -> None:
    if output.output_type == "execute_result":
        output.execution_count = count
    data = output.get("data", {})
    if WIDGET in data and data[WIDGET].get("model_id") not in kept:
        del data[WIDGET]
    output.pop("transient", None)
    if "image/png" in output.get("data", {}):
        output.data["image/png"] = "".join(output.data["image/png"].split())
    if output.output_type == "stream":
        lines = output.text.split("\n")
        output.text = "\n".join(line.split("\r")[-1] for line in lines)


def _alt_text(cell: NotebookNode) -> None:
    """Put the alt text of the cell's pictures, and no other, where the site looks."""
    mystnb = NotebookNode(cell.metadata.pop("mystnb", {}))
    image = NotebookNode(mystnb.pop("image", {}))
    image.pop("alt", None)
    if texts := [alt for _, alt in pictures(cell) if alt]:
        image.alt = " ".join(texts)
    if image:
        mystnb.image = image
    if mystnb:
        cell.metadata.mystnb = mystnb


def pictures(cell: NotebookNode) -> Iterator[tuple[int, str]]:
    """Yield the size in bytes and the alt text ("" when absent) of a cell's figures."""
    for output in cell.get("outputs", []):
        if png := output.get("data", {}).get("image/png"):
            described = output.get("metadata", {}).get("image/png", {})
            yield len(base64.b64decode(png)), described.get("alt", "").strip()


def _name_cells(cells: list[NotebookNode]) -> None:
    seen: Counter[str] = Counter()
    for cell in cells:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:10]
        name = f"{cell.cell_type}-{digest}"
        seen[name] += 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"
