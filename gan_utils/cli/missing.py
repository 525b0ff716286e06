"""Install the packages the course needs and this Python lacks; change no other.

The set-up cell of a notebook runs this where someone else chose the versions (Colab).
It needs nothing but the standard library.
"""

import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

COURSE = "gan-course"


def normal(name: str) -> str:
    """Return a package's name as the index spells it: scikit_learn -> scikit-learn."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed() -> dict[str, str]:
    """Return the version of every installed package, by its normal name."""
    pairs = ((d.metadata["Name"], d.version) for d in metadata.distributions())
    return {normal(name): version for name, version in pairs if name and version}


def missing(requirements: list[str], have: dict[str, str]) -> list[str]:
    """Return the requirements, extras left out, whose package is not installed."""
    plain = [r for r in requirements if "extra ==" not in r]
    return [r for r in plain if normal(re.match(r"[\w.-]+", r)[0]) not in have]


def constraints(have: dict[str, str]) -> str:
    """Return a constraints file that holds every installed version where it is."""
    sound = {n: v for n, v in have.items() if re.fullmatch(r"\d[\w.+!]*", v)}
    return "".join(f"{name}=={version}\n" for name, version in sorted(sound.items()))


def main() -> int:
    """Install what is missing and return pip's exit code."""
    have = installed()
    absent = missing(metadata.requires(COURSE) or [], have)
    if not absent:
        return 0
    print("Installing", ", ".join(absent))
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "held.txt"
        held.write_text(constraints(have))
        pip = [sys.executable, "-m", "pip", "install", "--quiet"]
        return subprocess.call([*pip, "--constraint", str(held), *absent])


if __name__ == "__main__":
    sys.exit(main())
