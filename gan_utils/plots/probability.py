"""Pictures of probability on a line: densities, averages that settle, tangents."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import (
    CRITIC,
    CRITIC_LINE,
    FAKE_LINE,
    MUTED,
    MUTED_LINE,
    REAL,
    REAL_LINE,
)

LINES = (REAL_LINE, FAKE_LINE, CRITIC_LINE, MUTED_LINE)


def densities(
    x, curves: dict, samples=None, *, bins=60, title=None, xlabel="x", size=(5.4, 2.8)
) -> Figure:
    """Draw one or more densities on a line, over a histogram of samples if given.

    Args:
        x: places, shape (K,).
        curves: name -> densities at x, (K,); the first is drawn as data, the second as
            generated.
        samples: (N,) or (N, 1), drawn as a histogram of area 1, or None.
        bins: bins of the histogram.
        title: text over the panel.
        xlabel: text under the axis.
        size: inches.

    Returns:
        Figure whose alt text gives the highest point and the area of every curve.

    Raises:
        ValueError: if there are no curves, or more than four.
    """
    validate.named(curves, "curves")
    if not 1 <= len(curves) <= len(LINES):
        raise ValueError(f"curves has {len(curves)} entries; expected 1 to 4.")
    x = np.ravel(np.asarray(validate.array(x, "x")))
    curves = {k: np.asarray(validate.array(y, k)) for k, y in curves.items()}
    for name, y in curves.items():
        if y.size != x.size:
            raise ValueError(
                f"curves[{name!r}] is {validate.describe(y)}; expected a density at "
                f"each of the {x.size} places of x."
            )
    result, axes = figure(size=size)
    words = []
    if samples is not None:
        words.append(_histogram(axes, samples, bins, (x[0], x[-1])))
    for (name, y), line in zip(curves.items(), LINES, strict=False):
        y = np.ravel(np.asarray(validate.finite(y, name)))
        axes.plot(x, y, label=name, **line)
        top, area = y.argmax(), np.trapezoid(y, x)
        words.append(
            f"{name}: highest {y[top]:.2f} at {_place(x[top])}, area {area:.2f} here."
        )
    axes.set(xlabel=xlabel, ylabel="density", title=title or "", ylim=(0, None))
    axes.margins(x=0)
    axes.legend(frameon=False)
    return describe(result, " ".join(words))


def _place(value) -> str:
    return f"{round(float(value), 2) + 0.0:.2f}"  # no minus sign before a zero


def functions(
    x, curves: dict, *, ylabel="", xlabel="x", log=False, size=(5.4, 2.9)
) -> Figure:
    """Draw up to four functions of the same variable.

    Args:
        x: places, shape (K,).
        curves: name -> values at x, (K,).
        ylabel: text beside the axis.
        xlabel: text under the axis.
        log: logarithmic axes, on which a power law is a straight line.
        size: inches.

    Returns:
        Figure whose alt text gives each curve's ends and the largest gap between the
        first two.
    """
    validate.named(curves, "curves")
    if not 1 <= len(curves) <= len(LINES):
        raise ValueError(f"curves has {len(curves)} entries; expected 1 to 4.")
    x = np.ravel(np.asarray(x))
    ys = {
        name: np.ravel(np.asarray(validate.finite(y, name)))
        for name, y in curves.items()
    }
    result, axes = figure(size=size)
    words = []
    for (name, y), line in zip(ys.items(), LINES, strict=False):
        axes.plot(x, y, label=name, **line)
        words.append(f"{name}: {y[0]:.3g} at {x[0]:.3g}, {y[-1]:.3g} at {x[-1]:.3g}.")
    if len(ys) > 1:
        gap = np.subtract(*list(ys.values())[:2])
        words.append(f"The first two differ by at most {np.abs(gap).max():.2g}.")
    if log:
        axes.set(xscale="log", yscale="log")
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.margins(x=0)
    axes.legend(frameon=False)
    return describe(result, " ".join(words))


def _histogram(axes, samples, bins, reach) -> str:
    samples = np.ravel(np.asarray(validate.finite(samples, "samples")))
    heights, edges = np.histogram(samples, bins, reach)
    heights = heights / (len(samples) * np.diff(edges))
    axes.stairs(
        heights,
        edges,
        fill=True,
        color=MUTED,
        alpha=0.35,
        label=f"{len(samples):,} samples",
    )
    return f"Histogram of {len(samples)} samples, highest {heights.max():.2f}."


def settling(n, estimates, truth: float, spread: float, *, size=(5.4, 3.0)) -> Figure:
    """Draw running averages that settle on the truth, in a band of two errors.

    Args:
        n: numbers of samples, increasing, shape (K,).
        estimates: running averages of several runs, shape (runs, K).
        truth: the expectation.
        spread: standard deviation of one term, above 0.
        size: inches.

    Returns:
        Figure whose alt text counts the points inside the band of 2 spread / sqrt(n).
    """
    n, estimates = np.asarray(n), np.atleast_2d(np.asarray(estimates))
    band = 2 * validate.positive(spread, "spread") / np.sqrt(n)
    result, axes = figure(size=size)
    axes.fill_between(n, truth - band, truth + band, color=MUTED, alpha=0.25, lw=0)
    for run in estimates:
        axes.plot(n, run, color=REAL, lw=0.9, alpha=0.7)
    axes.axhline(truth, **MUTED_LINE)
    reach = 1.4 * band[0]
    axes.set(xscale="log", xlabel="samples n", ylabel="running average")
    axes.set(xlim=(n[0], n[-1]), ylim=(truth - reach, truth + reach))
    inside = (np.abs(estimates - truth) <= band).mean()
    return describe(
        result,
        f"{len(estimates)} running averages close in on {truth:.3g}. The grey band of "
        f"two standard errors narrows from {band[0]:.3g} to {band[-1]:.3g} and holds "
        f"{inside:.0%} of the plotted points. After {n[-1]} samples the runs lie "
        f"between {estimates[:, -1].min():.4g} and {estimates[:, -1].max():.4g}.",
    )


def tangent(u, f, line, touch: tuple, *, name="f(u)", size=(5.4, 3.3)) -> Figure:
    """Draw a convex function and a line below it, with the point where they touch.

    Args:
        u: places, shape (K,).
        f: values of the function, (K,).
        line: values of a straight line, (K,).
        touch: (u, f(u)) where they touch, or (nan, nan) when it is out of range.
        name: of the function.
        size: inches.

    Returns:
        Figure whose alt text gives the point of contact, the smallest gap, and the
        line's height at u = 0, which is minus the conjugate.
    """
    u, f, line = (np.asarray(a) for a in (u, f, line))
    result, axes = figure(size=size)
    axes.plot(u, f, label="f(u)", **REAL_LINE)
    axes.plot(u, line, label="line with slope t", **CRITIC_LINE)
    axes.fill_between(u, line, f, color=MUTED, alpha=0.15, lw=0)
    if np.isfinite(touch).all():
        axes.plot(*touch, "o", color=CRITIC, ms=7)
        words = f"They touch at u = {touch[0]:.2f}."
    else:
        words = "They touch outside the picture."
    slope = (line[-1] - line[0]) / (u[-1] - u[0])
    height = line[0] - slope * u[0]
    axes.plot([0, u[0]], [height, line[0]], **CRITIC_LINE)
    square = {"color": "black", "marker": "s", "ls": "", "clip_on": False}
    axes.plot(0, height, label="height at u = 0: -f*(t)", **square)
    room = 0.15 * (f.max() - f.min())
    low, high = min(f.min(), height) - room, max(f.max(), height) + room
    axes.set(xlabel="ratio u = p / q", ylabel="f(u)", ylim=(low, high))
    axes.set(xlim=(0, u[-1]), title=name)
    result.legend(loc="outside lower center", ncols=3, frameon=False)
    return describe(
        result,
        f"The convex curve {name} and a straight line of slope {slope:.2f} below it. "
        f"{words} Smallest gap {(f - line).min():.3f}, largest {(f - line).max():.2f}. "
        f"At u = 0 the line has height {height:.2f}, minus the conjugate.",
    )


def against_distance(theta, values: dict, *, at=None, title="", xlabel="θ") -> Figure:
    """Draw several distances against the same parameter, one panel each.

    Args:
        theta: parameter values, shape (K,).
        values: name -> (K,); infinite values are left out and noted.
        at: parameter value to mark, or None; the slope there is in each panel's title.
        title: text over all panels, which also begins the alt text.
        xlabel: text under the axes.

    Returns:
        Figure whose alt text gives each distance at the ends and its slope at the mark.
    """
    validate.named(values, "values")
    theta = np.asarray(theta)
    result, axes = figure(1, len(values), size=(2.25 * len(values), 2.7))
    result.suptitle(title)
    words = [f"{title}:"] if title else []
    for panel, (name, y) in zip(np.ravel(axes), values.items(), strict=True):
        y = np.asarray(y, dtype=float)
        panel.set(title=name, xlabel=xlabel, xlim=(theta[0], theta[-1]))
        words.append(_panel(panel, theta, y, name, at))
    return describe(result, " ".join(words))


def _panel(panel, theta, y, name, at) -> str:
    finite = np.isfinite(y)
    steps = np.where(finite, y, np.nan)
    panel.plot(theta, steps, ".", ms=3, color=REAL)
    top = max(1.2 * np.nanmax(np.where(finite, y, 0.0)), 0.5)
    panel.set_ylim(-0.08 * top, top)
    if not finite.all():
        panel.text(
            0.5, 0.6, "infinite\nelsewhere", transform=panel.transAxes, ha="center"
        )
    if at is not None:
        k = np.abs(theta - at).argmin()
        panel.axvline(theta[k], **MUTED_LINE)
        if finite[k]:
            panel.plot(theta[k], y[k], "o", color=CRITIC)
        slope = np.gradient(steps, theta)[k] + 0.0
        panel.set_title(f"{name}\nslope {slope:.2f}")
        return f"{name} at {theta[k]:.2f}: value {y[k]:.3f}, slope {slope:.3f}."
    rest = np.delete(y, y.argmin())
    if (rest == rest[0]).all() or np.ptp(rest) < 1e-6:
        where = f"{theta[y.argmin()]:.2f}, where it is {y.min():.3f}"
        return f"{name}: constant, {rest[0]:.3f}, everywhere but at {where}."
    ends = " and ".join(f"{y[k]:.3f} at {theta[k]:.2f}" for k in (0, -1))
    return f"{name}: {ends}, smallest {y.min():.3f} at {theta[y.argmin()]:.2f}."
