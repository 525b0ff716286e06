"""Every notebook with displayed formulas has a file tests/formulas/nbNN.py of its own.

Those files are test files: `pytest tests/formulas/nb04.py` runs one notebook's.
"""

import importlib
from pathlib import Path

import pytest
from formulas.displays import displays
from formulas.each import NOTEBOOKS

from gan_utils.cli.places import course, number_of

FILES = sorted((Path(__file__).parent / "formulas").glob("nb*.py"))
TESTS = ("test_right", "test_mutants", "test_displayed", "test_listed")


def test_every_notebook_with_displays_has_a_file():
    paths = course(NOTEBOOKS)
    wanted = {f"nb{number_of(path)}" for path in paths if displays(path)}
    missing = wanted - {file.stem for file in FILES}
    assert not missing, f"add tests/formulas/{min(missing)}.py, as its neighbours are"


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_a_file_makes_the_checks_of_its_own_notebook(name):
    module = importlib.import_module(f"formulas.{name}")
    assert {f"nb{formula.notebook}" for formula in module.FORMULAS} == {name}
    lacking = [test for test in TESTS if not hasattr(module, test)]
    assert not lacking, f"end {name}.py with {', '.join(TESTS)} = checks_of(FORMULAS)"


def test_pytest_looks_into_these_files(pytestconfig):
    assert "formulas/nb*.py" in pytestconfig.getini("python_files")
