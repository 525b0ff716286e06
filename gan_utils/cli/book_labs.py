"""A notebook's laboratories, fields and games, live in the book without a kernel."""

import ast
import contextlib
import html
from typing import NamedTuple

from nbformat import NotebookNode, v4

from gan_utils import explorers
from gan_utils.lab import Settings
from gan_utils.widgets import kept_game, lab_in_page, lab_programs

LABS, EXPLORERS = "_static/gan_lab/", "_static/explorers/"
LAB, REPLAY, FIELD = "widgets.lab", "widgets.replay", "widgets.vector_field"
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
        shown = _shown(_parsed(cell), names)
        outputs = cell.get("outputs", [])
        pictures = [n for n, one in enumerate(outputs) if PNG in one.get("data", {})]
        for place in pictures:
            last = shown if place == pictures[-1] else None
            if live := _live(outputs[place], last, elsewhere):
                outputs[place] = v4.new_output("display_data", {"text/html": live})
                found += 1
    return found


def _live(output: NotebookNode, shown: object, elsewhere: str) -> str:
    """Write the HTML that runs in the place of a picture; "" where it is to stay."""
    still = _still(output)
    if kept := output.data.get(kept_game.KIND):
        return explorers.game(kept, EXPLORERS, still)
    if not isinstance(shown, Opened):
        return ""
    if shown.call == FIELD:
        return explorers.field(EXPLORERS, still, **shown.settings)
    if is_prepared(shown.settings):
        own = shown.settings
        return lab_in_page.fragment(LABS, first=still, elsewhere=elsewhere, **own)
    return ""


def is_prepared(settings: dict) -> bool:
    """Tell whether a page can train a laboratory of these settings."""
    return lab_programs.is_prepared(Settings().changed(**settings))


def _parsed(cell: NotebookNode) -> ast.Module:
    try:
        return ast.parse(cell.source if cell.cell_type == "code" else "")
    except SyntaxError:  # an exercise may show code that is broken
        return ast.parse("")


def _shown(tree: ast.Module, names: dict) -> object:
    """Return the value of a cell's last line, None where it is not plain.

    On the way, `names` learns what the cell says plainly, and forgets what it may
    change in any other way.
    """
    value = None
    for line in tree.body:
        value, known, targets = None, {}, _targets(line)
        if targets or isinstance(line, ast.Expr):
            with contextlib.suppress(_NotPlain):
                value = _value(line.value, names)
                for target in targets:
                    known |= dict(_pairs(target, value))
        _forget(_changed(line, names), names)
        names |= known
    return value if tree.body and isinstance(tree.body[-1], ast.Expr) else None


def _targets(line: ast.stmt) -> list[ast.expr]:
    """List what a statement assigns its value to."""
    if isinstance(line, ast.AnnAssign):
        return [line.target] if line.value else []
    return line.targets if isinstance(line, ast.Assign) else []


def _changed(line: ast.stmt, names: dict) -> set[str]:
    """List the names that a statement may bind anew, or whose value it may change."""
    found = set()
    for node in ast.walk(line):
        if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
            found.add(_root(node))
        elif isinstance(node, ast.Call):
            words = [word.value for word in node.keywords if word.arg]
            given = {_root(one) for one in (node.func, *node.args, *words)}
            found |= {name for name in given if _can_change(names.get(name))}
        else:  # of an import, a definition, an exception
            name = getattr(node, "asname", None) or getattr(node, "name", None)
            if isinstance(name, str):
                found |= set(names) if name == "*" else {name.split(".")[0]}
    return found


def _can_change(value: object) -> bool:
    return isinstance(value, dict | list | Opened)


def _root(node: ast.AST) -> str:
    """Return the name that a chain of attributes and places begins with, or ""."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _forget(changed: set[str], names: dict) -> None:
    """Drop names, and every other name of the same thing where it can change."""
    gone = [names[name] for name in changed & set(names)]
    for name, value in list(names.items()):
        same = _can_change(value) and any(value is one for one in gone)
        if same or name in changed:
            del names[name]


def _pairs(target: ast.expr, value):
    """List the names of an assignment whose values are known, with their values."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, tuple):
        starred = any(isinstance(each, ast.Starred) for each in target.elts)
        for each, one in () if starred else zip(target.elts, value, strict=False):
            yield from _pairs(each, one)


class _NotPlain(Exception):
    """Told of an expression that says more than plain values."""


class Opened(NamedTuple):
    """A laboratory or a field that a cell opens: by which call, with what settings."""

    call: str
    settings: dict


def _value(node: ast.expr, names: dict):
    """Return what an expression of plain values says, or what it opens."""
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.Call):
        return _called(node, names)
    try:
        return ast.literal_eval(node)
    except (TypeError, ValueError):
        raise _NotPlain from None


def _called(node: ast.Call, names: dict):
    """Return what a call of `dict` says, or what one of a widget opens."""
    call = ast.unparse(node.func)
    if call == "dict" and not node.args:
        return _keywords(node, names)
    if call == REPLAY:  # of a run: replay(Lab(...), frames=...)
        runs = [*node.args, *(w.value for w in node.keywords if w.arg == "run")]
        node = runs[0] if runs else None
        if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Lab":
            raise _NotPlain
    elif call not in (LAB, FIELD):
        raise _NotPlain
    if len(node.args) > 1:
        raise _NotPlain
    first = "game" if call == FIELD else "data"
    unnamed = [_value(word, names) for word in node.args]
    given = dict(zip([first], unnamed, strict=False))
    return Opened(call, given | _keywords(node, names))


def _keywords(call: ast.Call, names: dict) -> dict:
    given = {}
    for word in call.keywords:
        value = _value(word.value, names)
        if not word.arg and not isinstance(value, dict):
            raise _NotPlain
        given |= {word.arg: value} if word.arg else value
    return given


def _still(output: NotebookNode) -> str:
    alt = html.escape(output.metadata.get(PNG, {}).get("alt", ""))
    data = "".join(output.data[PNG].split())
    return f'<img class="still" alt="{alt}" src="data:{PNG};base64,{data}">'
