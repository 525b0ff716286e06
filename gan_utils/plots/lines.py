"""Functions of one variable, drawn over one another; colour and dash differ."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import CRITIC, FAKE, FOURTH, MUTED, REAL

LOOKS = (
    {"color": REAL, "linestyle": "-"},
    {"color": FAKE, "linestyle": "--"},
    {"color": CRITIC, "linestyle": "-."},
    {"color": FOURTH, "linestyle": (0, (6, 1.5, 1, 1.5, 1, 1.5))},
    {"color": "black", "linestyle": ":"},
    {"color": MUTED, "linestyle": (0, (8, 3))},
)


def require_looks(values, name: str, most: int = len(LOOKS), least: int = 1) -> None:
    """Refuse more lines than can be told apart by their looks, or none.

    Raises:
        ValueError: values is no dictionary, or has another number of entries.
    """
    validate.named(values, name)
    if not least <= len(values) <= most:
        raise ValueError(
            f"{name} has {len(values)} entries; expected {least} to {most}."
        )


def lines(
    x,
    ys: dict,
    *,
    xlabel="",
    ylabel="",
    title="",
    marks: dict | None = None,
    log=False,
    limits=None,
    beside=False,
    size=(5.4, 3.2),
) -> Figure:
    """Draw several functions of one variable.

    Args:
        x: where the functions are known, shape (N,).
        ys: label -> values, shape (N,); at most six.
        xlabel, ylabel, title: texts.
        marks: label -> (x, y) of points worth a mark and a name, or None.
        log: logarithmic vertical axis.
        limits: (low, high) of the vertical axis, or None.
        beside: names stand where the lines end, instead of in a legend.
        size: inches.

    Returns:
        Figure whose alt text gives each function's start, end and extremes.

    Raises:
        ValueError: as `draw_lines`.
    """
    require_looks(ys, "ys")
    result, axes = figure(size=size)
    words = draw_lines(axes, x, ys, log=log)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.set_title(title, loc="left" if beside else "center")  # clear of the names
    for label, (a, b) in (marks or {}).items():
        axes.plot([a], [b], "D", color="black", ms=5)
        above = {"xytext": (0, 7), "textcoords": "offset points", "ha": "center"}
        axes.annotate(label, (a, b), **above)
        words += f" Marked: {label} at ({_short(a)}, {_short(b)})."
    if limits is not None:
        axes.set_ylim(*limits)
    if beside:
        name_ends(axes)
    else:
        columns = min(3, len(ys))
        result.legend(loc="outside lower center", ncols=columns, frameon=False)
    against = f" against {xlabel}" if xlabel else ""
    return describe(result, f"{ylabel or title or 'Values'}{against}. {words}")


def draw_lines(axes, x, ys: dict, *, log=False) -> str:
    """Draw functions into axes of your own.

    Args:
        axes: matplotlib Axes.
        x: shape (N,).
        ys: label -> values, shape (N,).
        log: logarithmic vertical axis.

    Returns:
        For each function a sentence with its start, end and extremes.

    Raises:
        ValueError: when x is not finite, there are no functions or too many, or a
            length differs.
    """
    require_looks(ys, "ys")
    x = np.asarray(validate.finite(x, "x"), float)
    sentences = []
    for (label, y), look in zip(ys.items(), LOOKS, strict=False):
        y = np.asarray(validate.array(y, f"ys[{label!r}]"), float)
        if y.shape != x.shape or x.ndim != 1:
            raise ValueError(
                f"ys[{label!r}] has shape {y.shape} and x {x.shape}; expected equal "
                "lengths. Likely cause: values on another grid."
            )
        axes.plot(x, y, label=label, **look)
        sentences.append(_describe_line(label, x, y))
    axes.set_yscale("log" if log else "linear")
    return " ".join(sentences)


def name_ends(axes, apart: float = 0.085) -> None:
    """Write each line's label, in its colour, at the right of where the line ends.

    Args:
        axes: with lines that have labels, and with the limits that they will keep.
        apart: least distance between two labels, as a share of the axes' height.
    """
    to_scale = axes.yaxis.get_transform().transform
    low, high = to_scale(np.array(axes.get_ylim()))
    ends = []
    for line in axes.lines:
        y = np.asarray(line.get_ydata(), float)
        if not line.get_label().startswith("_") and np.isfinite(y).any():
            height = (to_scale(y[np.isfinite(y)][-1:])[0] - low) / (high - low)
            ends.append((float(np.clip(height, 0, 1)), line))
    ends.sort(key=lambda end: end[0])
    heights = _spread([height for height, _ in ends], apart)
    for height, (_, line) in zip(heights, ends, strict=True):
        look = {"color": line.get_color(), "va": "center", "fontweight": "bold"}
        place = {"xy": (1.01, height), "xycoords": "axes fraction"}
        axes.annotate(line.get_label(), **place, **look)


def _spread(heights: list[float], apart: float) -> list[float]:
    """Move rising heights apart: upwards first, then down again from the top at 1."""
    heights = list(heights)
    for k in range(1, len(heights)):
        heights[k] = max(heights[k], heights[k - 1] + apart)
    ceiling = 1.0
    for k in reversed(range(len(heights))):
        heights[k] = min(heights[k], ceiling)
        ceiling = heights[k] - apart
    return heights


def _describe_line(label, x, y) -> str:
    known = np.isfinite(y)
    if not known.any():
        return f"{label}: nowhere finite."
    x, y = x[known], y[known]
    low, high = y.argmin(), y.argmax()
    return (
        f"{label}: {_short(y[0])} at {_short(x[0])}, {_short(y[-1])} at "
        f"{_short(x[-1])}, lowest {_short(y[low])} at {_short(x[low])}, highest "
        f"{_short(y[high])} at {_short(x[high])}."
    )


def _short(number: float) -> str:
    """Return three digits or a whole number, as people write it: 1,000, never 1e+03."""
    if 999.5 <= abs(number) < 1e6:
        return f"{number:,.0f}"
    return f"{number:.3g}"
