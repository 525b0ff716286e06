"""A notebook's laboratories, fields and games, live in the book without a kernel."""

import ast
import html

from nbformat import NotebookNode, v4

from gan_utils import explorers
from gan_utils.lab import Settings
from gan_utils.widgets import kept_game, lab_in_page, lab_programs

LABS, EXPLORERS = "_static/gan_lab/", "_static/explorers/"
LAB, FIELD = ("widgets.lab", "widgets.replay"), ("widgets.vector_field",)
PNG = "image/png"


def enliven(page: NotebookNode, elsewhere: str = "") -> int:
    """Put what is live where a cell of a page ends with it; return how many there are.

    The stored picture stays until it runs. A laboratory or a field keeps its picture
    where the cells do not write its settings out, or no program is prepared for them. A
    game runs where its notebook has kept it.

    Args:
        page: a notebook that was executed; it is changed.
        elsewhere: address where the notebook has a kernel; "" where there is none.
    """
    names, found = {}, 0
    for cell in page.cells:
        tree = _parsed(cell)
        _note(tree, names)
        for place, output in enumerate(cell.get("outputs", [])):
            if PNG not in output.get("data", {}):
                continue
            if live := _live(output, tree, names, elsewhere):
                cell.outputs[place] = v4.new_output("display_data", {"text/html": live})
                found += 1
    return found


def _live(output: NotebookNode, tree: ast.Module, names: dict, elsewhere: str) -> str:
    """Write the HTML that runs in the place of a picture; "" where it is to stay."""
    still = _still(output)
    if kept := output.data.get(kept_game.KIND):
        return explorers.game(kept, EXPLORERS, still)
    if (given := _settings(tree, names, FIELD, "game")) is not None:
        return explorers.field(EXPLORERS, still, **given)
    given = _settings(tree, names, LAB, "data")
    if given is not None and is_prepared(given):
        return lab_in_page.fragment(LABS, first=still, elsewhere=elsewhere, **given)
    return ""


def is_prepared(settings: dict) -> bool:
    """Tell whether a page can train a laboratory of these settings."""
    return lab_programs.is_prepared(Settings().changed(**settings))


def _parsed(cell: NotebookNode) -> ast.Module:
    try:
        return ast.parse(cell.source if cell.cell_type == "code" else "")
    except SyntaxError:  # an exercise may show code that is broken
        return ast.parse("")


def _note(tree: ast.Module, names: dict) -> None:
    """Remember what a cell gives a name, where it is plain values."""
    for line in tree.body:
        if isinstance(line, ast.Assign):
            names |= dict(_pairs(line.targets[0], _value(line.value, names)))


def _pairs(target: ast.expr, value):
    """List the names of an assignment, each with its value or None."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple):
        values = value if isinstance(value, tuple) else [None] * len(target.elts)
        for each, one in zip(target.elts, values, strict=False):
            yield from _pairs(each, one)


def _value(node: ast.expr, names: dict):
    """Return what an expression of plain values says; None where it says more."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "dict":
        return _keywords(node, names)
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _settings(tree: ast.Module, names: dict, calls, first: str) -> dict | None:
    """Return what a cell gives a call, `first` without a name; None without one."""
    for node in ast.walk(tree):
        name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if name == "widgets.replay":  # of a run: replay(Lab(...), frames=...)
            node = node.args[0]
        if name in calls and isinstance(node, ast.Call):
            given = _keywords(node, names)
            unnamed = [_value(word, names) for word in node.args]
            if given is None or None in unnamed:
                return None
            return given | dict(zip([first], unnamed, strict=False))
    return None


def _keywords(call: ast.Call, names: dict) -> dict | None:
    given = {}
    for word in call.keywords:
        value = _value(word.value, names)
        if value is None:
            return None
        given |= {word.arg: value} if word.arg else value
    return given


def _still(output: NotebookNode) -> str:
    alt = html.escape(output.metadata.get(PNG, {}).get("alt", ""))
    data = "".join(output.data[PNG].split())
    return f'<img class="still" alt="{alt}" src="data:{PNG};base64,{data}">'
