"""Every displayed formula is listed, is right, and has a check that can fail."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from formulas import Formula, mutants
from formulas.displays import canonical, displays

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
PACKAGE = importlib.import_module("formulas")
LISTED = [
    formula
    for module in pkgutil.iter_modules(PACKAGE.__path__)
    if module.name.startswith("nb")
    for formula in importlib.import_module(f"formulas.{module.name}").FORMULAS
]
SHOWN = [
    pytest.param(path.stem, latex, id=f"{path.stem[:2]} display {place + 1}")
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    for place, latex in enumerate(displays(path))
]


def _label(formula: Formula) -> str:
    return f"{formula.notebook} {formula.name}"


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


@pytest.mark.parametrize("formula", LISTED, ids=_label)
def test_formula_is_right(formula):
    formula.verify()


@pytest.mark.parametrize("formula", LISTED, ids=_label)
def test_check_catches_every_mutant(formula):
    assert_every_mutant_is_caught(formula)


@pytest.mark.parametrize(("stem", "latex"), SHOWN)
def test_displayed_formula_is_listed(stem, latex):
    listed = {canonical(f.latex) for f in LISTED if f.notebook == stem[:2]}
    assert canonical(latex) in listed, f"{stem} displays an unlisted formula:\n{latex}"


@pytest.mark.parametrize("formula", LISTED, ids=_label)
def test_listed_formula_is_displayed(formula):
    shown = {
        canonical(latex)
        for stem, latex in (display.values for display in SHOWN)
        if stem[:2] == formula.notebook
    }
    assert canonical(formula.latex) in shown, (
        f"notebook {formula.notebook} does not display:\n{formula.latex}"
    )
