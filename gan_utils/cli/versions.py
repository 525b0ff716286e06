"""The doctor on versions: what the course needs, and what does not go together."""

import re
import tomllib
from importlib import metadata

from gan_utils.cli import missing, places
from gan_utils.cli.finding import INSTALL, Finding


def requirements() -> list[str]:
    """Return the course's own list of packages, from its metadata or pyproject.toml."""
    try:
        return [r for r in metadata.requires(missing.COURSE) if "extra ==" not in r]
    except metadata.PackageNotFoundError:
        root = places.clone()
        if root is None:
            return []
        settings = tomllib.loads((root / "pyproject.toml").read_text())
        return settings["project"]["dependencies"]


def packages(have: dict[str, str]) -> list[Finding]:
    """Look whether every package of the course is there and new enough.

    Args:
        have: version by normal package name.
    """
    return [_package(requirement, have) for requirement in sorted(requirements())]


def _package(requirement: str, have: dict[str, str]) -> Finding:
    name, bound = re.match(r"([\w.-]+)(?:>=([\d.]+))?", requirement).groups()
    version = have.get(missing.normal(name))
    if version is None:
        return Finding(name, "missing", f"Install it: {INSTALL}")
    if bound and numbers(version) < numbers(bound):
        wrong = f"The course needs {bound} or newer: pip install -U {name}"
        return Finding(name, version, wrong)
    return Finding(name, version)


def numbers(version: str) -> tuple[int, ...]:
    """Return a version's leading numbers, to compare: "1.2.3rc1" -> (1, 2, 3)."""
    return tuple(int(part) for part in re.match(r"[\d.]*\d", version)[0].split("."))


def combinations(have: dict[str, str]) -> list[Finding]:
    """Name combinations of versions that are known to fail.

    Args:
        have: version by normal package name.
    """
    plugins = sorted(n for n in have if re.fullmatch(r"jax-cuda\d+-plugin", n))
    found = [_jaxlib_of_another_jax(have), _two_plugins(plugins)]
    found += [_plugin_of_another_jaxlib(name, have) for name in plugins]
    return [finding for finding in found if finding is not None]


def _jaxlib_of_another_jax(have) -> Finding | None:
    jax, jaxlib = have.get("jax"), have.get("jaxlib")
    if not (jax and jaxlib) or numbers(jax)[:3] == numbers(jaxlib)[:3]:
        return None
    wrong = f"It belongs to another jax. If imports fail: pip install jaxlib=={jax}"
    return Finding("jaxlib", f"{jaxlib} with jax {jax}", wrong, serious=False)


def _two_plugins(plugins: list[str]) -> Finding | None:
    if len(plugins) < 2:
        return None
    wrong = f"Keep one: pip uninstall {plugins[0]} {plugins[0][:-6]}pjrt"
    return Finding("CUDA plugins", ", ".join(plugins), wrong)


def _plugin_of_another_jaxlib(name: str, have) -> Finding | None:
    jaxlib = have.get("jaxlib")
    if jaxlib is None or numbers(have[name]) == numbers(jaxlib):
        return None
    wrong = f'It must match jaxlib {jaxlib}: pip install -U "jax[{name[4:10]}]"'
    return Finding(name, have[name], wrong)
