"""`gan-course run`: executes, reports, writes pages, and never spoils a file."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat import v4

from gan_utils.cli import main, run, setup_cell
from gan_utils.cli.formulas import with_mathml
from gan_utils.cli.places import CourseError, select

FIGURE = """\
from gan_utils import plots
figure, axes = plots.figure(alt="A line from 0 to 1.")
axes.plot([0, 1])
figure"""


def write(folder, name, *sources):
    opening = f"# 00 Title\n\n{setup_cell.BADGES}\n\n$x^2$ [next](01_more.ipynb#part)"
    setup = v4.new_code_cell("# @title Set-up", metadata={"tags": ["setup"]})
    setup.metadata.tags.append("hide-input")
    cells = [v4.new_markdown_cell(opening), setup, *map(v4.new_code_cell, sources)]
    nbformat.write(v4.new_notebook(cells=cells), folder / name)
    return folder / name


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    path = write(folder, "00_first.ipynb", FIGURE, "print(  'same'  )")
    return run.in_place(path), path


def test_in_place_writes_the_canonical_form(executed):
    result, path = executed
    assert result.failure == ""
    assert result.cells == 3
    done = nbformat.read(path, as_version=4)
    assert done.cells[1].source == setup_cell.setup_text(setup_cell.repository())
    assert "Apache-2.0" in done.cells[0].source
    assert done.cells[2].outputs[-1].metadata["image/png"].alt == "A line from 0 to 1."
    assert done.cells[3].source == 'print("same")'
    assert any("the last cells have no part" in text for text in result.to_mend)


def test_a_page_describes_its_pictures_and_folds_its_code(executed, tmp_path):
    from gan_utils.cli.page import write_page

    _, path = executed
    page = tmp_path / "new" / "00_first.html"
    write_page(nbformat.read(path, as_version=4), page)
    html = page.read_text()
    assert 'alt="A line from 0 to 1."' in html
    assert "<summary>Set-up (run this first" in html
    assert '<a data-page="01_more.html#part"' in html  # nothing is there to link to
    write_page(nbformat.read(path, as_version=4), page.with_name("01_more.html"))
    assert '<a href="01_more.html#part"' in page.read_text()
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html
    assert not re.search(r"<(script|link|img)[^>]*(src|href)=.http", html)


def test_a_failure_names_notebook_and_cell_and_leaves_the_file(
    tmp_path, monkeypatch, capsys
):
    path = write(tmp_path, "00_bad.ipynb", "1 / 0", "print('never')")
    before = path.read_bytes()
    monkeypatch.setattr("gan_utils.cli.commands.select", lambda wanted: [path])
    assert main(["run", "--in-place"]) == 1
    shown = capsys.readouterr().out
    assert "00_bad.ipynb" in shown
    assert "cell 2: ZeroDivisionError" in shown
    assert path.read_bytes() == before


def test_a_kernel_spec_of_a_deleted_environment_does_no_harm(tmp_path, monkeypatch):
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["/gone/python"], "display_name": "Python", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    path = write(tmp_path, "00_any.ipynb", "import sys; print(sys.executable)")
    notebook = nbformat.read(path, as_version=4)
    assert run.execute(path, notebook).failure == ""
    assert notebook.cells[-1].outputs[0].text.strip() == sys.executable


ENDLESS = """\
import os, pathlib, time
pathlib.Path("pid").write_text(str(os.getpid()))
while True:
    time.sleep(0.1)
"""
STARTED = """\
import sys
from pathlib import Path
from unittest import mock
from gan_utils import cli
here = sorted(Path.cwd().glob("*.ipynb"))
with mock.patch("gan_utils.cli.commands.select", return_value=here):
    sys.exit(cli.main(["run", "--in-place"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal_it_says_so_and_leaves_nothing_behind(tmp_path, number):
    paths = [write(tmp_path, f"0{n}_a.ipynb", ENDLESS) for n in (0, 1)]
    before = [path.read_bytes() for path in paths]
    command, pipes = [sys.executable, "-c", STARTED], {"stderr": subprocess.PIPE}
    started = subprocess.Popen(command, cwd=tmp_path, text=True, **pipes)
    pid = tmp_path / "pid"
    end = time.monotonic() + 120
    while not (pid.exists() and pid.read_text()) and time.monotonic() < end:
        time.sleep(0.1)
    started.send_signal(number)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    assert said.splitlines()[-1] == "gan-course: stopped."
    assert "Traceback" not in said and "01_a" not in said
    assert [path.read_bytes() for path in paths] == before
    left = {path.name for path in tmp_path.iterdir()} - {".ruff_cache"}
    assert left == {"00_a.ipynb", "01_a.ipynb", "pid"}
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_what_may_not_be_committed_is_not_written(tmp_path):
    path = write(tmp_path, "00_loud.ipynb", "import sys; print('x', file=sys.stderr)")
    before = path.read_bytes()
    result = run.in_place(path)
    assert "not written: cell 2: text on stderr" in result.failure
    assert path.read_bytes() == before


def test_a_notebook_without_the_shared_cells_is_refused(tmp_path):
    path = tmp_path / "00_bare.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell("# 00")]), path)
    (result,) = run.run_all([path], out=None)
    assert "cells tagged 'setup'" in result.failure


def test_the_table_adds_up():
    runs = [
        run.Run("00_a.ipynb", 1.25, 3, ""),
        run.Run("01_b.ipynb", 2, 4, "cell 1: E"),
    ]
    lines = run.table(runs).splitlines()
    assert lines[1].split() == ["00_a.ipynb", "3", "1.2", "passed"]
    assert lines[-1].split() == ["all", "3.2", "1", "failed"]


def test_notebooks_are_chosen_by_number_or_name(tmp_path):
    for name in ("00_a.ipynb", "01_b.ipynb", "01_b.new.ipynb", "notes.ipynb"):
        (tmp_path / name).touch()
    names = [p.name for p in select([], tmp_path)]
    assert names == ["00_a.ipynb", "01_b.ipynb"]
    for word in ("1", "01", "01_b", "01_b.ipynb"):
        assert [p.name for p in select([word, "01"], tmp_path)] == ["01_b.ipynb"]
    with pytest.raises(CourseError, match=r"no notebook '7'.*The course has: 00, 01"):
        select(["7"], tmp_path)


def test_formulas_become_mathml_and_code_stays():
    text = with_mathml("`$a$` and $b_1 * c$:\n\n$$\\Big\\lfloor x \\Big\\rfloor$$")
    assert text.startswith("`$a$` and <math")
    assert 'display="block"' in text
    assert "\\" not in text and "*" not in text and "_" not in text


def test_a_formula_that_is_not_understood_stays_as_it_is():
    for formula in (r"$\nonsense{x}$", r"$\left( x$"):
        assert with_mathml(formula) == formula


def test_every_formula_of_the_course_is_understood():
    for path in select([]):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                left = re.sub(r"```.*?```|`[^`\n]*`", "", with_mathml(cell.source))
                assert "$" not in left, f"{path.name}: {left}"
