"""One setting writes every address of the course, and takes each out again."""

import json
import re
import shutil
import subprocess
import tomllib
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
import yaml
from nbformat import v4

from gan_utils.cli import address, book_labs, main, set_repository, setup_cell
from gan_utils.cli.places import CourseError

ROOT = Path(__file__).parents[1]
GITHUB = "https://github.com/someone/course"
SITE = "https://someone.github.io/course"
SHORT = "notebooks/glossary.ipynb"  # no chapter: never touched


@pytest.fixture
def small_clone(tmp_path, monkeypatch):
    """A copy of every file that may give the address, with one of the notebooks."""
    for name in (*set_repository.FILES, "notebooks/00b_a_closer_look.ipynb", SHORT):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for module in (set_repository, address):
        monkeypatch.setattr(module, "clone", lambda: tmp_path)
    set_repository.set_repository("")  # this clone may have an address of its own
    return tmp_path


def contents(folder):
    return {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize(
    ("repository", "site"),
    [
        (GITHUB, SITE),
        (GITHUB, ""),
        ("https://gitlab.com/a/group/course", "https://a.gitlab.io/course"),
        ("ssh://git@host:22/a/course", ""),
        ("file:///srv/git/course", ""),
    ],
)
def test_taken_out_again_every_file_is_what_it_was(small_clone, repository, site):
    before = contents(small_clone)
    changed = set_repository.set_repository(repository, site)
    assert set(changed) == {
        *("pyproject.toml", "CITATION.cff", "codemeta.json", "README.md"),
        "00b_a_closer_look.ipynb",
    }
    assert set_repository.set_repository(repository, site) == []
    assert set(set_repository.set_repository("https://other.org/x")) == set(changed)
    assert set(set_repository.set_repository("")) == set(changed)
    assert contents(small_clone) == before


def test_every_file_gives_the_address(small_clone):
    set_repository.set_repository(GITHUB + ".git/", SITE + "/")
    assert address.setting() == (GITHUB, SITE)
    project = tomllib.loads((small_clone / "pyproject.toml").read_text())
    assert project["project"]["urls"] == {"Repository": GITHUB, "Homepage": SITE}
    assert project["tool"]["hatch"] and "# where the book" in (
        (small_clone / "pyproject.toml").read_text()
    )
    citation = yaml.safe_load((small_clone / "CITATION.cff").read_text())
    assert (citation["repository-code"], citation["url"]) == (GITHUB, SITE)
    meta = json.loads((small_clone / "codemeta.json").read_text())
    assert (meta["codeRepository"], meta["url"]) == (GITHUB, SITE)
    line = next(
        line
        for line in (small_clone / "README.md").read_text().splitlines()
        if line.endswith(set_repository.README_MARK)
    )
    assert f"[Read the course]({SITE})" in line and f"git clone {GITHUB}" in line
    assert line.count("[Open in ") == 4
    path = small_clone / "notebooks" / "00b_a_closer_look.ipynb"
    notebook = nbformat.read(path, as_version=4)
    setup = next(c for c in notebook.cells if c.cell_type == "code")
    assert setup.source == setup_cell.setup_text(GITHUB)
    assert f'REPOSITORY = "{GITHUB}"' in setup.source
    assert setup_cell.badge_line(GITHUB, path.name) in notebook.cells[0].source
    assert contents(small_clone)[small_clone / SHORT] == (ROOT / SHORT).read_bytes()


def test_where_a_file_lacks_the_place_nothing_is_written(small_clone):
    (small_clone / "README.md").write_text("# Another readme\n")
    before = contents(small_clone)
    with pytest.raises(CourseError, match="README"):
        set_repository.set_repository(GITHUB)
    assert contents(small_clone) == before


BAD = [
    ("nonsense", "", "'nonsense' is no address like https://host/owner/name"),
    ('https://x/"y', "", "no address like"),
    ("https://x", "", "no address like"),
    ("git@github.com:a/b", "", "with https:// before it"),
    ("https://h/a/../b c", "", "no address like"),
    ("file://relative", "", "no address like"),
    (GITHUB, "someone.github.io", "--site is 'someone.github.io', no address like"),
    (GITHUB, 'https://x/"', "--site is"),
    ("", SITE, "a site needs a repository"),
]


@pytest.mark.parametrize(("repository", "site", "said"), BAD)
def test_what_is_no_address_is_refused(small_clone, capsys, repository, site, said):
    before = contents(small_clone)
    assert main(["set-repository", repository, "--site", site]) == 2
    err = capsys.readouterr().err
    assert said in err and len(err.splitlines()) == 1
    assert contents(small_clone) == before


def test_the_command_says_what_it_changed(small_clone, capsys):
    assert main(["set-repository", GITHUB, "--site", SITE]) == 0
    assert "README.md\n" in capsys.readouterr().out
    assert main(["set-repository", GITHUB, "--site", SITE]) == 0
    assert capsys.readouterr().out == "Nothing to change.\n"


def test_only_a_clone_has_an_address_to_set(monkeypatch):
    monkeypatch.setattr(set_repository, "clone", lambda: None)
    with pytest.raises(CourseError, match="in a clone of the course only"):
        set_repository.set_repository(GITHUB)


def test_the_links_lead_to_the_notebook():
    path = "notebooks/00_a.ipynb"
    found = address.links(GITHUB, path)
    assert list(found) == ["Colab", "Kaggle", "Binder", "Codespaces"]
    blob = f"someone/course/blob/main/{path}"
    assert found["Colab"].endswith(f"/github/{blob}")
    assert found["Kaggle"].endswith(f"?src=https://github.com/{blob}")
    assert unquote(found["Binder"]).endswith(f"someone/course/main?labpath={path}")
    assert "/course/main?labpath=notebooks%2F00_a.ipynb" in found["Binder"]
    gitlab = address.links("https://gitlab.com/a/group/course", path)
    assert gitlab["Binder"].startswith("https://mybinder.org/v2/gl/a%2Fgroup%2Fcourse/")
    for elsewhere in ("", "https://example.org/a/b", "ssh://git@github.com/a/b"):
        assert address.links(elsewhere, path) == {}


def test_a_lab_in_the_book_leads_to_its_notebook_in_colab(monkeypatch):
    assert address.in_colab("00_start_here.ipynb") == ""  # until an address is set
    monkeypatch.setattr(address, "repository", lambda: GITHUB)
    there = address.in_colab("02b_more_objectives.ipynb")
    assert there.endswith("/blob/main/notebooks/02b_more_objectives.ipynb")
    picture = v4.new_output("display_data", {"image/png": "x"})
    cell = v4.new_code_cell("widgets.lab()", outputs=[picture])
    book_labs.enliven(v4.new_notebook(cells=[cell]), there)
    assert f'data-elsewhere="{there}"' in cell.outputs[0].data["text/html"]


def test_a_file_can_be_edited_where_the_host_is_known():
    assert address.edit_link(GITHUB, "README.md") == f"{GITHUB}/edit/main/README.md"
    gitlab = address.edit_link("https://gitlab.com/a/b", "README.md")
    assert gitlab == "https://gitlab.com/a/b/-/edit/main/README.md"
    assert address.edit_link("", "README.md") == ""
    assert address.edit_link("https://example.org/a/b", "README.md") == ""


def test_an_installed_copy_knows_the_address_that_it_was_built_with(monkeypatch):
    papers = Message()
    papers["Project-URL"] = f"Repository, {GITHUB}"
    papers["Project-URL"] = f"Homepage, {SITE}"
    monkeypatch.setattr(address, "clone", lambda: None)
    monkeypatch.setattr(address.metadata, "metadata", lambda name: papers)
    assert address.setting() == (GITHUB, SITE)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no clone")
def test_no_file_names_an_address_until_somebody_sets_one():
    """What a service or a host is found by stands in address.py, and only there."""
    if address.repository():
        pytest.skip(f"the address is set: {address.repository()}")
    services = r"colab\.research|kernels/welcome|mybinder\.org|codespaces\.new"
    owned = r"github\.io/gan-course|github\.com/[\w-]+/gan-course"
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = [
        name
        for name in names.stdout.split()
        if not name.startswith(("tests/", "javascript/", "gan_utils/cli/address.py"))
        if (ROOT / name).is_file()
        if re.search(f"{services}|{owned}".encode(), (ROOT / name).read_bytes())
    ]
    assert found == []
