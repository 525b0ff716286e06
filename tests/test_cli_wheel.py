"""The course from a built wheel, with no clone: all is in it, and its commands work."""

import os
import re
import subprocess
import sys
import tarfile
import urllib.request
import zipfile

import pytest
from an_installation import ROOT, environment, surroundings, tracked
from test_cli_open import wait_for_address

import gan_utils
from gan_utils.cli.places import course

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="needs symbolic links"),
]
BRIEF = "01b"  # the notebook that runs in the shortest time


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The source distribution of the clone, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("built")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target"]
    tools = folder / "tools"
    if subprocess.run([*pip, str(tools), "hatchling"]).returncode:
        pytest.skip("pip cannot fetch hatchling here")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder), "-t"]
    variables = {**os.environ, "PYTHONPATH": str(tools)}
    run(*build, "sdist", cwd=tracked(folder / "clone"), env=variables)
    (source,) = folder.glob("*.tar.gz")
    with tarfile.open(source) as file:
        file.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    run(*build, "wheel", cwd=unpacked, env=variables)
    return unpacked, next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """Return a function that runs the command in an empty folder with no clone."""
    folder = tmp_path_factory.mktemp("installed")
    python = environment(folder / "env")
    home = folder / "home"
    home.mkdir()
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", built[1])
    command = [str(folder / "env" / "bin" / "gan-course")]
    return command, {"cwd": home, "env": surroundings(home)}


def files(folder, *among):
    """List what git knows in some folders of the clone."""
    names = run("git", "ls-files", *among, cwd=folder).split("\n")
    return {name for name in names if name and (ROOT / name).exists()}


def test_the_wheel_carries_every_file_of_the_package_and_every_notebook(built):
    _, wheel = built
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {name for name in names if name.startswith("gan_utils/")}
    assert package == files(ROOT, "gan_utils")
    carried = {name.split("/notebooks/")[-1] for name in names if "/notebooks/" in name}
    assert {f"notebooks/{name}" for name in carried} == files(ROOT, "notebooks")
    for name in package - {name for name in package if name.endswith(".py")}:
        content = zipfile.ZipFile(wheel).read(name)
        assert content == (ROOT / name).read_bytes(), name


def test_the_sources_are_whole(built):
    unpacked, _ = built
    for name in ("README.md", "CONTRIBUTING.md"):
        links = re.findall(r"\]\(([^)#]+)\)", (unpacked / name).read_text())
        missing = [x for x in links if "://" not in x and not (unpacked / x).exists()]
        assert missing == []


def test_the_doctor_finds_the_course_and_its_notebooks(installed):
    command, where = installed
    report = run(*command, "doctor", **where)
    assert re.search(rf"course +{re.escape(gan_utils.__version__)} in ", report)
    assert str(ROOT) not in report
    count = len(course(ROOT / "notebooks"))
    assert re.search(rf"notebooks +{count} in .*/env/share/gan-course/", report)


def test_a_notebook_is_executed_and_becomes_a_page(installed):
    command, where = installed
    told = run(*command, "run", BRIEF, **where)
    assert re.search(r"01b_more_probability\.ipynb.*passed", told)
    page = (where["cwd"] / "course_html" / "01b_more_probability.html").read_text()
    assert "<title>01b" in page and "Traceback" not in page


def test_the_course_opens(installed):
    pytest.importorskip("jupyterlab")
    command, where = installed
    log = where["cwd"] / "log"
    with log.open("w") as out:
        lab = subprocess.Popen(
            [*command, "--no-browser", "--ip", "127.0.0.1"],
            stdout=out,
            stderr=subprocess.STDOUT,
            **{**where, "env": {**where["env"], "PYTHONUNBUFFERED": "1"}},
        )
    try:
        root, token = wait_for_address(log, lab)
        for name in ("00_start_here.ipynb", "glossary.ipynb"):
            page = f"{root}/api/contents/{name}?content=0&token={token}"
            assert urllib.request.urlopen(page).status == 200
        assert (where["cwd"] / "my_notebooks" / "00_start_here.ipynb").exists()
    finally:
        lab.terminate()
        assert lab.wait(timeout=60) == 0


def test_what_needs_a_clone_says_so(installed):
    command, where = installed
    done = subprocess.run(
        [*command, "set-repository", "https://h/a/b"],
        capture_output=True,
        text=True,
        **where,
    )
    assert done.returncode == 2 and "clone" in done.stderr


def test_help_needs_nothing(installed):
    command, where = installed
    for words in (["--version"], ["--help"], ["run", BRIEF, "--help"]):
        assert run(*command, *words, **where)
