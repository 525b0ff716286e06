"""The set-up cell: silent where the course is there, helpful where it is not."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from gan_utils.cli import missing, setup_cell
from gan_utils.cli.places import CourseError

ADDRESS = "https://github.com/someone/course"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder outside the clone where gan_utils cannot be imported."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda n: None if n == "gan_utils" else found(n)
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    calls = []
    monkeypatch.setattr(subprocess, "run", lambda words, check: calls.append(words[1:]))
    return calls


def test_is_short_and_laid_out_as_ruff_would():
    text = setup_cell.setup_text(ADDRESS)
    assert len(text.splitlines()) <= 30
    assert text.startswith("# @title ")
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "x.py", "-"]
    done = subprocess.run(ruff, input=text, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == text


def test_says_nothing_where_the_course_is_installed(capsys):
    exec(setup_cell.setup_text(""), {})
    assert capsys.readouterr() == ("", "")


def test_without_an_address_it_says_what_to_do(elsewhere):
    with pytest.raises(ModuleNotFoundError, match=r'pip install -e "\.\[lab\]"'):
        exec(setup_cell.setup_text(""), {})
    assert elsewhere == []


def test_with_an_address_it_installs_the_course_alone_then_what_is_missing(elsewhere):
    exec(setup_cell.setup_text(ADDRESS), {})
    assert elsewhere == [
        ["-m", "pip", "install", "--quiet", "--no-deps", f"git+{ADDRESS}"],
        ["-m", "gan_utils.cli.missing"],
    ]


def test_in_a_clone_it_takes_the_clone(elsewhere, tmp_path, monkeypatch):
    (tmp_path / "gan_utils" / "cli").mkdir(parents=True)
    (tmp_path / "my_notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "my_notebooks")
    exec(setup_cell.setup_text(ADDRESS), {})
    assert str(tmp_path) in sys.path
    assert elsewhere[0][-1] == str(tmp_path)


def test_only_what_is_absent_is_installed_and_the_rest_is_held():
    have = {"jax": "0.7.2", "scikit-learn": "1.6.1", "odd": "unknown"}
    wanted = ["jax>=0.7.2", "scikit_learn>=1.6", "optax>=0.2", 'x>=1; extra == "lab"']
    assert missing.missing(wanted, have) == ["optax>=0.2"]
    assert missing.constraints(have) == "jax==0.7.2\nscikit-learn==1.6.1\n"


def test_what_is_installed_is_seen():
    have = missing.installed()
    assert {"jax", "scikit-learn", "pytest"} <= set(have)


def test_nothing_is_installed_where_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(missing.metadata, "requires", lambda name: ["jax>=0.7"])
    monkeypatch.setattr(subprocess, "call", lambda words: pytest.fail("pip was called"))
    assert missing.main() == 0


def test_pip_is_told_to_hold_every_version(monkeypatch, capsys):
    held = {}

    def call(words):
        position = words.index("--constraint") + 1
        held["text"], held["words"] = Path(words[position]).read_text(), words
        return 0

    monkeypatch.setattr(missing.metadata, "requires", lambda name: ["absent-thing>=1"])
    monkeypatch.setattr(subprocess, "call", call)
    assert missing.main() == 0
    assert held["words"][-1] == "absent-thing>=1"
    assert "jax==" in held["text"]
    assert "absent-thing" in capsys.readouterr().out


def test_the_package_is_light_enough_to_help_where_jax_is_missing():
    code = (
        "import sys; sys.modules['jax'] = sys.modules['numpy'] = None\n"
        "import gan_utils, gan_utils.cli, gan_utils.cli.missing, gan_utils.cli.doctor"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_badges_lead_to_colab_only_when_the_address_is_known():
    # A line that began with the mark would be HTML, and its links would not be links.
    assert setup_cell.badge_line("", "00_a.ipynb").endswith(setup_cell.BADGES)
    assert "http" not in setup_cell.badge_line("", "00_a.ipynb")
    line = setup_cell.badge_line(ADDRESS, "00_a.ipynb")
    assert "/github/someone/course/blob/main/notebooks/00_a.ipynb" in line
    assert "http" not in setup_cell.badge_line("https://example.org/a/b", "00_a.ipynb")


@pytest.fixture
def small_clone(tmp_path, monkeypatch):
    monkeypatch.setattr(setup_cell, "clone", lambda: tmp_path)
    text = '[tool.gan-course]\nrepository = "" # a comment\n'
    (tmp_path / "pyproject.toml").write_text(text)
    (tmp_path / "notebooks").mkdir()
    setup = v4.new_code_cell(setup_cell.setup_text(""), metadata={"tags": ["setup"]})
    opening = v4.new_markdown_cell(f"# 00\n\n{setup_cell.badge_line('', '')}\n")
    path = tmp_path / "notebooks" / "00_a.ipynb"
    nbformat.write(v4.new_notebook(cells=[opening, setup]), path)
    return tmp_path


def test_the_address_is_set_in_one_place_and_written_everywhere(small_clone):
    changed = setup_cell.set_repository(ADDRESS + ".git")
    assert changed == ["pyproject.toml", "00_a.ipynb"]
    assert setup_cell.repository() == ADDRESS
    assert "# a comment" in (small_clone / "pyproject.toml").read_text()
    done = nbformat.read(small_clone / "notebooks" / "00_a.ipynb", as_version=4)
    assert done.cells[1].source == setup_cell.setup_text(ADDRESS)
    assert done.cells[0].source.count("Open in Colab") == 1
    assert setup_cell.set_repository(ADDRESS) == []
    assert len(setup_cell.set_repository("")) == 2


@pytest.mark.parametrize("address", ["nonsense", 'https://x/"y', "https://x"])
def test_an_address_that_is_none_is_refused(small_clone, address):
    with pytest.raises(CourseError, match="no address like https"):
        setup_cell.set_repository(address)
