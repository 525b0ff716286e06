"""How far a critic can be trusted: gap, calibration, and what a matrix stretches."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import LOOKS, require_looks
from gan_utils.plots.style import CRITIC, FAKE, MUTED, MUTED_LINE, REAL

MARKS = "os^Dv"  # of critics; no more can be told apart


def learning_gap(steps, panels: dict, floor: float) -> Figure:
    """Draw the loss on stored and on fresh data while critics train.

    Args:
        steps: shape (frames,).
        panels: title -> (loss on stored data, loss on fresh data), each of shape
            (seeds, frames).
        floor: loss of the best critic on fresh data.

    Returns:
        Figure whose alt text gives both losses at the end, as mean over the seeds.
    """
    validate.named(panels, "panels")
    result, axes = figure(1, len(panels), size=(2.8 * len(panels) + 0.4, 3.2))
    words = []
    for panel, (title, (stored, fresh)) in zip(
        np.ravel(axes), panels.items(), strict=True
    ):
        stored, fresh = np.asarray(stored), np.asarray(fresh)
        panel.axhline(floor, color="black", linestyle=":", lw=1.2, label="best critic")
        panel.axhline(2 * np.log(2), **MUTED_LINE, lw=1, label="coin")
        for values, look, label in (
            (stored, {"color": REAL, "linestyle": "-"}, "her own samples"),
            (fresh, {"color": FAKE, "linestyle": "--"}, "fresh samples"),
        ):
            panel.plot(steps, values.T, alpha=0.3, lw=0.8, **look)
            panel.plot(steps, values.mean(0), label=label, **look)
        panel.set(title=title, xlabel="step")
        words.append(
            f"{title}: {stored[:, -1].mean():.2f} on stored, {fresh[:, -1].mean():.2f} "
            "on fresh data"
        )
    first = np.ravel(axes)[0]
    first.set_ylabel("critic's loss")
    low = min(panel.get_ylim()[0] for panel in np.ravel(axes))
    high = max(panel.get_ylim()[1] for panel in np.ravel(axes))
    for panel in np.ravel(axes):
        panel.set_ylim(low, high)
    result.legend(
        *first.get_legend_handles_labels(),
        loc="outside lower center",
        ncols=4,
        frameon=False,
    )
    return describe(
        result,
        f"Critic's loss against the step; the best critic has {floor:.2f}, a coin "
        f"{2 * np.log(2):.2f}. At the end, {'; '.join(words)}.",
    )


def reliability(said, panels: dict) -> Figure:
    """Draw how often samples are real when critics say so with a given confidence.

    Args:
        said: centres of the bins of D, shape (bins,).
        panels: name -> share of real samples in each bin, NaN where a bin is empty,
            shape (bins,); at most five.

    Returns:
        Figure whose alt text gives the largest distance from the diagonal.

    Raises:
        ValueError: no panel, or more than five.
    """
    require_looks(panels, "panels", most=len(MARKS))
    result, axes = figure(size=(4.4, 3.8))
    axes.plot([0, 1], [0, 1], **MUTED_LINE, label="as often as it says")
    words = []
    for (name, was), look, mark in zip(panels.items(), LOOKS, MARKS, strict=False):
        was = np.asarray(was, float)
        axes.plot(said, was, marker=mark, ms=5, label=name, **look)
        words.append(f"{name}: off by {np.nanmax(np.abs(was - said)):.2f} at most")
    axes.set(xlabel="D says", ylabel="share that is real", xlim=(0, 1), ylim=(0, 1))
    result.legend(loc="outside lower center", ncols=2, frameon=False)
    return describe(result, f"Calibration of critics. {'; '.join(words)}.")


def stretch(w, guesses) -> Figure:
    """Draw the unit circle, its image under a 2 x 2 matrix, and power iteration.

    Args:
        w: matrix, shape (2, 2).
        guesses: unit vectors v of successive iterations, shape (steps, 2).

    Returns:
        Figure whose alt text gives the stretch of each guess and the largest there is.
    """
    w, guesses = np.asarray(w, float), np.asarray(guesses, float)
    angle = np.linspace(0, 2 * np.pi, 200)
    circle = np.stack([np.cos(angle), np.sin(angle)])
    result, (left, right) = figure(1, 2, size=(6.8, 3.3))
    left.plot(*circle, color=MUTED)
    right.plot(*(w @ circle), color=MUTED)
    shades = np.linspace(0.25, 1.0, len(guesses))
    for v, shade in zip(guesses, shades, strict=True):
        for axes, tip in ((left, v), (right, w @ v)):
            axes.annotate(
                "",
                tip,
                (0, 0),
                arrowprops={"arrowstyle": "-|>", "color": CRITIC, "alpha": shade},
            )
    left.set(title="v on the unit circle", aspect="equal")
    right.set(title="W v on the ellipse", aspect="equal")
    norms = ", ".join(f"{np.linalg.norm(w @ v):.3f}" for v in guesses)
    largest = np.linalg.svd(w)[1][0]
    return describe(
        result,
        f"A matrix turns the unit circle into an ellipse. Successive vectors are "
        f"stretched by {norms}; the longest half-axis is {largest:.3f}.",
    )
