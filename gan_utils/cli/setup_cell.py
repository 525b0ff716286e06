"""The one text of every notebook's first code cell, and of its badge line."""

import re
import tomllib
from pathlib import Path

from gan_utils.cli.places import CourseError, clone, course, read_notebook
from gan_utils.whole_files import write_with

BADGES = "<!-- badges -->"

SETUP = """\
# @title Set-up (run this first; it says nothing when all is well)
import importlib.util
import subprocess
import sys
from pathlib import Path

REPOSITORY = ""  # the course's address; `gan-course set-repository URL` fills it in


def run(*arguments):
    subprocess.run([sys.executable, "-m", *arguments], check=True)


here = Path.cwd()
clones = [str(p) for p in [here, *here.parents] if (p / "gan_utils" / "cli").is_dir()]
if importlib.util.find_spec("gan_utils") is None:
    sys.path += clones[:1]
if None in map(importlib.util.find_spec, ["gan_utils", "jax", "flax"]):
    if not clones and not REPOSITORY:
        raise ModuleNotFoundError(
            "gan_utils is not installed. Either open a terminal in the course's folder"
            ' and run\\n    pip install -e ".[lab]"\\nor write the address of the git '
            "repository between the quotes after REPOSITORY and run this cell again."
        )
    source = clones[0] if clones else f"git+{REPOSITORY}"
    run("pip", "install", "--quiet", "--no-deps", source)
    run("gan_utils.cli.missing")  # installs what is absent, changes no version
    importlib.invalidate_caches()
"""

_SETTING = re.compile(r'^repository = "(.*)"', re.MULTILINE)


def repository() -> str:
    """Return the course's address from pyproject.toml; "" until someone sets it."""
    root = clone()
    if root is None:
        return ""
    path = root / "pyproject.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))["tool"]["gan-course"][
            "repository"
        ]
    except (ValueError, KeyError) as error:
        raise CourseError(
            f"{path} cannot be read ({error}). Restore it: git checkout {path.name}"
        ) from error


def setup_text(address: str) -> str:
    """Return the set-up cell with the course's address written into it."""
    return SETUP.replace('REPOSITORY = ""', f'REPOSITORY = "{address}"').rstrip()


def badge_line(address: str, name: str) -> str:
    """Return the line of links under a notebook's title.

    Args:
        address: the course's address; only one on GitHub gives Colab and Binder links.
        name: the notebook's file name.
    """
    match = re.match(r"https://github\.com/([^/]+/[^/]+)$", address)
    licence = "Code Apache-2.0, text and figures CC BY 4.0"
    if not match:
        return f"*{licence}* {BADGES}"
    colab = "https://colab.research.google.com/github"
    binder = "https://mybinder.org/v2/gh"
    links = (
        f"[Open in Colab]({colab}/{match[1]}/blob/main/notebooks/{name}) · "
        f"[Open in Binder]({binder}/{match[1]}/main?labpath=notebooks%2F{name})"
    )
    return f"{links} · *{licence}* {BADGES}"


def fill(notebook, path: Path, address: str) -> None:
    """Write the shared set-up cell and the badge line into a notebook, in place.

    Args:
        notebook: the parsed notebook.
        path: its file; the name goes into the badges.
        address: the course's address, or "".

    Raises:
        CourseError: there is no cell tagged `setup`, or no badge line to fill.
    """
    setups = [c for c in notebook.cells if "setup" in c.metadata.get("tags", [])]
    if len(setups) != 1:
        raise CourseError(f"{path.name} has {len(setups)} cells tagged 'setup', not 1.")
    setups[0].source = setup_text(address)
    opening = notebook.cells[0]
    line = re.compile(rf"^.*{re.escape(BADGES)}.*$", re.MULTILINE)
    if not line.search(opening.source):
        raise CourseError(f"{path.name}: the opening cell lacks the line {BADGES}.")
    badges = badge_line(address, path.name)
    opening.source = line.sub(lambda _: badges, opening.source, count=1)


def set_repository(address: str) -> list[str]:
    """Write the course's address into pyproject.toml and every notebook.

    Args:
        address: the address that `git clone` takes, e.g. https://host/owner/name.

    Returns:
        The names of the files that changed.

    Raises:
        CourseError: this is no clone, or the address does not look like one.
    """
    from gan_utils.cli import canonical

    root = clone()
    if root is None:
        raise CourseError("set-repository works in a clone of the course only.")
    address = address.strip().rstrip("/").removesuffix(".git")
    if not re.fullmatch(r"(https?|ssh)://[\w.@:-]+(/[\w.~-]+)+|", address):
        raise CourseError(f"{address!r} is no address like https://host/owner/name.")
    settings = root / "pyproject.toml"
    text = settings.read_text("utf-8")
    new = _SETTING.sub(f'repository = "{address}"', text)
    changed = [settings.name] if _rewritten(settings, new) else []
    for path in course(root / "notebooks"):
        notebook = read_notebook(path)
        fill(notebook, path, address)
        new = canonical.text_of(canonical.canonical(notebook))
        if _rewritten(path, new):
            changed.append(path.name)
    return changed


def _rewritten(path: Path, new: str) -> bool:
    """Write a text where it differs from the file's; say whether it did."""
    if new == path.read_text("utf-8"):
        return False
    write_with(path, lambda file: file.write(new.encode()))
    return True
