"""The files around the package agree with each other and with what they promise."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

import gan_utils
from gan_utils.cli import times, versions
from gan_utils.cli.places import CourseError, course

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
README = (ROOT / "README.md").read_text()
NOTEBOOKS = [p.name for p in course(ROOT / "notebooks")]

IMPORT_NAMES = {"PIL": "pillow", "sklearn": "scikit-learn", "orbax": "orbax-checkpoint"}
IMPORT_NAMES |= {"jaxlib": "jax"}  # it comes with jax
FLOORS = [
    {"validate", "numerics", "by_value", "members", "program_cache", "shipped"}
    | {"cautions", "progress", "room", "system_errors", "time_limit", "whole_files"}
    | {"array_files", "page"},
    {"engine", "losses", "penalties", "divergences", "games", "data", "objectives"}
    | {"basins", "by_hand", "descent", "history", "lipschitz"},
    {"networks", "metrics", "saving"},
    {"training", "clinic", "lab", "real_or_fake", "vector_fields"},
    {"plots"},
    {"widgets", "exercises", "runs", "gallery", "explorers"},
    {"cli"},
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}


def distribution(requirement):
    return re.match(r"[\w.-]+", requirement)[0].lower()


def imports(path):
    """Yield the modules a file imports, `from gan_utils import x` as gan_utils.x."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "gan_utils":
            yield from (f"gan_utils.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def modules():
    """Yield (top-level part of the package, file, modules it imports)."""
    for path in sorted((ROOT / "gan_utils").rglob("*.py")):
        part = path.relative_to(ROOT / "gan_utils").parts[0].removesuffix(".py")
        yield part, path, list(imports(path))


def test_every_part_of_the_package_has_a_floor():
    assert {part for part, _, _ in modules()} - {"__init__", "__main__"} <= set(FLOOR)


def test_a_module_imports_only_from_its_own_floor_or_below():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for part, path, names in modules()
        for name in names
        if part in FLOOR and name.startswith("gan_utils.")
        if FLOOR.get(name.split(".")[1], 0) > FLOOR[part]
    ]
    assert wrong == []


def test_the_benchmarks_use_the_library_and_not_the_command_line():
    paths = sorted((ROOT / "benchmarks").rglob("*.py"))
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in imports(path)
        if name.split(".")[:2] == ["gan_utils", "cli"]
    ]
    assert wrong == []


def test_what_the_package_imports_is_what_it_declares():
    imported = {
        name.split(".")[0]
        for part, _, names in modules()
        for name in names
        if part != "cli"
    }
    imported -= set(sys.stdlib_module_names) | {"gan_utils"}
    names = {IMPORT_NAMES.get(name, name.lower()) for name in imported}
    declared = {distribution(r) for r in PROJECT["dependencies"]}
    assert names == declared


def test_the_extras_are_there_and_only_lab_brings_jupyterlab():
    assert set(EXTRAS) == {"lab", "test", "book", "bench", "cuda12", "cuda13", "tpu"}
    for extra, requirements in EXTRAS.items():
        assert any("jupyterlab" in r for r in requirements) == (extra == "lab")


def test_the_lower_bounds_admit_colab():
    lines = (ROOT / "tests" / "colab.txt").read_text().splitlines()
    colab = dict(line.split("==") for line in lines if "==" in line)
    requirements = PROJECT["dependencies"] + EXTRAS["test"]
    bounds = dict(r.split(">=") for r in requirements if ">=" in r)
    shared = {name for name in bounds if name in colab}
    assert {"jax", "flax", "numpy", "optax", "ipywidgets", "ipykernel"} <= shared
    for name in shared:
        assert versions.numbers(bounds[name]) <= versions.numbers(colab[name]), name


def test_the_conda_environment_is_a_thin_shell():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    python, pip, packages = environment["dependencies"]
    assert pip == "pip"
    assert packages == {"pip": ["-e .[lab]"]}
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert versions.numbers(python.removeprefix("python=")) >= versions.numbers(oldest)
    assert environment["name"] == PROJECT["name"]
    assert "conda activate gan-course" in README


def test_the_readme_gives_the_commands():
    for command in (
        'pip install -e ".[lab]" && gan-course',
        'pip install -e ".[test]" && pytest',
        "python3 -m venv .venv && . .venv/bin/activate",
        "uv run --extra lab gan-course",
        "uv run --extra test pytest",
        "conda env create -f environment.yml",
    ):
        assert f"\n{command}" in README


def test_the_entry_point_is_the_command_line():
    assert PROJECT["scripts"] == {"gan-course": "gan_utils.cli:main"}
    done = subprocess.run(
        [sys.executable, "-m", "gan_utils", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for word in ("open", "run", "doctor", "set-repository"):
        assert word in done.stdout


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_and_pictures_lead_somewhere(name):
    text = (ROOT / name).read_text()
    targets = re.findall(r"\]\(([^)#]+)\)", text)
    missing = [t for t in targets if "://" not in t and not (ROOT / t).exists()]
    assert missing == []


def test_every_picture_of_the_readme_is_described():
    assert all(len(alt) > 40 for alt in re.findall(r"!\[([^]]*)\]", README))


def test_the_time_table_has_every_notebook():
    assert sorted(times.read(README)) == NOTEBOOKS


def test_the_time_table_is_rewritten_between_its_marks():
    text = f"before\n{times.BEGIN}\nold\n{times.END}\nafter"
    once = times.rewrite(text, {"01_b.ipynb": 61.6, "00_a.ipynb": 9.2})
    assert times.read(once) == {"00_a.ipynb": 9, "01_b.ipynb": 62}
    assert "| all | 71 |" in once
    twice = times.rewrite(once, {"00_a.ipynb": 4})
    assert times.read(twice) == {"00_a.ipynb": 4, "01_b.ipynb": 62}
    assert twice.startswith("before\n") and twice.endswith("\nafter")
    with pytest.raises(CourseError, match="no lines"):
        times.rewrite("nothing", {})


def test_the_house_in_the_readme_is_the_house():
    drawn = re.search(r"## The house\n\n(.*?)\n\nTo change", README, re.S)[1]
    for folder in ("notebooks/", "gan_utils/", "tests/", "book/"):
        assert (ROOT / folder).is_dir() and folder in drawn
    for number, line in re.findall(r"^      (\d)  (.*)$", drawn, re.M):
        names = set(re.split(r"\s{2,}", line)) & set(FLOOR)
        assert names == FLOORS[int(number)], f"floor {number} in the README"


def test_licences_and_citation():
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert "by/4.0/legalcode" in (ROOT / "LICENSE-CC-BY-4.0").read_text()
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == gan_utils.__version__
    assert citation["license"] == PROJECT["license"]
    meta = json.loads((ROOT / "codemeta.json").read_text())
    assert meta["version"] == gan_utils.__version__
    assert meta["license"].endswith(f"/{PROJECT['license']}")
    assert (meta["name"], meta["identifier"]) == (citation["title"], PROJECT["name"])
    assert meta["description"] == citation["abstract"]
    newest = re.search(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert newest[1] == gan_utils.__version__


def test_the_check_of_a_change_can_be_run():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_version_is_the_installed_one():
    try:
        installed = metadata.version("gan-course")
    except metadata.PackageNotFoundError:
        pytest.skip("the course runs from its source, it is not installed")
    assert installed == gan_utils.__version__
