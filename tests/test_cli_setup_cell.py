"""The set-up cell: silent where the course is there, helpful where it is not."""

import importlib.util
import os
import site
import subprocess
import sys
from pathlib import Path

import pytest

import gan_utils
from gan_utils.cli import missing, setup_cell

ADDRESS = "https://github.com/someone-with-a-long-name/generative-adversarial-nets"


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
    monkeypatch.setattr(missing, "require", lambda *given: calls.append(given))
    return calls


def test_is_short_and_laid_out_as_ruff_would():
    text = setup_cell.setup_text(ADDRESS)
    assert len(text.splitlines()) <= 30
    assert text.startswith("# @title ")
    ruff = [sys.executable, "-m", "ruff"]
    laid_out = [*ruff, "format", "--stdin-filename", "x.py", "-"]
    given = {"input": text, "capture_output": True, "text": True}
    assert subprocess.run(laid_out, **given).stdout.strip() == text
    short = [*ruff, "check", "--select", "E501", "--stdin-filename", "x.py", "-"]
    assert subprocess.run(short, **given).returncode == 0, "a line is too long"


def test_says_nothing_where_the_course_is_installed(capsys):
    exec(setup_cell.setup_text(""), {})
    assert capsys.readouterr() == ("", "")


def test_opened_alone_it_says_in_two_lines_what_to_do(elsewhere):
    with pytest.raises(ModuleNotFoundError) as raised:
        exec(setup_cell.setup_text(""), {})
    reader, owner = str(raised.value).splitlines()
    assert 'pip install -e ".[lab]"' in reader
    assert "gan-course set-repository URL" in owner and "REPOSITORY" in owner
    assert elsewhere == []


PIP = ["-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"]


def test_with_an_address_it_installs_the_course_alone_then_what_is_missing(elsewhere):
    exec(setup_cell.setup_text(ADDRESS), {})
    version = gan_utils.__version__
    assert elsewhere == [[*PIP, f"git+{ADDRESS}"], (version, ADDRESS)]


def test_in_a_clone_it_takes_the_clone(elsewhere, tmp_path, monkeypatch):
    (tmp_path / "gan_utils" / "cli").mkdir(parents=True)
    (tmp_path / "my_notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "my_notebooks")
    exec(setup_cell.setup_text(ADDRESS), {})
    assert str(tmp_path) in sys.path
    assert elsewhere[0] == [*PIP, str(tmp_path)]


def test_where_python_is_not_to_be_written_the_own_folder_is_used(
    elsewhere, monkeypatch
):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    own = site.getusersitepackages()
    monkeypatch.setattr(site, "addsitedir", lambda path: elsewhere.append(path))
    exec(setup_cell.setup_text(ADDRESS), {})
    assert elsewhere[:2] == [own, [*PIP, "--target", own, f"git+{ADDRESS}"]]


@pytest.mark.parametrize("virtual", [True, False])
def test_what_is_missing_goes_there_too(monkeypatch, virtual):
    calls = []
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(sys, "prefix", "/a" if virtual else sys.base_prefix)
    monkeypatch.setattr(subprocess, "call", lambda words: calls.append(words) or 0)
    monkeypatch.setattr(missing.metadata, "requires", lambda name: ["absent-thing>=1"])
    assert missing.main() == 0
    assert ("--target" in calls[0]) == virtual


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


@pytest.fixture
def old_course(tmp_path, monkeypatch):
    """An installed course of version 0.9; the list of what pip is asked for."""
    monkeypatch.setattr(gan_utils, "__version__", "0.9")
    monkeypatch.setattr(gan_utils, "__file__", str(tmp_path / "gan_utils" / "x.py"))
    monkeypatch.setattr(missing, "main", lambda: 0)
    calls = []
    monkeypatch.setattr(subprocess, "call", lambda words: calls.append(words[1:]) or 0)
    return calls


def test_a_course_that_is_new_enough_is_left_alone(old_course, capsys):
    for version in ("0.9", "0.9rc1", "0.8.9"):
        missing.require(version, ADDRESS)
    assert old_course == [] and capsys.readouterr().out == ""


def test_an_older_course_that_was_used_is_updated_and_the_kernel_to_restart(old_course):
    with pytest.raises(RuntimeError, match="Restart the kernel"):
        missing.require("1.0rc1", ADDRESS)
    assert old_course == [
        ["-m", "pip", "install", "--quiet", "--upgrade", "--no-deps", f"git+{ADDRESS}"]
    ]
    assert gan_utils is sys.modules["gan_utils"]


def test_an_older_course_without_an_address_is_named(old_course, tmp_path, capsys):
    missing.require("1.0", "")
    assert "Install the one that" in capsys.readouterr().out
    (tmp_path / "pyproject.toml").touch()
    missing.require("1.0", ADDRESS)
    assert "version 1.0, the course here of 0.9" in (said := capsys.readouterr().out)
    assert said.endswith("git pull\n") and old_course == []


def test_where_pip_fails_the_cell_stops(old_course, monkeypatch):
    monkeypatch.setattr(subprocess, "call", lambda words: 1)
    with pytest.raises(RuntimeError, match=f"could not fetch {ADDRESS}"):
        missing.require("1.0", ADDRESS)
    monkeypatch.setattr(missing, "main", lambda: 1)
    with pytest.raises(RuntimeError, match="could not install what is missing"):
        missing.require("0.9", ADDRESS)


def test_the_badge_line_has_links_only_when_the_address_is_known():
    # A line that began with the mark would be HTML, and its links would not be links.
    assert setup_cell.badge_line("", "00_a.ipynb").endswith(setup_cell.BADGES)
    assert "http" not in setup_cell.badge_line("", "00_a.ipynb")
    line = setup_cell.badge_line(ADDRESS, "00_a.ipynb")
    assert line.count("[Open in ") == 4 and line.endswith(setup_cell.BADGES)
    assert "http" not in setup_cell.badge_line("https://example.org/a/b", "00_a.ipynb")
