"""Two sets compared by shares: classes as bars, numbers as outlines."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import FAKE, FAKE_LINE, REAL, REAL_LINE


def histograms(
    real, fake, *, bins=40, labels=("data", "generated"), xlabel=None, size=(5.0, 2.8)
) -> Figure:
    """Compare the shares of classes, or the distribution of numbers, of two sets.

    Args:
        real: class labels (whole numbers) or numbers, shape (N,) or (N, 1).
        fake: the same for the other set, shape (M,) or (M, 1).
        bins: bins for numbers; classes have one bar each.
        labels: names of the two sets.
        xlabel: text under the axis.
        size: inches.

    Returns:
        Figure whose alt text gives the total variation distance of the two
        histograms and, for classes, those that are missing.
    """
    real, fake = (_flat(x, name) for x, name in ((real, "real"), (fake, "fake")))
    result, axes = figure(size=size)
    if real.dtype.kind in "iub" and fake.dtype.kind in "iub":
        words = _bars(axes, real, fake, labels)
    else:
        words = _outlines(axes, real, fake, bins, labels)
    axes.set_xlabel(xlabel or "")
    axes.margins(y=0.3)  # room for the legend
    axes.legend(loc="upper right", ncols=2, frameon=False)
    return describe(result, words)


def _flat(x, name: str) -> np.ndarray:
    x = np.asarray(validate.finite(x, name)).squeeze()
    if x.ndim != 1 or x.size == 0:
        raise ValueError(
            f"{name} is {validate.describe(x)}; expected a row of labels or numbers."
        )
    return x


def _bars(axes, real, fake, labels) -> str:
    axes.set_ylabel("share")
    classes = np.union1d(real, fake)
    a, b = (np.array([(x == k).mean() for k in classes]) for x in (real, fake))
    place = np.arange(len(classes))
    axes.bar(place - 0.2, a, 0.4, color=REAL, label=labels[0])
    axes.bar(place + 0.2, b, 0.4, color=FAKE, hatch="///", ec="white", label=labels[1])
    axes.set_xticks(place, [str(k) for k in classes])
    missing = [str(k) for k in classes[(a > 0) & (b == 0)]]
    lost = f" Missing from {labels[1]}: {', '.join(missing)}." if missing else ""
    distance = 0.5 * np.abs(a - b).sum()
    return (
        f"Shares of {len(classes)} classes in {labels[0]} ({len(real)}) and "
        f"{labels[1]} ({len(fake)}); total variation {distance:.3f}.{lost}"
    )


def _outlines(axes, real, fake, bins, labels) -> str:
    axes.set_ylabel("share per bin")
    edges = np.histogram_bin_edges(np.concatenate([real, fake]), bins)
    shares = [np.histogram(x, edges)[0] / len(x) for x in (real, fake)]
    for share, line, label in zip(shares, (REAL_LINE, FAKE_LINE), labels, strict=True):
        axes.stairs(share, edges, label=label, **line)
    distance = 0.5 * np.abs(shares[0] - shares[1]).sum()
    ends = [
        f"{label} ({len(x)} numbers): mean {x.mean():.2f}, spread {x.std():.2f}"
        for x, label in ((real, labels[0]), (fake, labels[1]))
    ]
    return f"{'; '.join(ends)}. Total variation of the histograms {distance:.3f}."


def bars(values: dict, *, errors: dict | None = None, ylabel=None, size=None) -> Figure:
    """Draw one bar for each named value.

    Args:
        values: name -> number.
        errors: name -> half-width of an interval, or None.
        ylabel: text beside the axis.
        size: inches.

    Returns:
        Figure whose alt text lists every value.

    Raises:
        ValueError: if values is empty or holds a number that is not finite.
    """
    validate.named(values, "values")
    if not values:
        raise ValueError("values is empty; expected at least one named number.")
    heights = validate.finite(
        np.asarray(validate.array(list(values.values()), "values"), float), "values"
    )
    result, axes = figure(size=size or (min(9.0, 1.5 + 0.9 * len(values)), 2.8))
    spread = None if errors is None else [errors.get(name, 0.0) for name in values]
    axes.bar(list(values), heights, 0.6, yerr=spread, color=REAL, capsize=3)
    axes.set_ylabel(ylabel or "")
    axes.axhline(0, color="black", lw=0.8)
    listed = ", ".join(f"{k}: {v:.3g}" for k, v in zip(values, heights, strict=True))
    return describe(result, f"Bars of {ylabel or 'values'}: {listed}.")
