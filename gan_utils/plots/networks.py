"""Pictures of what networks do: sheets of noise bent, matrices, overlaps, walks."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import FAKE, MUTED, REAL, SEQUENTIAL


def sheet_of_noise(before, after, factors, *, size=(7.0, 3.5)) -> Figure:
    """Draw a grid of noise and where a generator lays it, folds marked.

    Args:
        before: grid points, shape (rows, columns, 2).
        after: their images, the same shape.
        factors: signed area factors det J at the grid points, (rows, columns).
        size: inches.

    Returns:
        Figure whose alt text gives the range of |det J| and the share of the sheet that
        lies face down.
    """
    before, after, factors = (np.asarray(a) for a in (before, after, factors))
    down = factors < 0
    result, axes = figure(1, 2, size=size)
    for panel, points, title in zip(
        axes, (before, after), ("noise z", "samples x = G(z)"), strict=True
    ):
        _draw_side(panel, points, down | ~down, color=MUTED, lw=0.6, alpha=0.6)
        _draw_side(panel, points, ~down, color=REAL, lw=0.8)
        _draw_side(panel, points, down, color=FAKE, lw=0.8, ls="--")
        panel.set(title=title)
        panel.set_aspect("equal", adjustable="datalim")
    sizes = np.abs(factors)
    turned = f"{down.mean():.0%} of it lies face down, drawn dashed and orange."
    return describe(
        result,
        f"A sheet of noise and its image. Areas change by factors from "
        f"{sizes.min():.2g} to {sizes.max():.2g}. "
        + (turned if down.any() else "No part of it is turned over."),
    )


def _draw_side(panel, points, keep, **look) -> None:
    """Draw the lines of a grid where `keep` holds, along both directions."""
    strokes = []
    for lines, shown in ((points, keep), (points.swapaxes(0, 1), keep.T)):
        lines = np.where(shown[..., None], lines, np.nan)
        lines = np.pad(lines, ((0, 0), (0, 1), (0, 0)), constant_values=np.nan)
        strokes.append(lines.reshape(-1, 2))  # NaN lifts the pen between two lines
    panel.plot(*np.concatenate(strokes).T, **look)


def matrices(named: dict, *, numbers=False, size=None) -> Figure:
    """Draw matrices or single-channel images side by side, on one scale.

    Args:
        named: title -> array (rows, columns).
        numbers: write each value into its square, for small matrices.
        size: inches.

    Returns:
        Figure whose alt text gives shape, range and zeros of each array.
    """
    validate.named(named, "named")
    arrays = {k: np.asarray(validate.points(a, k), float) for k, a in named.items()}
    low = min(0.0, *(a.min() for a in arrays.values()))
    high = max(a.max() for a in arrays.values())
    result, axes = figure(1, len(arrays), size=size or (2.6 * len(arrays), 2.7))
    words = []
    for panel, (title, a) in zip(np.ravel(axes), arrays.items(), strict=True):
        shown = panel.imshow(a, cmap=SEQUENTIAL, vmin=low, vmax=high)
        panel.set(title=title, xticks=[], yticks=[])
        if numbers:
            _write_numbers(panel, a, (low + high) / 2)
        words.append(
            f"{title}: {a.shape[0]} by {a.shape[1]}, from {a.min():.3g} to "
            f"{a.max():.3g}, {(a == 0).mean():.0%} zeros."
        )
    if not numbers:
        result.colorbar(shown, ax=axes, shrink=0.8)
    return describe(result, " ".join(words))


def _write_numbers(panel, array, middle) -> None:
    for (row, column), value in np.ndenumerate(array):
        color = "black" if value > middle else "white"
        panel.text(column, row, f"{value:g}", ha="center", va="center", color=color)


def overlaps(first, last, counts, *, title=None, size=(6.4, 3.2)) -> Figure:
    """Draw which output pixels each input of a transposed convolution writes to.

    Args:
        first: first output pixel that each input writes, shape (inputs,); may be < 0.
        last: last output pixel that each input writes, shape (inputs,).
        counts: how many inputs write each output pixel, shape (outputs,).
        title: text over the picture.
        size: inches.

    Returns:
        Figure whose alt text lists the counts and says whether the middle is even.
    """
    first, last, counts = (np.asarray(a) for a in (first, last, counts))
    result, (above, below) = figure(2, 1, size=size)
    for row, (a, b) in enumerate(zip(first, last, strict=True)):
        above.broken_barh(
            [(a - 0.5, b - a + 1)], (row - 0.35, 0.7), color=REAL, alpha=0.7
        )
    above.axvspan(-0.5, len(counts) - 0.5, color=MUTED, alpha=0.15, lw=0)
    above.set(ylabel="input", title=title or "")
    above.invert_yaxis()
    below.bar(np.arange(len(counts)), counts, 0.9, color=FAKE, hatch="//", ec="white")
    below.set(xlabel="output pixel", ylabel="written by")
    for panel in (above, below):
        panel.set_xlim(min(first.min(), 0) - 1, max(last.max(), len(counts) - 1) + 1)
    step = int(last[0] - first[0] + 1)
    middle = counts[step:-step] if len(counts) > 2 * step + 1 else counts
    even = "even" if np.ptp(middle) == 0 else "uneven"
    return describe(
        result,
        f"{len(first)} inputs write to {len(counts)} output pixels; the grey strip is "
        f"what is kept. Counts: {', '.join(map(str, counts))}. Away from the edges "
        f"they are {even}.",
    )


def shell(lengths: dict, marks: dict | None = None, *, size=(6.0, 2.9)) -> Figure:
    """Draw histograms of the lengths of latent vectors, with single lengths marked.

    Args:
        lengths: name -> lengths |z|, shape (N,); at most three.
        marks: name -> one length, drawn as a line, or None.
        size: inches.

    Returns:
        Figure whose alt text gives mean and spread of each, and for each mark how many
        spreads it lies from the mean of the first histogram.
    """
    validate.named(lengths, "lengths")
    result, axes = figure(size=size)
    words, looks = [], ((REAL, "-"), (FAKE, "--"), (MUTED, ":"))
    for (name, values), (color, dash) in zip(lengths.items(), looks, strict=False):
        values = np.ravel(np.asarray(validate.finite(values, name)))
        heights, edges = np.histogram(values, 50, density=True)
        axes.stairs(heights, edges, color=color, ls=dash, label=name, fill=False)
        words.append(f"{name}: mean length {values.mean():.2f} ± {values.std():.2f}.")
    base = np.asarray(next(iter(lengths.values())))
    for (name, value), dash in zip((marks or {}).items(), ("--", "-."), strict=False):
        axes.axvline(value, color=FAKE, ls=dash, label=name)
        away = (value - base.mean()) / base.std()
        words.append(f"{name}: length {value:.2f}, {away:+.1f} spreads from the mean.")
    axes.set(xlabel="length |z|", ylabel="density", ylim=(0, None), xlim=(0, None))
    result.legend(loc="outside lower center", ncols=3, frameon=False)
    return describe(result, " ".join(words))
