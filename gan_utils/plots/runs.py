"""Figures that read a run from its history: losses, logits and gradients by update."""

import numpy as np
from matplotlib.ticker import LogLocator, NullFormatter

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import draw_lines
from gan_utils.plots.points import describe_points, draw_points
from gan_utils.plots.style import FAKE, MUTED, REAL

GUESSING = {"d_loss": 2 * np.log(2), "g_loss": np.log(2)}  # when every D(x) is 1/2
SHEETS = {  # what a sheet of runs can show: fields, and what they are called
    "losses": {"d_loss": "D's loss", "g_loss": "G's loss"},
    "logits": {"d_real": "on data", "d_fake": "on fakes"},
    "gradient norms": {"d_grad_norm": "of D", "g_grad_norm": "of G"},
}
CURVES = ((REAL, "-"), (FAKE, "--"))
WINDOWS = 60  # means drawn in a panel; a curve of every update is a smear


def run_curves(history: dict, *, real=None, fake=None, title="", size=None) -> Figure:
    """Draw one run: both losses, D's mean logits, gradient norms, and its samples.

    Args:
        history: arrays by the names of `Report` (`History.arrays()`), shape (steps,).
        real: held-out data, shape (N, 2), or None.
        fake: samples of the end, shape (M, 2); None hides the fourth panel.
        title: text above the figure.
        size: inches.

    Returns:
        Figure whose alt text gives every curve's start, end and extremes.
    """
    validate.named(history, "history")
    columns = 3 if fake is None else 4
    result, axes = figure(1, columns, size=size or (2.1 * columns, 2.4))
    panels = {
        "losses": {"D's": "d_loss", "G's": "g_loss"},
        "D's mean logit": {"on data": "d_real", "on fakes": "d_fake"},
        "gradient norms": {"of D": "d_grad_norm", "of G": "g_grad_norm"},
    }
    words = []
    for axis, (name, fields) in zip(np.ravel(axes), panels.items(), strict=False):
        curves = {label: history[field] for label, field in fields.items()}
        words.append(f"{name}: {_draw(axis, curves, log=name == 'gradient norms')}")
        axis.set(title=name, xlabel="update")
        if name == "losses":
            for field, colour in zip(GUESSING, (REAL, FAKE), strict=True):
                axis.axhline(GUESSING[field], color=colour, lw=0.7, alpha=0.6)
    if fake is not None:
        draw_points(np.ravel(axes)[3], real, fake)
        np.ravel(axes)[3].set(title="samples", xticks=[], yticks=[])
        words.append(describe_points(real, fake))
    result.suptitle(title)
    return describe(result, _sentence(title) + " ".join(words))


def _sentence(title: str) -> str:
    end = "" if title.endswith(("?", "!", ".")) else "."
    return f"{title}{end} " if title else ""


def _draw(axis, curves: dict, log: bool) -> str:
    steps, means = None, {}
    for label, values in curves.items():
        steps, means[label] = windows(values)
    if not len(steps):
        return "no update was recorded."
    log = log and all(map(_above_zero, means.values()))
    text = draw_lines(axis, steps, means, log=log)
    axis.yaxis.set_minor_formatter(NullFormatter())  # powers of ten are enough
    low, high = axis.get_ylim()
    if log and high < 100 * low:  # there would be one or two of them
        axis.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.yaxis.set_major_formatter("{x:g}")
    axis.legend(loc="best", frameon=False, fontsize=7)
    return text


def _above_zero(values) -> bool:
    return bool((np.asarray(values) > 0).all())


def windows(values) -> tuple[np.ndarray, np.ndarray]:
    """Average a series (steps,) over at most `WINDOWS` equal windows.

    Returns:
        Last update of each window and its mean, shape (windows,) each. A short series
        comes back as it is.
    """
    values = np.asarray(values, float)
    parts = np.array_split(values, min(len(values), WINDOWS)) if len(values) else []
    ends = np.cumsum([len(part) for part in parts])
    return ends, np.array([part.mean() for part in parts])


def run_sheet(
    histories: dict, *, what="losses", columns: int = 3, limits=None, title=""
) -> Figure:
    """Draw two curves of many runs side by side, all on one scale.

    Thin lines mark a D who says 1/2 to everything. A curve that leaves its panel has an
    arrow and its last value there.

    Args:
        histories: label -> arrays by the names of `Report`, shape (steps,).
        what: "losses" of both players, D's mean "logits", or "gradient norms".
        columns: panels in a row.
        limits: (low, high) of every vertical axis, or None for what all curves need.
        title: text above the figure.

    Returns:
        Figure whose alt text gives, for each run, both curves at start and end.
    """
    validate.named(histories, "histories")
    validate.count(len(histories), "the number of histories", minimum=1)
    fields = SHEETS[validate.one_of(what, "what", tuple(SHEETS))]
    rows = -(-len(histories) // columns)
    size = (2.3 * columns, 1.45 * rows + 0.5 + 0.3 * bool(title))
    result, axes = figure(rows, columns, size=size)
    axes, words = np.ravel(axes), []
    longest = max(
        len(history[name]) for history in histories.values() for name in fields
    )
    limits = limits or _reach(histories.values(), fields)
    for axis, (label, history) in zip(axes, histories.items(), strict=False):
        ends = _two_curves(axis, history, fields, limits)
        axis.set_title(label, loc="left", weight="bold")
        steps = len(history[next(iter(fields))])
        if steps < longest:
            axis.set_title(f"{steps} updates", loc="right", fontsize=8, color=MUTED)
        words.append(f"{label}: {steps} updates, {ends}.")
    for axis in axes[len(histories) :]:
        axis.set_axis_off()
    handles, labels = axes[0].get_legend_handles_labels()
    result.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
    result.suptitle(title)
    words = f"{what.capitalize()} of {len(histories)} runs. {' '.join(words)}"
    return describe(result, _sentence(title) + words)


def _reach(histories, fields) -> tuple[float, float]:
    every = [windows(history[name])[1] for history in histories for name in fields]
    every = np.concatenate([*every, [GUESSING.get(name, 0.0) for name in fields]])
    room = 0.08 * (np.ptp(every) or 1.0)
    return float(every.min() - room), float(every.max() + room)


def _two_curves(axis, history: dict, fields: dict, limits) -> str:
    words = []
    for (name, label), (colour, dash) in zip(fields.items(), CURVES, strict=True):
        steps, values = windows(history[name])
        axis.axhline(GUESSING.get(name, 0.0), color=colour, lw=0.7, alpha=0.6)
        axis.plot(steps, values, color=colour, ls=dash, label=label)
        words.append(f"{label} {_ends(values)}")
        if len(values) and not limits[0] <= values[-1] <= limits[1]:
            _name_exit(axis, steps[-1], values[-1], limits, colour)
    axis.set_ylim(*limits)
    return ", ".join(words)


def _name_exit(axis, step, value: float, limits, colour) -> None:
    """Say at the edge of a panel where a curve that has left it ends."""
    up = bool(value > limits[1])
    word = f"{'↑' if up else '↓'} {value:,.3g}"
    place = {"va": "top" if up else "bottom", "ha": "right", "weight": "bold"}
    axis.text(step, limits[up], word, color=colour, fontsize=9, **place)


def _ends(values) -> str:
    return f"{values[0]:.3g} to {values[-1]:.3g}" if len(values) else "not recorded"


def cloud_sheet(clouds: dict, real, *, columns: int = 4) -> Figure:
    """Draw the samples of many runs over the same data, each on its own scale.

    Args:
        clouds: label -> samples, shape (M, 2).
        real: data, shape (N, 2).
        columns: panels in a row.

    Returns:
        Figure whose alt text describes every cloud.
    """
    validate.named(clouds, "clouds")
    rows = -(-len(clouds) // columns)
    result, axes = figure(rows, columns, size=(1.9 * columns, 2.0 * rows))
    axes, words = np.ravel(axes), []
    for axis, (label, fake) in zip(axes, clouds.items(), strict=False):
        draw_points(axis, np.asarray(real)[:200], np.asarray(fake)[:150])
        axis.set_title(label, fontsize=8)
        axis.set(xticks=[], yticks=[])
        words.append(f"{label}: {describe_points(None, fake)}")
    for axis in axes[len(clouds) :]:
        axis.set_axis_off()
    return describe(result, " ".join(words))
