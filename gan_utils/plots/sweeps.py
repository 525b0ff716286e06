"""Figures of sweeps: maps over two settings, and survival over time."""

import numpy as np
from matplotlib.colors import LogNorm, Normalize

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import LOOKS, require_looks
from gan_utils.plots.style import MUTED, SEQUENTIAL


def phase_diagram(
    values, x, y, *, xlabel="", ylabel="", label="", title="", limits=None, log=False
) -> Figure:
    """Draw one number for every combination of two settings.

    Cells without a finite number are hatched: the run did not survive.

    Args:
        values: shape (len(x), len(y)), in the order of a sweep's axes.
        x: settings along the horizontal axis.
        y: settings along the vertical axis.
        xlabel, ylabel, label, title: texts; `label` names the number. The alt text
            needs three of them, and says "x", "y" and "a number" without.
        limits: (low, high) of the colours; None for the finite extremes.
        log: colours on a logarithmic scale.

    Returns:
        Figure whose alt text gives the best and worst cell and the share not finite.

    Raises:
        ValueError: when the shapes do not fit together, nothing is finite, or a
            logarithm is asked of numbers that are not all above 0.
    """
    values, x, y = (np.asarray(a, float) for a in (values, x, y))
    if values.shape != (len(x), len(y)):
        raise ValueError(
            f"values has shape {values.shape}; expected {(len(x), len(y))}, "
            "one row for each x. Likely cause: a transposed array, or an axis of seeds "
            "that was not averaged."
        )
    known = np.isfinite(values)
    if not known.any():
        raise ValueError("values holds no finite number; expected at least one.")
    values = np.where(known, values, np.nan)
    least = np.nanmin(values)
    low, high = (least, np.nanmax(values)) if limits is None else limits
    if log and (least := min(low, least)) <= 0:
        raise ValueError(
            f"log is True and the lowest value or limit is {least:.3g}; expected "
            "numbers above 0. Likely cause: a difference, or a distance of exactly 0."
        )
    norm = LogNorm(low, high, clip=True) if log else Normalize(low, high)
    result, axes = figure(size=(5.4, 4.0))
    axes.set_facecolor("white")
    axes.patch.set(hatch="xxx", edgecolor=MUTED)
    drawn = np.ma.masked_invalid(values.T)
    image = axes.pcolormesh(
        _positions(x), _positions(y), drawn, cmap=SEQUENTIAL, norm=norm
    )
    for axis, settings in ((axes.xaxis, x), (axes.yaxis, y)):
        places = np.unique(np.linspace(0, len(settings) - 1, 5).round().astype(int))
        axis.set_ticks(places, [f"{settings[i]:.4g}" for i in places])
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    result.colorbar(image, ax=axes, label=label)
    names = xlabel or "x", ylabel or "y", label or "a number"
    return describe(result, _words(values, x, y, *names))


def _positions(settings):
    return np.arange(len(settings))  # equal cells, whatever the spacing of settings


def _words(values, x, y, xlabel, ylabel, label) -> str:
    def cell(flat):
        i, j = np.unravel_index(flat, values.shape)
        return f"{values[i, j]:.3g} at {xlabel} {x[i]:.4g}, {ylabel} {y[j]:.4g}"

    lost = np.isnan(values).mean()
    return (
        f"Map of {label} over {len(x)} values of {xlabel} and {len(y)} of {ylabel}. "
        f"Highest {cell(np.nanargmax(values))}; lowest {cell(np.nanargmin(values))}; "
        f"{lost:.0%} of the cells have no finite number."
    )


def survival(steps, alive: dict, *, ylabel="share of runs", title="") -> Figure:
    """Draw how many runs of each setting still stand after so many updates.

    Args:
        steps: updates, shape (T,).
        alive: label -> whether each run stands, shape (runs, T), true or false.
        ylabel, title: texts.

    Returns:
        Figure whose alt text gives the shares at the end. The bands are Wilson's
        intervals of 95 %.

    Raises:
        ValueError: when a length differs, a setting has no runs, something is neither
            true nor false, or there are too many settings.
    """
    require_looks(alive, "alive")
    steps = np.asarray(validate.finite(steps, "steps"), float)
    result, axes = figure(size=(5.4, 3.2))
    words = []
    for (label, runs), look in zip(alive.items(), LOOKS, strict=False):
        runs = np.asarray(runs, float)
        _require_runs(runs, steps, f"alive[{label!r}]")
        share, low, high = _wilson(runs)
        axes.plot(steps, share, label=f"{label} ({len(runs)} runs)", **look)
        axes.fill_between(steps, low, high, color=look["color"], alpha=0.15, lw=0)
        words.append(f"{label}: {share[-1]:.0%} of {len(runs)} runs")
    axes.set(xlabel="update", ylabel=ylabel, title=title, ylim=(-0.03, 1.03))
    result.legend(loc="outside lower center", ncols=min(2, len(alive)), frameon=False)
    end = f"After {steps[-1]:.0f} updates: {'; '.join(words)}."
    return describe(result, f"{ylabel} against updates. {end}")


def _require_runs(runs, steps, name: str) -> None:
    if runs.ndim != 2 or runs.shape[1] != len(steps) or not runs.size:
        raise ValueError(
            f"{name} has shape {runs.shape}; expected one run or more, and one column "
            f"for each step, {len(steps)}. Likely cause: a transposed array."
        )
    if not np.isin(runs, (0, 1)).all():
        raise ValueError(
            f"{name} is {validate.describe(runs)}; expected true or false. Likely "
            "cause: the losses themselves, or shares that are averages already."
        )


def _wilson(runs, z: float = 1.96):
    """Return the share of runs that stand at each step, and Wilson's interval."""
    n, share = len(runs), runs.mean(0)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    spread = np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n) * z
    return share, np.clip(centre - spread, 0, 1), np.clip(centre + spread, 0, 1)
