"""The lab's programs for pages, as `gan_utils.lab.prepared` made them."""

import base64
import json
from functools import cache

from gan_utils.lab import PRESETS, Settings
from gan_utils.lab.prepared import ENDING, MANIFEST, key, needed, offered
from gan_utils.lab.programs import PROGRAMS as KINDS
from gan_utils.widgets import scripts

PROGRAMS = scripts.FOLDER / "programs"


@cache
def names() -> dict[str, str]:
    """Return the names of all prepared programs, by their keys."""
    return json.loads((PROGRAMS / MANIFEST).read_text("utf-8"))["programs"]


def is_prepared(settings: Settings) -> bool:
    """Tell whether a page can train a laboratory of these settings."""
    return all(key(kind, settings) in names() for kind in KINDS)


def own(settings: Settings) -> list[str]:
    """List the names of the programs that prepared settings need."""
    return sorted({names()[key(kind, settings)] for kind in KINDS})


def near(begun: Settings) -> set[str]:
    """List the programs, by key, of what may be chosen with networks of these sizes.

    Args:
        begun: settings that a lab opens with.
    """
    sizes = ("g_layers", "g_width", "d_layers", "d_width")
    presets = [Settings(**values) for values in PRESETS.values()]
    alike = [
        settings
        for settings in offered()
        if all(getattr(settings, name) == getattr(begun, name) for name in sizes)
    ]
    found = {key(kind, one) for one in (*presets, *alike) for kind in KINDS}
    free = ("data ", "noise ")
    return found | {one for one in needed() if one.startswith(free)}


def content(name: str) -> bytes:
    """Read a program as it was prepared: deflated.

    Args:
        name: as in the manifest.
    """
    return (PROGRAMS / f"{name}{ENDING}").read_bytes()


def encoded(name: str) -> str:
    """Read a program as a page takes it: deflated, in base64.

    Args:
        name: as in the manifest.
    """
    return base64.b64encode(content(name)).decode()
