"""Interactive figures: thin faces over the plots, live with a kernel, still without."""

from .controls import choice, slider, toggle
from .explorer import Explorer, explore
from .live import live
from .registry import registered, registry

__all__ = [
    "Explorer",
    "choice",
    "explore",
    "live",
    "registered",
    "registry",
    "slider",
    "toggle",
]
