"""Figures about metrics: a score against 1 / n, and the balls that precision counts."""

import numpy as np
from matplotlib.collections import EllipseCollection

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import LOOKS, require_looks
from gan_utils.plots.style import FAKE, REAL

MARKS = "oxsD^v"


def extrapolations(found: dict, *, ylabel="", size=(5.4, 3.4)) -> Figure:
    """Draw scores against 1 / n, and the lines that lead to sets without end.

    Args:
        found: name -> what `metrics.extrapolate` returns; at most six.
        ylabel: name of the metric.
        size: inches.

    Returns:
        Figure whose alt text gives each score at its smallest n and where n is
        infinite.

    Raises:
        ValueError: nothing to draw, or more than six.
    """
    require_looks(found, "found")
    result, axes = figure(size=size)
    words = []
    for (name, one), look, mark in zip(found.items(), LOOKS, MARKS, strict=False):
        x = 1 / np.asarray(one.n, float)
        means, spread = one.values.mean(0), one.values.std(0, ddof=1)
        colour = look["color"]
        axes.errorbar(x, means, spread, fmt=mark, color=colour, ms=5, capsize=3)
        ends = np.array([0, x.max()])
        axes.plot(ends, one.value + one.slope * ends, label=name, **look)
        axes.errorbar(
            [0], [one.value], [one.standard_error], fmt="*", color=colour, ms=10
        )
        least = int(np.argmin(one.n))
        words.append(
            f"{name}: {means[least]:.3g} with {one.n[least]} rows, {one.value:.3g} ± "
            f"{one.standard_error:.2g} with infinitely many"
        )
    ticks = sorted({int(n) for one in found.values() for n in one.n}, reverse=True)
    axes.set_xticks([0, *(1 / n for n in ticks)], ["0", *(f"1/{n}" for n in ticks)])
    axes.tick_params(axis="x", rotation=35)
    axes.set(xlabel="1 / n", ylabel=ylabel)
    result.legend(loc="outside lower center", ncols=min(3, len(found)), frameon=False)
    return describe(
        result, f"{ylabel or 'Scores'} against 1 / n; stars at 0. {'; '.join(words)}."
    )


def balls(centres, radii, points, *, flip=False, limits=None, size=None) -> Figure:
    """Draw a ball around each centre, and which points lie in some ball.

    Args:
        centres: shape (N, 2).
        radii: shape (N,), such as `metrics.radii(centres, k)`.
        points: shape (M, 2).
        flip: the centres are fakes and the points data (recall); otherwise the centres
            are data and the points fakes (precision).
        limits: (low, high) of both axes, or None.
        size: inches.

    Returns:
        Figure whose alt text gives the share of points inside, and the range of radii.
    """
    centres = np.asarray(validate.points(centres, "centres", dim=2), float)
    points = np.asarray(validate.points(points, "points", dim=2), float)
    radii = np.asarray(validate.not_negative(radii, "radii"), float)
    apart = np.linalg.norm(points[:, None] - centres, axis=-1)
    inside = (apart <= radii).any(1)
    names, colours = ("data", "fakes"), (REAL, FAKE)
    if flip:
        names, colours = names[::-1], colours[::-1]
    result, axes = figure(size=size or (4.4, 4.4))
    wide = 2 * radii
    look = dict(units="xy", offsets=centres, offset_transform=axes.transData)
    axes.add_collection(
        EllipseCollection(
            wide, wide, 0 * wide, facecolor=colours[0], alpha=0.15, lw=0, **look
        )
    )
    axes.plot(*centres.T, ".", color=colours[0], ms=4, label=names[0])
    axes.plot(
        *points[inside].T, "x", color=colours[1], ms=5, label=f"{names[1]} in a ball"
    )
    outside = dict(color="black", mfc="none", ms=6)
    axes.plot(*points[~inside].T, "s", label=f"{names[1]} in none", **outside)
    axes.set(aspect="equal", xticks=[], yticks=[])
    if limits is not None:
        axes.set(xlim=limits, ylim=limits)
    result.legend(loc="outside lower center", ncols=3, frameon=False)
    return describe(
        result,
        f"{inside.sum()} of {len(points)} {names[1]} ({inside.mean():.0%}) lie in a "
        f"ball around one of {len(centres)} {names[0]}; radii from {radii.min():.2g} "
        f"to {radii.max():.2g}.",
    )
