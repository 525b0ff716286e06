"""Figures: each function takes arrays and returns a Figure with alt text."""

from gan_utils.plots.backwards import chain_rule, moved_samples
from gan_utils.plots.critics import learning_gap, reliability, stretch
from gan_utils.plots.curves import curves
from gan_utils.plots.dynamics import damping, eigenvalue_map, stability
from gan_utils.plots.fields import (
    arrow_fields,
    critic_maps,
    grid_of,
    penalty_points,
    slope_maps,
)
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.games import portrait, portraits
from gan_utils.plots.histograms import bars, histograms
from gan_utils.plots.images import film, sheet
from gan_utils.plots.lines import draw_lines, lines
from gan_utils.plots.mappings import pairings, pushforward, warped_grid
from gan_utils.plots.metrics import balls, extrapolations
from gan_utils.plots.networks import matrices, overlaps, sheet_of_noise, shell
from gan_utils.plots.objectives import coin, critic_over_densities, escape, loss_zoo
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
    functions,
    settling,
    tangent,
)
from gan_utils.plots.real_or_fake import named_images, where_is_it_from
from gan_utils.plots.runs import cloud_sheet, run_curves, run_sheet
from gan_utils.plots.scores import parzen_windows, scored_cloud
from gan_utils.plots.style import CRITIC, DIVERGING, FAKE, MUTED, REAL, SEQUENTIAL, use
from gan_utils.plots.sweeps import phase_diagram, survival
from gan_utils.plots.training import by_setting, duel, pseudocode, rows, speeds, wall
from gan_utils.plots.wobbles import wobbles

__all__ = [
    "CRITIC",
    "DIVERGING",
    "FAKE",
    "MUTED",
    "REAL",
    "SEQUENTIAL",
    "Figure",
    "against_distance",
    "arrow_fields",
    "balls",
    "bars",
    "by_setting",
    "chain_rule",
    "cloud_sheet",
    "coin",
    "critic_maps",
    "critic_over_densities",
    "curves",
    "damping",
    "densities",
    "describe",
    "describe_points",
    "draw_critic",
    "draw_lines",
    "draw_points",
    "duel",
    "eigenvalue_map",
    "escape",
    "extrapolations",
    "figure",
    "film",
    "functions",
    "grid_of",
    "histograms",
    "learning_gap",
    "lines",
    "loss_zoo",
    "matrices",
    "moved_samples",
    "named_images",
    "overlaps",
    "pairings",
    "parzen_windows",
    "penalty_points",
    "phase_diagram",
    "points",
    "portrait",
    "portraits",
    "pseudocode",
    "pushforward",
    "reliability",
    "rows",
    "run_curves",
    "run_sheet",
    "samples_over_time",
    "scored_cloud",
    "settling",
    "sheet",
    "sheet_of_noise",
    "shell",
    "slope_maps",
    "speeds",
    "stability",
    "stretch",
    "survival",
    "tangent",
    "use",
    "wall",
    "warped_grid",
    "where_is_it_from",
    "wobbles",
]
