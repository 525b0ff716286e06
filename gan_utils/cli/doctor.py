"""Look at this computer: what is there, what is wrong, and how to mend it."""

import importlib.util
import os
import platform
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import gan_utils
from gan_utils.cli import missing, places, probe

GIB = 2**30
INSTALL = 'pip install -e ".[lab]"'


class Finding(NamedTuple):
    """One line of the report."""

    topic: str
    value: str
    wrong: str = ""  # empty when all is well, else what is wrong and how to mend it
    serious: bool = True  # a wrong that is not serious leaves the exit code at 0


def examine() -> list[Finding]:
    """Return every finding about this computer, in the order to read them."""
    report, have = probe.backend(), missing.installed()
    return [
        _python(),
        Finding("course", f"{gan_utils.__version__} in {places.PACKAGE}"),
        *_packages(have),
        Finding("jaxlib", have.get("jaxlib", "missing")),
        *combinations(have),
        *_backend(report),
        _graphics_card(report),
        _jupyter(),
        _kernel(),
        _notebooks(),
        _memory(),
        _disk(),
    ]


def print_report() -> int:
    """Print the findings and return 0 when nothing serious is wrong, else 1."""
    findings = examine()
    for finding in findings:
        mark = " " if not finding.wrong else "!" if finding.serious else "?"
        print(f"{mark} {finding.topic:18} {finding.value}")
    wrong = [finding for finding in findings if finding.wrong]
    for finding in wrong:
        print(f"\n{finding.topic}: {finding.wrong}")
    serious = any(finding.serious for finding in wrong)
    print("\nSomething must be mended." if serious else "\nThe course can run here.")
    return int(serious)


def _python() -> Finding:
    value = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding(
        "python", value
    )  # pip refuses the course to a Python that is too old


def requirements() -> list[str]:
    """Return the course's own list of packages, from its metadata or pyproject.toml."""
    try:
        return [r for r in metadata.requires(missing.COURSE) if "extra ==" not in r]
    except metadata.PackageNotFoundError:
        root = places.clone()
        if root is None:
            return []
        import tomllib

        settings = tomllib.loads((root / "pyproject.toml").read_text())
        return settings["project"]["dependencies"]


def _packages(have: dict[str, str]) -> list[Finding]:
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
    found = []
    jax, jaxlib = have.get("jax"), have.get("jaxlib")
    if jax and jaxlib and numbers(jax)[:3] != numbers(jaxlib)[:3]:
        wrong = f"It belongs to another jax. If imports fail: pip install jaxlib=={jax}"
        found.append(Finding("jaxlib", f"{jaxlib} with jax {jax}", wrong, False))
    plugins = sorted(n for n in have if re.fullmatch(r"jax-cuda\d+-plugin", n))
    if len(plugins) > 1:
        wrong = f"Keep one: pip uninstall {plugins[0]} {plugins[0][:-6]}pjrt"
        found.append(Finding("CUDA plugins", ", ".join(plugins), wrong))
    for name in plugins:
        if jaxlib and numbers(have[name]) != numbers(jaxlib):
            wrong = f'It must match jaxlib {jaxlib}: pip install -U "jax[{name[4:10]}]"'
            found.append(Finding(name, have[name], wrong))
    return found


def _backend(report: dict) -> list[Finding]:
    if "error" in report:
        wrong = f"{report['error']}\nReinstall: {INSTALL} --force-reinstall"
        return [Finding("backend", "does not work", wrong)]
    lines = [
        Finding("imports", f"all {report['modules']} modules of the course"),
        Finding("backend", f"{report['backend']} (a product was right)"),
    ]
    for device in report["devices"]:
        limit = f", {device['bytes'] / GIB:.1f} GiB" if device["bytes"] else ""
        lines.append(Finding("device", device["name"] + limit))
    return lines


def _graphics_card(report: dict) -> Finding:
    if shutil.which("nvidia-smi") is None:
        return Finding("NVIDIA driver", "none (the course runs on the CPU)")
    if report.get("backend") != "cpu":
        return Finding("NVIDIA driver", "found")
    wrong = 'JAX does not use the graphics card: pip install -e ".[cuda13]" (or cuda12)'
    return Finding("NVIDIA driver", "found, not used", wrong, serious=False)


def _jupyter() -> Finding:
    try:
        return Finding("JupyterLab", metadata.version("jupyterlab"))
    except metadata.PackageNotFoundError:
        wrong = f"`gan-course` needs it to open the notebooks: {INSTALL}"
        return Finding("JupyterLab", "missing", wrong, serious=False)


def _kernel() -> Finding:
    if importlib.util.find_spec("ipykernel") is None:
        wrong = f"Notebooks cannot run without it: {INSTALL}"
        return Finding("ipykernel", "missing", wrong, serious=False)
    from jupyter_client.kernelspec import KernelSpecManager

    program = KernelSpecManager().get_kernel_spec("python3").argv[0]
    ours = program in ("python", "python3") or Path(program) == Path(sys.executable)
    wrong = f"Notebooks would run in another Python, {program}. Mend it with\n" + (
        "    python -m ipykernel install --sys-prefix"
    )
    return (
        Finding("kernel", "this Python", "") if ours else Finding("kernel", "", wrong)
    )


def _notebooks() -> Finding:
    try:
        folder = places.notebooks_folder()
    except places.CourseError as error:
        return Finding("notebooks", "none", str(error))
    return Finding("notebooks", f"{len(places.select([], folder))} in {folder}")


def _memory() -> Finding:
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIB
    except (AttributeError, ValueError, OSError):
        return Finding("memory", "unknown")
    wrong = "The course was measured with 4 GiB; close other programs." * (total < 3.5)
    return Finding("memory", f"{total:.1f} GiB", wrong, serious=False)


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free / GIB
    wrong = "Checkpoints and pages need 1 GiB; delete something." * (free < 1)
    return Finding("free disk", f"{free:.1f} GiB here", wrong, serious=False)
