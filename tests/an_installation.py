"""For tests: an environment that has everything but the course."""

import os
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def environment(folder: Path) -> Path:
    """Make a virtual environment in a moment: its packages are links to ours.

    The course is left out, as source, as an editable install and as an installed one.

    Returns:
        The environment's Python.
    """
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    purelib = Path(sysconfig.get_path("purelib"))
    if not (purelib / "pip").exists():
        pytest.skip("pip is not installed here")
    for entry in purelib.iterdir():
        if "gan_course" not in entry.name and entry.name != "gan_utils":
            (site_packages(folder) / entry.name).symlink_to(entry)
    share = Path(sysconfig.get_path("data")) / "share" / "jupyter"
    (folder / "share" / "jupyter").mkdir(parents=True)
    for entry in share.iterdir() if share.is_dir() else ():
        if entry.name != "kernels":  # the kernel is this Python
            (folder / "share" / "jupyter" / entry.name).symlink_to(entry)
    return python


def site_packages(folder: Path) -> Path:
    """Return where an environment keeps its packages."""
    return next((folder / "lib").glob("python*/site-packages"))


def tracked(folder: Path, notebooks: str = "") -> Path:
    """Copy the files that git knows of, as they are now, into a folder.

    Args:
        folder: the copy.
        notebooks: how the names begin of those that are wanted; "" for all.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("this is no clone, or git is not installed")
    for name in filter(None, listed.stdout.split("\0")):
        wanted = not name.startswith("notebooks/") or Path(name).name.startswith(
            notebooks
        )
        if wanted and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    return folder


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Return the variables of a learner who has nothing of the course's yet."""
    mine = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PYTHONUSERBASE")
    kept = {k: v for k, v in os.environ.items() if k not in mine}
    cache = kept.get("PIP_CACHE_DIR") or str(Path.home() / ".cache" / "pip")
    return {**kept, "HOME": str(home), "PIP_CACHE_DIR": cache, **more}
