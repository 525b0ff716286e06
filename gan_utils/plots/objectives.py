"""What the two players see: densities and D, slopes of losses, a coin, an escape."""

import itertools

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import LOOKS, draw_lines, name_ends, require_looks
from gan_utils.plots.style import (
    CRITIC,
    CRITIC_LINE,
    FAKE,
    FAKE_LINE,
    MUTED_LINE,
    REAL_LINE,
    REAL_POINTS,
)


def critic_over_densities(
    x, p, q, best, trained=None, *, title="", size=(5.6, 4.0)
) -> Figure:
    """Draw the two densities and, under them, what the discriminator says.

    Args:
        x: places, shape (N,).
        p: density of the data there.
        q: density of the fakes there.
        best: the best discriminator there, in [0, 1].
        trained: a trained discriminator there, or None.
        title: text over the figure.
        size: inches.

    Returns:
        Figure whose alt text says where D is sure, where it is undecided, and how far
        the trained one is from the best.
    """
    result, (top, bottom) = figure(2, 1, size=size)
    result.get_layout_engine().set(w_pad=0.12)  # room around the labels on both sides
    x, p, q, best = (np.asarray(a, float) for a in (x, p, q, best))
    top.plot(x, p, label="data p", **REAL_LINE)
    top.fill_between(x, p, color=REAL_LINE["color"], alpha=0.15, lw=0)
    top.plot(x, q, label="fakes q", **FAKE_LINE)
    top.fill_between(x, q, color=FAKE_LINE["color"], alpha=0.15, lw=0)
    top.set(ylabel="density", xticklabels=[])
    if title:
        result.suptitle(title)
    bottom.axhline(0.5, **MUTED_LINE)
    look = CRITIC_LINE if trained is None else {"color": "black", "linestyle": ":"}
    bottom.plot(x, best, label="best D", **look)
    words = f"The best D runs from {best.min():.2f} to {best.max():.2f}"
    crossing = np.flatnonzero(np.diff(best > 0.5))
    even = (x[crossing] + x[crossing + 1]) / 2
    at = " and ".join(f"{round(place, 1) + 0.0:.1f}" for place in even[:4])
    words += f" and crosses one half at x = {at}." if at else "; it never crosses 0.5."
    if trained is not None:
        bottom.plot(x, trained, ".", color=CRITIC, ms=5, label="trained D")
        gap = np.abs(np.asarray(trained, float) - best)
        mean = float(gap @ (p + q) / (p + q).sum())
        words += (
            f" The trained D is off by {mean:.3f} on average where samples fall, "
            f"by {gap.max():.2f} at most."
        )
    bottom.set(xlabel="x", ylabel="D(x)", ylim=(-0.04, 1.04))
    for axes in (top, bottom):
        axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
    peaks = f"p peaks at x = {x[p.argmax()]:.1f}, q at x = {x[q.argmax()]:.1f}. "
    return describe(result, f"{title}. " * bool(title) + peaks + words)


def loss_zoo(logits, panels: dict, *, size=(8.8, 5.2)) -> Figure:
    """Draw each loss of the zoo as functions of the logit.

    Args:
        logits: discriminator outputs, shape (N,).
        panels: loss name -> {line label -> values (N,)}; at most three lines each.
        size: inches.

    Returns:
        Figure whose alt text gives the slope of every line at logit 0.
    """
    validate.named(panels, "panels")
    rows, columns = -(-len(panels) // 3), min(3, len(panels))
    result, axes = figure(rows, columns, size=size)
    looks = (REAL_LINE, CRITIC_LINE, FAKE_LINE)
    middle, words = np.abs(np.asarray(logits)).argmin(), []
    for panel, (name, curves) in zip(np.ravel(axes), panels.items(), strict=False):
        slopes = []
        for (label, values), look in zip(curves.items(), looks, strict=False):
            panel.plot(logits, values, label=label, **look)
            slopes.append(f"{label} {np.gradient(values, logits)[middle]:+.2f}")
        panel.axvline(0, lw=0.8, **MUTED_LINE)
        panel.set(title=name.replace("_", " "), ylim=(-4.2, 6.2))
        words.append(f"{name}: {', '.join(slopes)}.")
    for panel in np.ravel(axes)[-columns:]:
        panel.set_xlabel("logit")
    result.legend(
        *np.ravel(axes)[0].get_legend_handles_labels(),
        loc="outside lower center",
        ncols=3,
        frameon=False,
    )
    return describe(result, "Slopes at logit 0. " + " ".join(words))


def coin(q, push, steps, paths, p: float, *, title="", size=(8.4, 3.4)) -> Figure:
    """Draw the generator of a two-sided coin: its push, and where it ends.

    Args:
        q: generator's probability of heads, shape (N,).
        push: label -> push towards heads at each q, shape (N,).
        steps: when the probabilities below were taken, from 1, shape (T,).
        paths: probability of heads over time, one column a start, (T, starts).
        p: data's probability of heads.
        title: text over the figure.
        size: inches.

    Returns:
        Figure whose alt text counts the starts that end at the data.
    """
    result, (left, right) = figure(1, 2, size=size)
    draw_lines(left, q, push)
    left.axhline(0, color="black", lw=0.8)
    left.set(xlabel="q(heads)", ylabel="push towards heads", title=title)
    for axes, draw in ((left, left.axvline), (right, right.axhline)):
        draw(p, color=REAL_LINE["color"], lw=1.2)
        axes.set_title(axes.get_title() or "where each start ends")
    paths = np.asarray(paths, float)
    right.plot(steps, paths, color=FAKE_LINE["color"], lw=1.2)
    first = np.full(paths.shape[1], steps[0])
    right.plot(first, paths[0], "o", color=FAKE_LINE["color"], ms=4)
    right.set(xlabel="step", ylabel="q(heads)", ylim=(-0.03, 1.03), xscale="log")
    beside = {"xycoords": ("axes fraction", "data"), "va": "center"}
    right.annotate("data", (1.01, p), color=REAL_LINE["color"], **beside)
    near = int((np.abs(paths[-1] - p) < 0.05).sum())
    lost = int(((paths[-1] < 0.02) | (paths[-1] > 0.98)).sum())
    return describe(
        result,
        f"{title}. Data show heads with probability {p:.2f}. Of {paths.shape[1]} "
        f"starts, {near} end within 0.05 of it and {lost} end with one side of the "
        "coin lost.",
    )


def escape(assignments, values: dict, *, size=(7.4, 5.4)) -> Figure:
    """Draw fakes on their way to the data points, and the value at every stage.

    Args:
        assignments: data point of each fake (None: on none of them), one tuple a stage.
        values: label -> value at every stage; at most six.
        size: inches.

    Returns:
        Figure whose title and alt text say which value ever rises.

    Raises:
        ValueError: no values, more than six, or one that is not finite.
    """
    require_looks(values, "values")
    result, (top, bottom) = figure(2, 1, size=size)
    stages = np.arange(len(assignments))
    _draw_stages(top, assignments, len(assignments[0]))
    words, climbing = [], []
    for (label, v), look in zip(values.items(), LOOKS, strict=False):
        v = np.asarray(validate.finite(v, label), float)
        bottom.plot(stages, v, label=label, marker="o", **look)
        if (np.diff(v) > 1e-12).any():
            climbing.append(label)
        rises = "rises on the way" if label in climbing else "never rises"
        words.append(f"{label}: {', '.join(f'{x:.2f}' for x in v)} ({rises}).")
    bottom.set(ylabel="value at the best D", xticks=stages)
    bottom.set_xticklabels(_moves(assignments))
    bottom.set_xlim(*top.get_xlim())
    climb = ", ".join(climbing) if climbing else "none of them"
    bottom.set_title(f"Climbs on the way home: {climb}", loc="left")
    name_ends(bottom)
    said = "; ".join(_in_words(a) for a in assignments)
    return describe(result, f"Stages: {said}. " + " ".join(words))


def _draw_stages(axes, assignments, n: int) -> None:
    """Draw one column a stage: data as rings, each fake as its number in a disc."""
    for stage, assignment in enumerate(assignments):
        axes.scatter(np.full(n, stage - 0.2), np.arange(n), s=120, **REAL_POINTS)
        for fake, point in enumerate(assignment):
            aloft = point is None
            place = assignments[stage - 1][fake] + 0.5 if aloft else point
            side = stage + (0.12 if aloft else 0.02 + 0.2 * fake)
            axes.scatter([side], [place], s=150, color=FAKE, marker="s")
            look = {"color": "white", "weight": "bold", "ha": "center", "va": "center"}
            axes.annotate(str(fake), (side, place), fontsize=9, **look)
    axes.set(ylabel="data point", xticks=[], yticks=range(n))
    axes.set(xlim=(-0.5, len(assignments) - 0.3), ylim=(-0.4, n - 0.4))
    axes.set_title(
        "Data (blue) and numbered fakes: one move in each column", loc="left"
    )
    axes.spines["bottom"].set_visible(False)


def _moves(assignments) -> list[str]:
    """Name what happens on the way to each stage: who lifts, who lands."""
    names = ["start"]
    for before, after in itertools.pairwise(assignments):
        moves = [
            f"{fake} {'lifts' if there is None else 'lands'}"
            for fake, (here, there) in enumerate(zip(before, after, strict=True))
            if here != there
        ]
        names.append("\n".join(moves))
    return names


def _in_words(assignment) -> str:
    places = ["in the air" if a is None else f"on point {a}" for a in assignment]
    return ", ".join(f"fake {i} {place}" for i, place in enumerate(places))
