"""Figures about training: pseudocode, speeds, duels, runs by setting, walls, rows."""

import numpy as np
import scipy  # its parts load when they are first used
from matplotlib.collections import EllipseCollection

from gan_utils import validate
from gan_utils.plots.fields import draw_arrows
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.images import GAP, describe_images, tile
from gan_utils.plots.points import draw_points
from gan_utils.plots.style import CRITIC, DIVERGING, FAKE, MUTED, REAL

LETTER = 0.085  # inches that a letter of a label takes, about


def pseudocode(lines, wrong=(), verdict: str = "", *, size=(6.4, 2.6)) -> Figure:
    """Write an algorithm line by line, with a mark beside each line.

    Args:
        lines: texts, first to last.
        wrong: positions (from 0) of the lines that stand in the wrong place.
        verdict: a sentence under the lines.
        size: inches.

    Returns:
        Figure whose alt text is the algorithm and the verdict.
    """
    result, axes = figure(size=size)
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(len(lines) + 1.2, -0.6))
    for place, line in enumerate(lines):
        mark, colour = ("✓", CRITIC) if len(wrong) == 0 else ("·", MUTED)
        if place in wrong:
            mark, colour = "✗", FAKE
        axes.text(0.0, place, mark, color=colour, va="center", weight="bold")
        axes.text(0.05, place, f"{place + 1}  {line}", va="center", family="monospace")
    axes.text(0.0, len(lines) + 0.4, verdict, va="center", style="italic", wrap=True)
    text = "; ".join(
        f"{place + 1}. {line}{' (wrong place)' if place in wrong else ''}"
        for place, line in enumerate(lines)
    )
    return describe(result, f"Algorithm: {text}. {verdict}")


def speeds(seconds: dict, *, xlabel="seconds per step", size=(6.4, 2.6)) -> Figure:
    """Compare durations on a logarithmic axis: a dot a repetition, a bar at the median.

    Args:
        seconds: name -> repeated measurements in seconds, shape (repetitions,).
        xlabel: text under the axis.
        size: inches.

    Returns:
        Figure whose alt text gives every median and its factor to the slowest.

    Raises:
        ValueError: when a measurement is not above 0.
    """
    validate.named(seconds, "seconds")
    result, axes = figure(size=size)
    middles = {k: float(np.median(v)) for k, v in seconds.items()}
    slowest, words = max(middles, key=middles.get), []
    for row, (name, values) in enumerate(seconds.items()):
        values = validate.positive(np.asarray(values, float), f"seconds[{name!r}]")
        axes.plot(values, np.full(len(values), row), "o", color=REAL, alpha=0.6, ms=5)
        axes.plot([middles[name]] * 2, [row - 0.3, row + 0.3], color=FAKE)
        factor = float(f"{middles[slowest] / middles[name]:.2g}")
        note = "" if factor < 1.05 else f"{factor:g} times as fast as {slowest}"
        axes.annotate(
            note, (middles[name], row), xytext=(10, 9), textcoords="offset points"
        )
        words.append(f"{name}: {middles[name]:.2g} s {note}".strip())
    axes.set_yticks(range(len(seconds)), list(seconds))
    axes.set(xlabel=xlabel, xscale="log", ylim=(len(seconds) - 0.4, -0.6))
    axes.margins(x=0.25)
    return describe(result, f"Medians of {xlabel}. {'; '.join(words)}.")


def duel(
    moments: dict, real, *, arrows=None, border=False, limits=(-2.0, 2.0), size=None
) -> Figure:
    """Draw both players at several moments, the discriminator on one scale from 0 to 1.

    Args:
        moments: title -> (fakes (M, 2), logits on `grid_of(limits)` (cells^2,)).
        real: data, shape (N, 2).
        arrows: title -> (origins (K, 2), arrows (K, 2)), or None. In a panel all have
            one scale, at which nine in ten are shorter than an eighth of it.
        border: whether to draw the line D = 1/2.
        limits: (low, high) of both axes.
        size: inches.

    Returns:
        Figure whose alt text gives, for each moment, how far the fakes are from the
        data, how far D is from 1/2 over the square, and what else is drawn.
    """
    validate.named(moments, "moments")
    columns = len(moments)
    result, axes = figure(1, columns, size=size or (1.0 + 1.85 * columns, 2.6))
    words = []
    for panel, (title, (fake, logits)) in zip(
        np.ravel(axes), moments.items(), strict=True
    ):
        d = scipy.special.expit(np.asarray(logits, float))
        side = round(np.sqrt(d.size))
        look = dict(vmin=0, vmax=1, cmap=DIVERGING, alpha=0.6, origin="lower")
        picture = panel.imshow(d.reshape(side, side), extent=(*limits, *limits), **look)
        draw_points(panel, real, fake, limits=limits)
        added = ""
        if border and d.min() < 0.5 < d.max():
            line = np.linspace(*limits, side)
            panel.contour(line, line, d.reshape(side, side), [0.5], colors=CRITIC)
            added = ", green where D = 1/2"
        if title in (arrows or {}):
            reach = (limits[1] - limits[0]) / 8
            added += _draw_scaled(panel, *arrows[title], reach)
        panel.set(title=title, xticks=[], yticks=[])
        gap = np.linalg.norm(np.asarray(fake)[:, None] - np.asarray(real), axis=-1)
        words.append(
            f"{title}: mean distance from a fake to the nearest datum "
            f"{gap.min(axis=1).mean():.2f}, mean |D - 1/2| {np.abs(d - 0.5).mean():.2f}"
            f"{added}"
        )
    result.colorbar(picture, ax=list(np.ravel(axes)), label="D(x)", shrink=0.8)
    return describe(result, f"Data, fakes and D. {'; '.join(words)}.")


def _draw_scaled(axes, origins, arrows, reach: float) -> str:
    """Draw arrows on one scale, nine in ten shorter than `reach`; say how many."""
    both = np.concatenate([origins, arrows], axis=1).astype(float)
    both = both[np.isfinite(both).all(axis=1)]  # of a run that blew up
    if len(both) == 0:
        return ""
    length = np.linalg.norm(both[:, 2:], axis=1)
    scale = reach / max(np.quantile(length, 0.9), 1e-12)
    draw_arrows(axes, both[:, :2], scale * both[:, 2:], width=0.004)
    return f", {len(both)} arrows of mean length {length.mean():.2g}"


def by_setting(values: dict, *, xlabel="", goal=None, limits=None, size=None) -> Figure:
    """Draw the outcome of many runs: a row a setting, a mark a run.

    Args:
        values: name of the setting -> outcomes of its runs, shape (runs,).
        xlabel: what an outcome is.
        goal: (low, high) of the zone to be in, or None.
        limits: (low, high) of the horizontal axis.
        size: inches.

    Returns:
        Figure whose alt text gives each setting's median, range and, with a goal, the
        number of runs inside it.
    """
    validate.named(values, "values")
    height = 0.9 + 0.42 * len(values)
    result, axes = figure(size=size or (6.4, height))
    if goal is not None:
        axes.axvspan(*goal, color=CRITIC, alpha=0.15, lw=0)
    words = []
    for row, (name, runs) in enumerate(values.items()):
        runs = np.asarray(validate.finite(runs, f"values[{name!r}]"), float)
        spread = 0.12 * np.sin(2.4 * np.arange(len(runs)))  # so that dots do not hide
        axes.plot(runs, row + spread, "o", color=REAL, alpha=0.6, ms=5)
        middle = np.median(runs)
        axes.plot([middle] * 2, [row - 0.32, row + 0.32], color=FAKE)
        sentence = f"{name}: median {middle:.3g}, {runs.min():.3g} to {runs.max():.3g}"
        if goal is not None:
            inside = int(((runs >= goal[0]) & (runs <= goal[1])).sum())
            sentence += f", {inside} of {len(runs)} runs in the zone"
        words.append(sentence)
    axes.set_yticks(range(len(values)), list(values))
    axes.set(xlabel=xlabel, ylim=(len(values) - 0.5, -0.5))
    if limits is not None:
        axes.set_xlim(*limits)
    return describe(result, f"Each run's {xlabel}. {'; '.join(words)}.")


def wall(
    samples, success, *, columns: int = 20, limits=(-1.5, 1.5), mixture=None
) -> Figure:
    """Draw the samples of many runs as a wall of small pictures.

    Args:
        samples: points of every run, shape (runs, n, 2).
        success: whether each run succeeded, shape (runs,); failures get a frame.
        columns: pictures in a row.
        limits: (low, high) of both coordinates in every picture.
        mixture: distribution with modes, such as `data.ring()`: a pale disc, three
            widths in radius, lies under the points of every mode; or None.

    Returns:
        Figure whose alt text counts the successes and names the failures.
    """
    samples, success = np.asarray(samples), np.asarray(success, bool)
    if samples.ndim != 3 or samples.shape[::2] != (len(np.ravel(success)), 2):
        raise ValueError(
            f"samples is {validate.describe(samples)} and success "
            f"{validate.describe(success)}; expected points (runs, n, 2) and one True "
            "or False a run."
        )
    validate.count(columns, "columns", minimum=1)
    rows = -(-len(samples) // columns)
    width = 8.0
    result, axes = figure(size=(width, width * rows / columns + 0.1))
    low, span = limits[0], limits[1] - limits[0]
    for run, points in enumerate(samples):
        corner = np.array([run % columns, rows - 1 - run // columns])
        inside = np.clip((points - low) / span, 0, 1) * 0.9 + 0.05
        if mixture is not None:
            centres = corner + 0.05 + 0.9 * (np.asarray(mixture.modes) - low) / span
            across = 6 * 0.9 * np.broadcast_to(mixture.std, centres.shape) / span
            disc = {"units": "xy", "offset_transform": axes.transData, "lw": 0}
            disc |= {"offsets": centres, "color": MUTED, "alpha": 0.3}
            wide, tall = across.T
            axes.add_collection(EllipseCollection(wide, tall, 0 * wide, **disc))
        look = {"color": REAL} if success[run] else {"color": FAKE}
        axes.plot(*(corner + inside).T, ".", ms=1.2, **look)
        if not success[run]:
            x, y = corner
            edge = ([x, x + 1, x + 1, x, x], [y, y, y + 1, y + 1, y])
            axes.plot(*edge, color=FAKE, lw=1.2)
    axes.set(xlim=(-0.05, columns + 0.05), ylim=(-0.05, rows + 0.05), aspect="equal")
    axes.set_axis_off()
    failed = np.flatnonzero(~success).tolist()
    names = f" Framed in orange, the failures: {failed}." if failed else ""
    return describe(
        result,
        f"Wall of {len(samples)} runs, numbered from 0 along the rows; "
        f"{int(success.sum())} succeeded.{names}",
    )


def rows(images: dict, *, columns: int = 10, width=None) -> Figure:
    """Draw named rows of images under one another, column by column comparable.

    Args:
        images: name -> images (N, H, W, C) in [-1, 1].
        columns: images of each row to show.
        width: inches.

    Returns:
        Figure whose alt text describes every row.
    """
    validate.named(images, "images", some=True)
    sets = {
        f"images[{name!r}]": validate.images(x, f"images[{name!r}]", whole=False)
        for name, x in images.items()
    }
    if len({np.shape(x)[1:] for x in sets.values()}) > 1:
        shapes = ", ".join(f"{name} {np.shape(x)}" for name, x in sets.items())
        raise ValueError(
            f"images has sets of different sizes: {shapes}; expected one size, so that "
            "rows can be compared. Likely cause: another set of images."
        )
    validate.below_0(sets)
    cut = [np.asarray(x, float)[:columns] for x in sets.values()]
    page = tile(np.concatenate(cut), len(cut[0]))
    height = cut[0].shape[1] + GAP
    room = 0.3 + LETTER * max(len(str(name)) for name in images)  # for the names
    width = width or float(np.clip(page.shape[1] / 36 + room, 3.5, 8.0))
    size = (width, (width - room) * page.shape[0] / page.shape[1] + 0.1)
    result, axes = figure(size=size)
    shown = page[..., 0] if page.shape[-1] == 1 else page
    axes.imshow(shown, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    axes.set_yticks([height * (i + 0.5) for i in range(len(cut))], list(images))
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    words = [f"{k}: {describe_images(x)}" for k, x in zip(images, cut, strict=True)]
    return describe(result, f"Rows of images. {' '.join(words)}")
