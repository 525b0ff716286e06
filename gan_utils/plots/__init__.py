"""Figures: each function takes arrays and returns a Figure with alt text."""

from gan_utils.plots.curves import curves
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.histograms import bars, histograms
from gan_utils.plots.images import film, sheet
from gan_utils.plots.mappings import pairings, pushforward, warped_grid
from gan_utils.plots.points import (
    describe_points,
    draw_critic,
    draw_points,
    points,
    samples_over_time,
)
from gan_utils.plots.probability import (
    against_distance,
    densities,
    settling,
    tangent,
)
from gan_utils.plots.style import CRITIC, DIVERGING, FAKE, MUTED, REAL, SEQUENTIAL, use

__all__ = [
    "CRITIC",
    "DIVERGING",
    "FAKE",
    "MUTED",
    "REAL",
    "SEQUENTIAL",
    "Figure",
    "against_distance",
    "bars",
    "curves",
    "densities",
    "describe",
    "describe_points",
    "draw_critic",
    "draw_points",
    "figure",
    "film",
    "histograms",
    "pairings",
    "points",
    "pushforward",
    "samples_over_time",
    "settling",
    "sheet",
    "tangent",
    "use",
    "warped_grid",
]
