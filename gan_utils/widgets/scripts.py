"""The faces' JavaScript, as bundled from `javascript/src`, and their style sheet."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
FACES = ("lab", "real_or_fake", "vector_field")
STYLES = ("face.css", "lab.css")
KEEPER = "keep_pictures"  # leaves pictures of the faces in a saved notebook
LOADER = "lab_loader"  # plays recordings on a page that has no widget manager
EXPLORER = "explore"  # runs generators on a page without a kernel; it has its own style
PAGE = "lab_page"  # starts labs on a page without a kernel
WORKER = "lab_worker"  # trains there, in a thread


@cache
def bundle(name: str = "lab") -> str:
    """Return a bundle: of a face, a module whose default export draws it.

    Args:
        name: one of `FACES`, `KEEPER`, `WORKER`, or a script that runs by itself,
            `LOADER`, `EXPLORER` or `PAGE`.
    """
    return (FOLDER / "dist" / f"{name}.js").read_text("utf-8")


@cache
def style(*names: str) -> str:
    """Return style sheets as one, by default of all faces.

    Their colours come from the bundles.
    """
    return "".join((FOLDER / name).read_text("utf-8") for name in names or STYLES)
