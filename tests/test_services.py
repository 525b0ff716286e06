"""What the hosts' own files ask for exists: every command, option, extra and path."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from gan_utils.cli import commands, options

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def workflow(name):
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text())


def lines(jobs):
    """Yield the commands of a workflow's jobs, each once for every row of a matrix."""
    for job in jobs.values():
        rows = job.get("strategy", {}).get("matrix", {}).get("include", [{}])
        for step in job["steps"]:
            for row in rows:
                yield re.sub(
                    r"\$\{\{ matrix\.(\w+) \}\}",
                    lambda found, row=row: row[found[1]],
                    step.get("run", ""),
                )


def commands_of_the_hosts():
    for path in WORKFLOWS:
        yield from lines(yaml.safe_load(path.read_text())["jobs"])
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    yield container["postCreateCommand"]
    yield "pip install -r binder/requirements.txt"


COMMANDS = sorted(filter(None, set(commands_of_the_hosts())))


def requires(requirement):
    """Check that `.` with these extras is something that pyproject.toml knows."""
    extras = re.fullmatch(r"\.\[([\w,]+)\]", requirement)[1].split(",")
    assert set(extras) <= set(PROJECT["optional-dependencies"])


@pytest.mark.parametrize("line", COMMANDS)
def test_the_command_exists(line):
    program, *words = shlex.split(line)
    if program == "gan-course":
        assert program in PROJECT["scripts"]
        assert options.parser().parse_args(words).command in commands.COMMANDS
    elif program == "pip":
        assert words.pop(0) == "install"
        while words:
            word = words.pop(0)
            if word == "-e":
                requires(words.pop(0))
            elif word in ("-c", "-r"):
                assert (ROOT / words.pop(0)).is_file()
            else:
                assert word == "--pre"
    else:
        assert (program, words) == ("pytest", [])


def test_there_is_something_to_check():
    assert [path.stem for path in WORKFLOWS] == ["book", "rot"]
    assert len(COMMANDS) == 9


def test_what_is_published_is_what_was_made():
    build, deploy = workflow("book.yml")["jobs"].values()
    made = next(s["run"] for s in build["steps"] if "gan-course" in s.get("run", ""))
    upload = build["steps"][-1]
    assert upload["uses"].startswith("actions/upload-pages-artifact@")
    assert options.parser().parse_args(made.split()[1:]).out == Path(
        upload["with"]["path"]
    )
    assert deploy["needs"] == "build"
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_weekly_check_takes_the_three_stacks_and_what_comes():
    (job,) = workflow("rot.yml")["jobs"].values()
    rows = job["strategy"]["matrix"]["include"]
    stacks = {row["stack"]: (row["python"], row["options"]) for row in rows}
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert stacks["newest for Python 3.11"] == (oldest, "")
    assert stacks["Colab"] == ("3.13", "-c tests/colab.txt")
    assert stacks["newest"] == ("3.13", "")
    assert stacks["releases to come"][1] == "--pre"
    assert "schedule" in workflow("rot.yml")[True]  # YAML 1.1 reads `on` so


def test_binder_installs_what_the_readme_does():
    (line,) = (
        text
        for text in (ROOT / "binder" / "requirements.txt").read_text().splitlines()
        if not text.startswith("#")
    )
    requires(line.removeprefix("-e "))
    (python,) = (ROOT / "binder" / "runtime.txt").read_text().split()
    assert re.fullmatch(r"python-3\.1[123]", python)


def test_what_the_container_opens_is_there():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    for name in container["customizations"]["codespaces"]["openFiles"]:
        assert (ROOT / name).is_file()
    assert container["image"].endswith(":3.12")
