"""Install the packages the course needs and this Python lacks; change no other.

The set-up cell of a notebook calls this where someone else chose the versions (Colab).
It needs nothing but the standard library, and pip.
"""

import importlib
import os
import re
import shutil
import site
import subprocess
import sys
import sysconfig
import tempfile
from importlib import metadata
from pathlib import Path

COURSE = "gan-course"
LIGHT = {"gan_utils", "gan_utils.cli", "gan_utils.cli.missing"}  # may be left


def normal(name: str) -> str:
    """Return a package's name as the index spells it: scikit_learn -> scikit-learn."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed() -> dict[str, str]:
    """Return the version of every installed package, by its normal name."""
    pairs = ((d.metadata["Name"], d.version) for d in metadata.distributions())
    return {normal(name): version for name, version in pairs if name and version}


def missing(requirements: list[str], have) -> list[str]:
    """Return the requirements, extras left out, whose package is not installed.

    Args:
        requirements: as the metadata has them, "jax>=0.7.2".
        have: the normal names of what is installed.
    """
    plain = [r for r in requirements if "extra ==" not in r]
    return [r for r in plain if _name(r) not in have]


def constraints(have: dict[str, str]) -> str:
    """Return a constraints file that holds every installed version where it is."""
    sound = {n: v for n, v in have.items() if re.fullmatch(r"\d[\w.+!]*", v)}
    return "".join(f"{name}=={version}\n" for name, version in sorted(sound.items()))


def main() -> int:
    """Install what is missing and return pip's exit code."""
    try:
        required = metadata.requires(COURSE) or []
    except metadata.PackageNotFoundError:  # the course runs from its source
        return 0
    absent = [r for r in missing(required, ()) if not _is_there(_name(r))]
    if not absent:
        return 0
    print("Installing", ", ".join(absent))
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "held.txt"
        held.write_text(constraints(installed()))
        return _pip("--constraint", str(held), *absent)


def _name(requirement: str) -> str:
    return normal(re.match(r"[\w.-]+", requirement)[0])


def _is_there(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def _pip(*words: str) -> int:
    """Let pip install something; into the learner's own folder where it must."""
    locked = not os.access(sysconfig.get_path("purelib"), os.W_OK)
    if locked and sys.prefix != sys.base_prefix:  # elsewhere pip finds it by itself
        words = ("--target", site.getusersitepackages(), *words)
    return subprocess.call([sys.executable, "-m", "pip", "install", "--quiet", *words])


def require(version: str, repository: str) -> None:
    """Make sure of all that a notebook needs: its packages, and no older course.

    Args:
        version: of the course that the notebook is a part of.
        repository: the course's address; "": an older course is only named.

    Raises:
        RuntimeError: pip fails, or this kernel has already used the older course.
    """
    if main():
        raise RuntimeError("pip could not install what is missing; see what it says.")
    importlib.invalidate_caches()
    import gan_utils

    have = gan_utils.__version__
    if not _older(have, version):
        return
    said = f"This notebook is of version {version}, the course here of {have}. "
    if (Path(gan_utils.__file__).parents[1] / "pyproject.toml").exists():
        print(f"{said}In the course's folder, run: git pull")
    elif not repository:
        print(f"{said}Install the one that the notebook came with.")
    else:
        _update(repository)


def _older(have: str, wanted: str) -> bool:
    from packaging.version import Version  # matplotlib and ipykernel bring it

    return Version(have) < Version(wanted)


def _update(repository: str) -> None:
    """Put the newest course in the place of the one that is installed."""
    before = [(d.locate_file(""), d.version) for d in _courses()]
    if _pip("--upgrade", "--no-deps", f"git+{repository}"):
        raise RuntimeError(f"pip could not fetch {repository}; see what it says.")
    for folder, version in before:  # `pip --target` leaves the old one's papers
        if len(list(folder.glob("gan_course-*.dist-info"))) > 1:
            shutil.rmtree(folder / f"gan_course-{version}.dist-info")
    used = {name for name in sys.modules if name.split(".")[0] == "gan_utils"}
    if used - LIGHT:
        raise RuntimeError("The course is updated. Restart the kernel; run this again.")
    for name in used:
        del sys.modules[name]
    importlib.invalidate_caches()
    if importlib.import_module("gan_utils.cli.missing").main():  # its new needs
        raise RuntimeError("pip could not install what is missing; see what it says.")


def _courses():
    return metadata.distributions(name=COURSE)


if __name__ == "__main__":
    sys.exit(main())
