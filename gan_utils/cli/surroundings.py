"""What a learner's own settings and files do to the course."""

import os
import sys
from pathlib import Path

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


def hiding(folder: Path | None = None) -> list[str]:
    """Return the files in a folder that Python imports in place of a module.

    Args:
        folder: where to look; the current one when None.
    """
    try:
        files = sorted((folder or Path.cwd()).glob("*.py"))
    except OSError:  # the current folder is gone
        return []
    known = sys.stdlib_module_names | _OURS
    return [str(path) for path in files if path.stem in known]


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
