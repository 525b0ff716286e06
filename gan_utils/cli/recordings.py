"""Recordings of the lab: the one widget state that a committed notebook keeps."""

import hashlib
from collections.abc import Iterator

from nbformat import NotebookNode

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
OURS = "gan_utils.widgets.lab"


def prune(notebook: NotebookNode) -> NotebookNode:
    """Leave the saved state of shown recordings, under names that follow their content.

    The views of all other widgets are untouched: they say nothing without a kernel.

    Args:
        notebook: executed; the views of its recordings are renamed in place.

    Returns:
        What `metadata.widgets` should hold; empty when there is no recording.
    """
    saved = notebook.metadata
    for name in ("widgets", STATE, "state"):
        saved = _part(saved, name)
    kept = {}
    for view in _views(notebook):
        entry = _part(saved, view.get("model_id"))
        if not is_recording(entry):
            continue
        name = _name(entry)
        layout = str(entry.state.get("layout", "")).removeprefix("IPY_MODEL_")
        kept[name] = NotebookNode(entry, state=NotebookNode(entry.state))
        if layout in saved:
            kept[f"{name}-layout"] = saved[layout]
            kept[name].state.layout = f"IPY_MODEL_{name}-layout"
        view.model_id = name
    if not kept:
        return NotebookNode()
    return NotebookNode(
        {STATE: NotebookNode(state=kept, version_major=2, version_minor=0)}
    )


def is_recording(entry: NotebookNode) -> bool:
    """Say whether the saved state of a widget can play without a kernel."""
    state = _part(entry, "state")
    return state.get("_anywidget_id") == OURS and state.get("kind") == "replay"


def _views(notebook) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            view = _part(_part(output, "data"), VIEW)
            if view:
                yield view


def _part(tree, name) -> NotebookNode:
    """Take a mapping out of another; an empty one where a notebook has none there."""
    found = tree.get(name) if isinstance(name, str) else None
    return found if isinstance(found, dict) else NotebookNode()


def _name(entry: NotebookNode) -> str:
    buffers = entry.get("buffers")
    found = buffers if isinstance(buffers, list) else []
    data = "".join(str(one.get("data", "")) for one in found if isinstance(one, dict))
    return hashlib.sha256(data.encode()).hexdigest()[:32]
