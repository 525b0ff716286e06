"""Where the course lives: one setting, and every link that is made of it.

`[tool.gan-course]` in pyproject.toml holds the repository's address and the site's.
Both are "" until `gan-course set-repository` writes them: until then no file gives one.
"""

import re
import tomllib
from importlib import metadata
from typing import NamedTuple
from urllib.parse import quote

from gan_utils.cli.missing import COURSE
from gan_utils.cli.places import CourseError, clone

BRANCH = "main"
EXAMPLE = "https://host/owner/name"
_REPOSITORY = r"(https?|ssh)://[\w.@:-]+(/[\w.~-]+)+|file://(/[\w.~-]+)+|"
_SITE = r"https?://[\w.:-]+(/[\w.~-]+)*|"


class Setting(NamedTuple):
    """The two addresses; "" for one that nobody has set."""

    repository: str  # what `git clone` takes
    site: str  # where the book can be read


def setting() -> Setting:
    """Return the addresses, from pyproject.toml or from an installed copy's metadata.

    Raises:
        CourseError: pyproject.toml of the clone cannot be read.
    """
    root = clone()
    if root is None:
        return _installed()
    path = root / "pyproject.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))["tool"]["gan-course"]
        return Setting(table["repository"], table["site"])
    except (ValueError, KeyError) as error:
        raise CourseError(
            f"{path} cannot be read ({error}). Restore it: git checkout {path.name}"
        ) from error


def _installed() -> Setting:
    try:
        lines = metadata.metadata(COURSE).get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        lines = []
    named = dict(line.split(", ", 1) for line in lines)
    return Setting(named.get("Repository", ""), named.get("Homepage", ""))


def repository() -> str:
    """Return the address that `git clone` takes; "" until someone sets it."""
    return setting().repository


def site() -> str:
    """Return the address where the book can be read; "" until someone sets it."""
    return setting().site


def checked(repository: str, site: str) -> Setting:
    """Return two addresses as they are written down: no blanks, no `.git`, no last /.

    Args:
        repository: the address that `git clone` takes, or "".
        site: the address of the book, or "".

    Raises:
        CourseError: one does not look like an address.
    """
    repository = repository.strip().rstrip("/").removesuffix(".git")
    site = site.strip().rstrip("/")
    if not re.fullmatch(_REPOSITORY, repository):
        raise CourseError(
            f"{repository!r} is no address like {EXAMPLE}. Copy the one that "
            "`git clone` takes, with https:// before it."
        )
    if not re.fullmatch(_SITE, site):
        raise CourseError(
            f"--site is {site!r}, no address like https://owner.host/name. Copy the "
            "one that a browser shows, with https:// before it."
        )
    if site and not repository:
        raise CourseError(
            f"--site is {site!r} and the repository is ''; a site needs a repository. "
            f"Give both: gan-course set-repository {EXAMPLE} --site {site}"
        )
    return Setting(repository, site)


def links(repository: str, path: str) -> dict[str, str]:
    """Return where a notebook can be run with one click, by the service's name.

    Empty where the host is one that no service reads. molab is not among them: it runs
    a notebook as marimo does, which refuses 00 (a name may be defined only once).

    Args:
        repository: the course's address, or "".
        path: the notebook, from the clone's root: "notebooks/00_start_here.ipynb".
    """
    file = quote(path, safe="")
    if on_github := re.fullmatch(r"https://github\.com/([^/]+/[^/]+)", repository):
        name = on_github[1]
        blob = f"{name}/blob/{BRANCH}/{path}"
        return {
            "Colab": f"https://colab.research.google.com/github/{blob}",
            "Kaggle": f"https://kaggle.com/kernels/welcome?src=https://github.com/{blob}",
            "Binder": f"https://mybinder.org/v2/gh/{name}/{BRANCH}?labpath={file}",
            "Codespaces": f"https://codespaces.new/{name}?quickstart=1",
        }
    if on_gitlab := re.fullmatch(r"https://gitlab\.com/(.+/[^/]+)", repository):
        name = quote(on_gitlab[1], safe="")
        return {"Binder": f"https://mybinder.org/v2/gl/{name}/{BRANCH}?labpath={file}"}
    return {}


def edit_link(repository: str, path: str) -> str:
    """Return where a file of the repository can be edited; "" for an unknown host.

    Args:
        repository: the course's address, or "".
        path: the file, from the clone's root.
    """
    host = re.match(r"https://([^/]+)/", repository)
    ways = {"github.com": "edit", "gitlab.com": "-/edit", "codeberg.org": "_edit"}
    way = ways.get(host[1]) if host else None
    return f"{repository}/{way}/{BRANCH}/{path}" if way else ""


def in_colab(name: str) -> str:
    """Return where a notebook of the course opens in Colab; "" until someone can.

    Args:
        name: the notebook's, such as "00_start_here.ipynb".
    """
    return links(repository(), f"notebooks/{name}").get("Colab", "")
