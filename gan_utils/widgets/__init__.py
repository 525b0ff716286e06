"""Interactive figures: thin faces over the plots, live with a kernel, still without."""

from gan_utils.widgets.controls import choice, slider, toggle
from gan_utils.widgets.explorer import Explorer, explore
from gan_utils.widgets.live import live
from gan_utils.widgets.registry import registered, registry

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
