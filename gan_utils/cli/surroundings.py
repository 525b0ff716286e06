"""What a learner's own settings and files do to the course."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

from gan_utils.cli.places import CourseError

# Top modules of the course's packages; reading them from metadata imports `random`.
_OURS = {
    *("IPython", "PIL", "anywidget", "flax", "ipykernel", "ipywidgets", "jax"),
    *("jaxlib", "jupyterlab", "matplotlib", "mlxtend", "nbclient", "nbconvert"),
    *("nbformat", "numpy", "optax", "orbax", "pooch", "requests", "scipy"),
    *("sklearn", "tensorstore", "tqdm", "traitlets"),
}


def settings() -> list[str]:
    """Return the variables that change what JAX does, as NAME=VALUE."""
    names = (n for n in os.environ if n.startswith("JAX_") or n == "XLA_FLAGS")
    return [f"{name}={os.environ[name]}" for name in sorted(names)]


# It has to end by itself: where XLA does not know a flag, it ends the process.
_START = """
import jax
try:
    jax.devices()
except Exception:
    pass
print("started")
"""
_LOG = re.compile(r"^[FEWI]\d{4} [\d:.]+ +\d+ [^\]]*\] ")  # before a line of XLA's


def require_flags(seconds: float = 120) -> None:
    """Refuse XLA_FLAGS that end every process that starts XLA.

    A process of its own starts it, and only where the variable is set.

    Args:
        seconds: how long that may take; then nothing is refused.

    Raises:
        CourseError: XLA does not know one of the flags, or not its value.
    """
    flags = os.environ.get("XLA_FLAGS", "")
    if not flags or "jax" in sys.modules:  # then it has read them already
        return
    try:
        done = subprocess.run(
            [sys.executable, "-c", _START],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return
    if "started" in done.stdout or "Traceback" in done.stderr:
        return
    why = _LOG.sub("", (done.stderr.strip().splitlines() or [""])[0])[:200].rstrip(".")
    raise CourseError(
        f"XLA, which computes for JAX, does not take XLA_FLAGS={flags} ({why}). "
        "Correct the flag, or try without: unset XLA_FLAGS"
    )


def require_packages() -> None:
    """Refuse a file that Python would import in place of a package.

    Some packages do not raise an error then, but end the process.

    Raises:
        CourseError: there is one on the path of modules.
    """
    for name in ("numpy", "scipy", "jax", "jaxlib", "flax", "optax", "matplotlib"):
        found = importlib.util.find_spec(name)
        if found and found.origin and Path(found.origin).name == f"{name}.py":
            raise CourseError(
                f"Python would import {found.origin} in place of the package {name}. "
                f"Rename {found.origin}, or take its folder out of PYTHONPATH."
            )


def hiding(folder: Path | None = None) -> list[str]:
    """Return the files that Python imports in place of a module.

    Args:
        folder: where to look; when None, the current one and those of PYTHONPATH.
    """
    known = sys.stdlib_module_names | _OURS
    more = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    found = []
    for place in [folder] if folder else [".", *filter(None, more)]:
        try:
            files = sorted(Path(place).absolute().glob("*.py"))
        except OSError:  # the current folder is gone, or one may not be read
            continue
        found += [str(path) for path in files if path.stem in known]
    return list(dict.fromkeys(found))


def suspicion() -> str:
    """Name what in the surroundings may be the cause of an error; "" when nothing."""
    said = []
    if hidden := hiding():
        said.append(
            f"Rename {', '.join(hidden)}: Python imports it in place of its own."
        )
    if found := settings():
        names = " ".join(pair.split("=")[0] for pair in found)
        said.append(f"Set here: {', '.join(found)}. Try without: unset {names}")
    return " ".join(said)
