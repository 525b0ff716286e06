"""The one text of every notebook's first code cell, and of its badge line."""

import re
from pathlib import Path

import gan_utils
from gan_utils.cli import address
from gan_utils.cli.places import CourseError

BADGES = "<!-- badges -->"
LICENCE = "Code Apache-2.0, text and figures CC BY 4.0"

SETUP = """\
# @title Set-up (run this first; it says nothing when all is well)
import importlib.util
import os
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

# The address of the course; `gan-course set-repository URL` fills it in.
REPOSITORY = ""
here, target = Path.cwd(), []
clones = [str(p) for p in [here, *here.parents] if (p / "gan_utils" / "cli").is_dir()]
if not os.access(sysconfig.get_path("purelib"), os.W_OK):  # a Python of somebody else
    target = ["--target", site.getusersitepackages()]
    site.addsitedir(target[1])
sys.path += clones[:1]  # the last place: an installed course comes before
if None in map(importlib.util.find_spec, ["gan_utils", "jax", "flax"]):
    if not clones and not REPOSITORY:
        raise ModuleNotFoundError(
            'gan_utils is missing. In the folder of the course: pip install -e ".[lab]"'
            "\\nOwner: gan-course set-repository URL. You: type it after REPOSITORY."
        )
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"]
    source = clones[0] if clones else f"git+{REPOSITORY}"
    subprocess.run([*pip, *target, source], check=True)
    importlib.invalidate_caches()
from gan_utils.cli import missing

missing.require("VERSION", REPOSITORY)
"""


def repository() -> str:
    """Return the course's address; see `address`."""
    return address.repository()


def setup_text(repository: str) -> str:
    """Return the set-up cell with the course's address and version written into it."""
    text = SETUP.replace('REPOSITORY = ""', f'REPOSITORY = "{repository}"')
    return text.replace('"VERSION"', f'"{gan_utils.__version__}"').rstrip()


def badge_line(repository: str, name: str) -> str:
    """Return the line of links under a notebook's title.

    Args:
        repository: the course's address, or "".
        name: the notebook's file name.
    """
    found = address.links(repository, f"notebooks/{name}")
    links = [f"[Open in {service}]({link})" for service, link in found.items()]
    return " · ".join([*links, f"*{LICENCE}* {BADGES}"])


def fill(notebook, path: Path, repository: str) -> None:
    """Write the shared set-up cell and the badge line into a notebook, in place.

    Args:
        notebook: the parsed notebook.
        path: its file; the name goes into the badges.
        repository: the course's address, or "".

    Raises:
        CourseError: there is no cell tagged `setup`, or no badge line to fill.
    """
    setups = [c for c in notebook.cells if "setup" in c.metadata.get("tags", [])]
    if len(setups) != 1:
        raise CourseError(f"{path.name} has {len(setups)} cells tagged 'setup', not 1.")
    setups[0].source = setup_text(repository)
    opening = notebook.cells[0]
    line = re.compile(rf"^.*{re.escape(BADGES)}.*$", re.MULTILINE)
    if not line.search(opening.source):
        raise CourseError(f"{path.name}: the opening cell lacks the line {BADGES}.")
    badges = badge_line(repository, path.name)
    opening.source = line.sub(lambda _: badges, opening.source, count=1)
