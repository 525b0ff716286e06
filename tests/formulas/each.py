"""The tests that a file nbNN.py makes of its formulas: one set for each notebook."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from .displays import canonical, displays
from .formula import Formula
from .mutants import mutants

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def checks_of(formulas: Sequence[Formula]) -> tuple[Callable, ...]:
    """Make the tests of one notebook's formulas, for names that begin with `test_`.

    Args:
        formulas: all displayed formulas of one notebook.

    Returns:
        (right, mutants, displayed, listed): functions that pytest collects.
    """
    (number,) = {formula.notebook for formula in formulas}
    (path,) = NOTEBOOKS.glob(f"{number}_*.ipynb")
    shown = displays(path)
    wanted = {canonical(formula.latex) for formula in formulas}
    each_formula = pytest.mark.parametrize("formula", formulas, ids=lambda f: f.name)
    numbers = range(1, len(shown) + 1)
    each_display = pytest.mark.parametrize("latex", shown, ids=map(str, numbers))

    @each_formula
    def right(formula):
        formula.verify()

    @each_formula
    def mutants_are_caught(formula):
        assert_every_mutant_is_caught(formula)

    @each_formula
    def displayed(formula):
        assert canonical(formula.latex) in set(map(canonical, shown)), (
            f"notebook {number} does not display:\n{formula.latex}"
        )

    @each_display
    def listed(latex):
        assert canonical(latex) in wanted, (
            f"{path.stem} displays an unlisted formula:\n{latex}"
        )

    return right, mutants_are_caught, displayed, listed


def assert_every_mutant_is_caught(formula: Formula) -> None:
    """Refuse a formula whose check lets a mutant pass."""
    changed = mutants(formula)
    unknown = set(formula.equivalent) - set(changed)
    assert not unknown, f"no such mutants: {sorted(unknown)}; there are {list(changed)}"
    missed = {}
    for name, expressions in changed.items():
        try:
            formula.verify(expressions)
        except AssertionError:
            continue
        missed[name] = expressions
    unexpected = {k: v for k, v in missed.items() if k not in formula.equivalent}
    assert not unexpected, f"the check lets these mutants pass: {unexpected}"
    caught = set(formula.equivalent) - set(missed)
    assert not caught, f"listed as equivalent, yet the check catches: {sorted(caught)}"
