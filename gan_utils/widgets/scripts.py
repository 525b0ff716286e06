"""The faces' JavaScript: modules joined into one text each, with no build step."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
SHARED = ("base", "drawing", "link", "binary", "charts", "controls", "talk")
FACES = {  # a module stands after those that it imports from
    "lab": (
        *("lab_phase", "lab_stage", "lab_face", "lab_pad", "lab_wall"),
        *("lab_live", "lab_replay", "lab"),
    ),
    "real_or_fake": ("real_or_fake_chart", "real_or_fake"),
    "vector_field": ("vector_field_plane", "vector_field"),
}
_IMPORT = re.compile(r"^import [^;]*;\n", re.M)
_EXPORT = re.compile(r"^export (?!default)", re.M)


@cache
def joined(face: str = "lab") -> str:
    """Return a face's modules as one: no imports, exporting the last one's default."""
    names = (*SHARED, *FACES[face])
    texts = [(FOLDER / f"{name}.js").read_text("utf-8") for name in names]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


@cache
def style() -> str:
    """Return the style sheet of all faces."""
    return (FOLDER / "face.css").read_text("utf-8")


@cache
def loader() -> str:
    """Return the script that plays recordings on a page that has no widget manager."""
    return (FOLDER / "lab_loader.js").read_text("utf-8")
