"""Interactive figures: thin faces over the plots, live with a kernel, still without."""

from gan_utils.widgets.controls import choice, slider, toggle
from gan_utils.widgets.explorer import Explorer, explore
from gan_utils.widgets.live import live
from gan_utils.widgets.probability import (
    kl_two_ways,
    monte_carlo_error,
    parallel_lines,
    pushforward_bend,
    tangent_line,
)
from gan_utils.widgets.registry import registered, registry

__all__ = [
    "Explorer",
    "choice",
    "explore",
    "kl_two_ways",
    "live",
    "monte_carlo_error",
    "parallel_lines",
    "pushforward_bend",
    "registered",
    "registry",
    "slider",
    "tangent_line",
    "toggle",
]
