"""Look at this computer: what is there, what is wrong, and how to mend it."""

import importlib.util
import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path

import gan_utils
from gan_utils import room
from gan_utils.cli import missing, places, probe, surroundings, versions
from gan_utils.cli.finding import INSTALL, Finding

GIB = room.GIB


def examine() -> list[Finding]:
    """Return every finding about this computer, in the order to read them."""
    report, have = probe.backend(), missing.installed()
    return [
        _python(),
        Finding("course", f"{gan_utils.__version__} in {places.PACKAGE}"),
        *versions.packages(have),
        Finding("jaxlib", have.get("jaxlib", "missing")),
        *versions.combinations(have),
        *_backend(report),
        *_surroundings("error" in report),
        *_choices(report),
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
    """Name the Python; pip refuses the course to one that is too old."""
    value = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("python", value)


def _backend(report: dict) -> list[Finding]:
    if "error" in report:
        remedy = surroundings.suspicion() or f"Reinstall: {INSTALL} --force-reinstall"
        wrong = f"{report['error']}\n{remedy}"
        return [Finding("backend", "does not work", wrong)]
    lines = [
        Finding("imports", f"all {report['modules']} modules of the course"),
        Finding("backend", f"{report['backend']} (a product was right)"),
    ]
    for device in report["devices"]:
        limit = f", {device['bytes'] / GIB:.1f} GiB" if device["bytes"] else ""
        lines.append(Finding("device", device["name"] + limit))
    return lines


def _surroundings(failed: bool) -> list[Finding]:
    """List the variables JAX obeys, and the learner's files that hide a module."""
    found = [Finding("variable", pair) for pair in surroundings.settings()]
    wrong = "Rename it: notebooks in its folder import it in place of Python's own."
    for path in surroundings.hiding():
        found.append(Finding("hides a module", path, wrong, serious=failed))
    return found


def _choices(report: dict) -> list[Finding]:
    """List which libraries were found to be the fastest here, and the memory kept."""
    if "error" in report:
        return []
    kept = f"up to {report['kept'] >> 20} MiB" if report["kept"] else "none"
    found = [Finding("kept memory", f"{kept} between updates with convolutions")]
    if report["way"] == "fixed":
        return [*found, Finding("choices", "fixed, by GAN_UTILS_CHOICE")]
    for question, (form, seconds) in report["choices"].items():
        others = [
            f"{seconds[form] / took:.2f} of the time of {name}"
            for name, took in seconds.items()
            if name != form and form in seconds and took
        ]
        found.append(Finding("choice", f"{form} for {question}: {', '.join(others)}"))
    if not report["choices"]:
        found.append(Finding("choices", "none yet; the first training measures them"))
    return found


def _graphics_card(report: dict) -> Finding:
    if shutil.which("nvidia-smi") is None:
        return Finding("NVIDIA driver", "none (the course runs on the CPU)")
    if report.get("backend") != "cpu":
        return Finding("NVIDIA driver", "found")
    command = places.install("cuda13")
    wrong = f"JAX does not use the graphics card: {command} (or cuda12)"
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

    remove = f"Remove it: {sys.executable} -m jupyter_client.kernelspecapp remove -f "
    remove += "python3"
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
        program = spec.argv[0]
    except Exception as error:  # a file that is no kernel spec
        wrong = f"The kernel spec python3 cannot be read ({error}). {remove}"
        return Finding("kernel", "unreadable", wrong)
    if program in ("python", "python3") or Path(program) == Path(sys.executable):
        return Finding("kernel", "this Python")
    if shutil.which(program) is None:
        wrong = f"{spec.resource_dir} starts {program}, which is gone. {remove}"
        return Finding("kernel", "of a deleted environment", wrong)
    wrong = (
        f"Notebooks would run in another Python, {program}. Mend it with\n"
        "    python -m ipykernel install --sys-prefix"
    )
    return Finding("kernel", "another Python", wrong)


def _notebooks() -> Finding:
    try:
        folder = places.notebooks_folder()
    except places.CourseError as error:
        return Finding("notebooks", "none", str(error))
    return Finding("notebooks", f"{len(places.select([], folder))} in {folder}")


def _memory() -> Finding:
    if (total := room.memory()) is None:
        return Finding("memory", "unknown")
    total /= GIB
    wrong = "The course was measured with 4 GiB; close other programs."
    wrong = wrong if total < 3.5 else ""
    return Finding("memory", f"{total:.1f} GiB", wrong, serious=False)


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free / GIB
    wrong = "Checkpoints and pages need 1 GiB; delete something." if free < 1 else ""
    return Finding("free disk", f"{free:.1f} GiB here", wrong, serious=False)
