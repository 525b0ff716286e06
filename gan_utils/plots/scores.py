"""Scores beside what they score: a cloud and its bars, windows and their likelihood."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import draw_lines
from gan_utils.plots.points import describe_points, draw_points
from gan_utils.plots.style import FAKE, MUTED, REAL

DEPTH = 4.0  # nats below the best width that are shown


def scored_cloud(
    real, fake, scores: dict, floors: dict, *, title="", limits=None, size=(7.6, 3.6)
) -> Figure:
    """Draw a cloud of samples beside its scores, each with the score of real data.

    Args:
        real: data, shape (N, 2).
        fake: samples, shape (M, 2).
        scores: name -> score of the samples, 0 or more.
        floors: name -> score of other real data, by the same names.
        title: text over the figure.
        limits: (low, high) of both axes of the cloud.
        size: inches.

    Returns:
        Figure whose alt text gives every score with that of real data.

    Raises:
        ValueError: when the names differ.
    """
    validate.named(floors, "floors")
    validate.named(scores, "scores")
    if set(scores) != set(floors):
        raise ValueError(
            f"scores has {sorted(scores)} and floors {sorted(floors)}; expected the "
            "same names. Likely cause: a score without its yardstick."
        )
    result, (left, right) = figure(1, 2, size=size)
    draw_points(left, real, fake, limits=limits)
    left.set(xticks=[], yticks=[])
    place = np.arange(len(scores))
    known = [floors[name] for name in scores]
    right.barh(place, list(scores.values()), 0.6, color=FAKE, label="generated")
    right.plot(known, place, "D", color=REAL, ms=6, ls="", label="real data")
    right.set_yticks(place, list(scores))
    right.set(ylim=(len(scores) - 0.5, -0.5))
    right.set_xlim(0, 1.05 * max([1.0, *known, *scores.values()]))
    result.legend(
        *right.get_legend_handles_labels(),
        loc="outside lower center",
        ncols=2,
        frameon=False,
    )
    result.suptitle(title)
    words = [f"{k} {scores[k]:.3g} (real data {floors[k]:.3g})" for k in scores]
    return describe(
        result, f"{title}. {', '.join(words)}. {describe_points(real, fake)}"
    )


def parzen_windows(
    x, curves: dict, samples, sigmas, likelihoods: dict, sigma, *, size=(7.6, 3.2)
) -> Figure:
    """Draw a density made of windows, and how likely it makes points at every width.

    Args:
        x: places on a line, shape (K,).
        curves: name -> density there, shape (K,).
        samples: centres of the windows, shape (N,).
        sigmas: widths, shape (S,), above 0.
        likelihoods: name -> mean log-likelihood at each width, shape (S,).
        sigma: the width of the density that is drawn.
        size: inches.

    Returns:
        Figure whose alt text gives both panels' curves and the width of the most likely
        windows for each set of points.
    """
    validate.named(curves, "curves")
    validate.named(likelihoods, "likelihoods")
    result, (left, right) = figure(1, 2, size=size)
    words = draw_lines(left, x, curves)
    left.plot(samples, np.full(len(samples), 0.0), "|", color=MUTED, ms=9)
    left.set(
        xlabel="x (ticks: the samples)",
        ylabel="density",
        title=f"windows of width {sigma:.2g}",
    )
    left.legend(frameon=False)
    draw_lines(right, sigmas, likelihoods)
    right.axvline(sigma, color=MUTED, lw=0.8)
    right.set(xlabel="width σ (line: the one on the left)", xscale="log")
    right.set(title="mean log-likelihood of these points")
    best = min(np.max(values) for values in likelihoods.values())
    right.set_ylim(bottom=best - DEPTH)  # below, too narrow windows fall for ever
    right.legend(loc="lower right", frameon=False)
    peaks = [
        f"{name} are most likely at width {sigmas[np.argmax(values)]:.2g}, "
        f"{np.max(values):.2f} nats"
        for name, values in likelihoods.items()
    ]
    return describe(
        result,
        f"{len(samples)} windows of width {sigma:.2g}. {words} Over all widths: "
        f"{'; '.join(peaks)}.",
    )
