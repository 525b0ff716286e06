"""Write the course's address into every file that gives one, or take it out of all."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from gan_utils.cli import address, setup_cell
from gan_utils.cli.places import CourseError, clone, course, read_notebook
from gan_utils.whole_files import write_with

README_MARK = "<!-- address -->"
FIRST = "notebooks/00_start_here.ipynb"


def set_repository(repository: str, site: str = "") -> list[str]:
    """Write the course's address into pyproject.toml and all that follows from it.

    Nothing is written unless every file can be. With "" each file is again what it was,
    byte for byte.

    Args:
        repository: the address that `git clone` takes, e.g. https://host/owner/name.
        site: where the book can be read, e.g. https://owner.host/name.

    Returns:
        The names of the files that changed.

    Raises:
        CourseError: this is no clone, a file lacks the place for the address, or an
            address does not look like one.
    """
    root = clone()
    if root is None:
        raise CourseError("set-repository works in a clone of the course only.")
    new = address.checked(repository, site)
    texts = list(_texts(root, new))
    return [path.name for path, text in texts if _rewritten(path, text)]


def _texts(root: Path, new: address.Setting) -> Iterator[tuple[Path, str]]:
    """Yield every file that gives the address, with its text for the new one."""
    from gan_utils.cli import canonical

    for name, change in FILES.items():
        path = root / name
        if path.exists():
            yield path, change(path.read_text("utf-8"), new)
    for path in course(root / "notebooks"):
        notebook = read_notebook(path)
        setup_cell.fill(notebook, path, new.repository)
        yield path, canonical.text_of(canonical.canonical(notebook))


def _pyproject(text: str, new: address.Setting) -> str:
    text = _with(text, r'^repository = ".*?"', f'repository = "{new.repository}"')
    text = _with(text, r'^site = ".*?"', f'site = "{new.site}"')
    text = re.sub(r"^\[project\.urls\]\n(.+\n)*\n", "", text, flags=re.M)
    urls = {"Repository": new.repository, "Homepage": new.site}
    lines = [f'{name} = "{url}"\n' for name, url in urls.items() if url]
    table = "".join(["[project.urls]\n", *lines, "\n"]) if lines else ""
    return _with(text, r"^\[tool\.gan-course\]$", f"{table}[tool.gan-course]")


def _citation(text: str, new: address.Setting) -> str:
    text = re.sub(r"^(repository-code|url): .*\n", "", text, flags=re.M)
    named = {"repository-code": new.repository, "url": new.site}
    lines = [f'{name}: "{url}"\n' for name, url in named.items() if url]
    return _with(text, r"^license: ", "".join([*lines, "license: "]))


def _codemeta(text: str, new: address.Setting) -> str:
    read = json.loads(text)
    for name, url in (("codeRepository", new.repository), ("url", new.site)):
        read.pop(name, None)
        if url:
            read[name] = url
    return json.dumps(read, indent=2, ensure_ascii=False) + "\n"


def _readme(text: str, new: address.Setting) -> str:
    found = address.links(new.repository, FIRST)
    links = [f"[Read the course]({new.site})"] if new.site else []
    links += [f"[Open in {service}]({link})" for service, link in found.items()]
    if new.repository:
        links.append(f"`git clone {new.repository}`")
    line = " · ".join(links) + " " + README_MARK
    return _with(text, rf"^.*{README_MARK}$", line.lstrip())


FILES = {
    "pyproject.toml": _pyproject,
    "CITATION.cff": _citation,
    "codemeta.json": _codemeta,
    "README.md": _readme,
}


def _with(text: str, pattern: str, line: str) -> str:
    """Replace the one place that a pattern finds."""
    new, found = re.subn(pattern, lambda _: line, text, flags=re.M)
    if found != 1:
        raise CourseError(
            f"{pattern!r} stands {found} times where the address goes, not once. "
            "Restore pyproject.toml, CITATION.cff and README.md by git checkout."
        )
    return new


def _rewritten(path: Path, new: str) -> bool:
    """Write a text where it differs from the file's; say whether it did."""
    if new == path.read_text("utf-8"):
        return False
    write_with(path, lambda file: file.write(new.encode()))
    return True
