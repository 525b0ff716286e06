"""The lab's JavaScript: modules joined into one text, with no build step."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
ORDER = (  # a module stands after those that it imports from
    *("lab_base", "lab_link", "lab_frame", "lab_phase", "lab_stage", "lab_charts"),
    *("lab_controls", "lab_face", "lab_pad", "lab_wall", "lab_live", "lab_replay"),
    "lab",
)
_IMPORT = re.compile(r"^import [^;]*;\n", re.M)
_EXPORT = re.compile(r"^export (?!default)", re.M)


@cache
def joined() -> str:
    """Return all modules as one: without imports, exporting the last one's default."""
    texts = [(FOLDER / f"{name}.js").read_text("utf-8") for name in ORDER]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


@cache
def style() -> str:
    """Return the style sheet."""
    return (FOLDER / "lab.css").read_text("utf-8")


@cache
def loader() -> str:
    """Return the script that plays recordings on a page that has no widget manager."""
    return (FOLDER / "lab_loader.js").read_text("utf-8")
