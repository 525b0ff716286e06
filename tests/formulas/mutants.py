"""Small changes to a formula, each of which its check must notice."""

import ast
import copy
from collections.abc import Callable, Iterator

from .formula import Formula

FLIPPED = {ast.Add: ("+", ast.Sub), ast.Sub: ("-", ast.Add)}
OTHER_INTEGER = {1: 2, 2: 1}


def mutants(formula: Formula) -> dict[str, tuple[str, ...]]:
    """List a formula's mutants.

    Args:
        formula: the formula.

    Returns:
        Dict of name -> expressions with one change. Names count from the left: "flip +
        1", "flip - 2", "drop minus 1", "constant 1 -> 2 1", "double", "halve", "swap p
        q". In a tuple of expressions they start with the expression's number: "2:
        double".
    """
    texts = formula.expressions
    found = {}
    for place, text in enumerate(texts):
        prefix = f"{place + 1}: " if len(texts) > 1 else ""
        for name, changed in expression_mutants(text, formula.swaps).items():
            found[prefix + name] = (*texts[:place], changed, *texts[place + 1 :])
    return found


def expression_mutants(text: str, swaps=()) -> dict[str, str]:
    """Return the mutants of one expression by name."""
    tree = ast.parse(text, mode="eval")
    found = {"double": f"2 * ({text})", "halve": f"({text}) / 2"}
    counts: dict[str, int] = {}
    for index, node in enumerate(_in_order(tree)):
        for label, change in _changes(node):
            counts[label] = counts.get(label, 0) + 1
            found[f"{label} {counts[label]}"] = _changed(tree, index, change)
    for one, two in swaps:
        found[f"swap {one} {two}"] = _swapped(tree, one, two)
    return {name: new for name, new in found.items() if new != ast.unparse(tree)}


def _in_order(tree) -> list:
    """Nodes sorted as they are read, so that mutants count from the left."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
    return sorted(nodes, key=_position)


def _position(node) -> tuple:
    if isinstance(node, ast.BinOp):  # an operator stands after its left side
        return (node.left.end_lineno, node.left.end_col_offset, 0)
    return (node.lineno, node.col_offset, 1)


def _changes(node) -> Iterator[tuple[str, Callable]]:
    """Yield (label, change in place) for every change that fits a node."""
    if isinstance(node, ast.BinOp) and type(node.op) in FLIPPED:
        sign, other = FLIPPED[type(node.op)]
        yield f"flip {sign}", lambda n: setattr(n, "op", other())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "drop minus", lambda n: setattr(n, "op", ast.UAdd())
    value = getattr(node, "value", None)
    if type(value) is int and value in OTHER_INTEGER:
        new = OTHER_INTEGER[value]
        yield f"constant {value} -> {new}", lambda n: setattr(n, "value", new)


def _changed(tree, index: int, change: Callable) -> str:
    mutant = copy.deepcopy(tree)
    change(_in_order(mutant)[index])
    return ast.unparse(mutant)


def _swapped(tree, one: str, two: str) -> str:
    mutant = copy.deepcopy(tree)
    names = {one: two, two: one}
    for node in ast.walk(mutant):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return ast.unparse(mutant)
