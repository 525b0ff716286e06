"""Pictures of the chain rule: one small network, its numbers forwards and backwards."""

from itertools import product

import numpy as np

from gan_utils import validate
from gan_utils.by_hand import way_back
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import FAKE, FAKE_POINTS, MUTED

MOMENTS = (
    "Forwards: every line multiplies, every circle adds",
    "The wish: this sample should go along the arrow",
    "Backwards: what each circle is asked to do",
    "Backwards: what each weight is asked to do",
    "One small step: every weight does a little of it",
)
PLACES = (np.array([[0, 1.2]]), np.array([[1.3, 2.4], [1.3, 1.2], [1.3, 0]]))
ENDS = np.array([[2.9, 1.8], [2.9, 0.6]])
WHITE = {"fc": "white", "ec": "none", "pad": 0.8}
MIDDLE = {"ha": "center", "va": "center", "fontsize": 11}
WISH = MIDDLE | {"color": FAKE, "weight": "bold"}


def chain_rule(z, v, W, arrow, moment=4, *, rate=0.02, size=(6.6, 3.9)) -> Figure:
    """Draw one moment of an update of a network with three units, numbers and all.

    Args:
        z, v, W, arrow: as in `by_hand.way_back`, with three units.
        moment: 1 forwards, 2 the wish, 3 what circles and 4 what weights are asked,
            5 the weights and the sample after a step.
        rate: share of what is asked that a step does.
        size: inches.

    Returns:
        Figure whose alt text says the numbers that this moment adds.
    """
    v, W = np.asarray(v, float), np.asarray(W, float)
    if v.shape != (3,) or W.shape != (3, 2) or moment not in range(1, 6):
        raise ValueError(
            f"v has shape {v.shape}, W {W.shape}, and moment is {moment}; expected "
            "(3,), (3, 2), and a whole number from 1 to 5."
        )
    validate.finite(arrow, "arrow")
    back = way_back(z, v, W, arrow)
    old = back["sample"]
    if moment == 5:
        v, W = v + rate * back["v"], W + rate * back["W"]
    now = way_back(z, v, W, arrow)
    result, axes = figure(size=size)
    _draw_lines(axes, v, W, back if moment == 4 else None)
    _draw_circles(axes, z, now, back, arrow, moment)
    axes.set(xlim=(-0.3, 3.75), ylim=(-0.62, 2.85), title=MOMENTS[moment - 1])
    axes.set_axis_off()
    return describe(result, _words(moment, z, now, back, arrow, old))


def _draw_lines(axes, v, W, back) -> None:
    edges = [(PLACES[0][0], PLACES[1][j], v[j], "v", j) for j in range(3)]
    for j, k in product(range(3), range(2)):
        edges.append((PLACES[1][j], ENDS[k], W[j, k], "W", (j, k)))
    for start, end, weight, name, index in edges:
        axes.plot(*np.transpose([start, end]), color=MUTED, lw=1, zorder=0)
        crosses = index in ((0, 1), (2, 0))  # these two lines meet most others
        near = 0.4 if name == "v" else 0.22 if crosses else 0.27
        axes.text(
            *(start + near * (end - start)), f"{weight:.3g}", bbox=WHITE, **MIDDLE
        )
        if back is not None:  # the wish stands on the same line, a little further on
            x, y = start + (near + (0.15 if crosses else 0.17)) * (end - start)
            axes.text(x, y, _signed(back[name][index]), bbox=WHITE, **WISH)


def _draw_circles(axes, z, now, back, arrow, moment) -> None:
    values = [z, *now["units"], *now["sample"]]
    asked = [None, *back["asked"], *arrow]
    circles = np.concatenate([*PLACES, ENDS])
    for (x, y), value, wish in zip(circles, values, asked, strict=True):
        unit = 1 < x < 2
        look = {"boxstyle": "circle,pad=0.45", "fc": "white"}
        asleep = unit and value == 0
        look["ec"] = MUTED if asleep else "black"
        axes.text(x, y, f"{value:.3g}", bbox=look, **MIDDLE)
        if asleep:
            axes.text(x, y - 0.42, "asleep", **MIDDLE | {"color": MUTED})
        elif (unit and moment in (3, 4)) or (x > 2 and moment in (2, 3, 4)):
            axes.text(x, y - 0.42, f"asked {_signed(wish)}", **WISH)
    axes.text(0, 1.7, "noise z", **MIDDLE)
    for (x, y), name in zip(ENDS, ("right", "up"), strict=True):
        axes.text(x + 0.27, y, name, **MIDDLE | {"ha": "left"})


def _signed(value) -> str:
    return f"{value:+.3g}" if value else "0"


def _words(moment, z, now, back, arrow, old) -> str:
    def listed(values):
        return ", ".join(f"{value + 0.0:.3g}" for value in np.ravel(values))

    units = listed(now["units"])
    said = (
        f"Noise {z:.3g}; units {units}; sample ({listed(now['sample'])}).",
        f"The sample ({listed(old)}) is asked to move by ({listed(arrow)}).",
        f"Units are asked for {listed(back['asked'])}.",
        f"First weights are asked for {listed(back['v'])}; last weights, unit by unit, "
        f"for {listed(back['W'])}.",
        f"The sample goes from ({listed(old)}) to ({listed(now['sample'])}).",
    )
    return f"{MOMENTS[moment - 1]}. {said[moment - 1]}"


def moved_samples(before, after, path, target, *, size=(5.8, 2.7)) -> Figure:
    """Draw all samples of a generator of one noise number, before and after updates.

    Args:
        before: samples along the noise, (K, 2).
        after: the same noise after the updates, (K, 2).
        path: where one sample was after each update, (updates + 1, 2).
        target: where it should go, (2,).
        size: inches.

    Returns:
        Figure whose alt text says how far that sample still has to go, and how many of
        the others moved.
    """
    before, after, path, target = map(np.asarray, (before, after, path, target))
    result, axes = figure(size=size)
    axes.plot(*before.T, color=MUTED, ls=":", lw=2)
    axes.plot(*after.T, color=FAKE, lw=2)
    axes.plot(*path.T, ".", color=FAKE, ms=4)
    axes.plot(*path[-1], ms=16, mew=2.5, ls="", zorder=3, **FAKE_POINTS)
    axes.plot(*target, "*", color="black", ms=8, zorder=4)
    axes.annotate("target", target, xytext=(9, -3), textcoords="offset points")
    if np.linalg.norm(target - path[-1]) > 0.15:
        style = {"arrowstyle": "-|>", "color": FAKE, "lw": 1.5}
        axes.annotate("", target, path[-1], arrowprops=style)
    axes.annotate("before ", before[-1], ha="right", color=MUTED, weight="bold")
    axes.annotate("after", after[-1], color=FAKE, weight="bold", va="bottom")
    axes.set(xlabel="to the right", ylabel="up", aspect="equal")
    axes.margins(y=0.15)
    axes.set_title(f"{len(path) - 1} updates for the one sample ×")
    moved = (np.linalg.norm(after - before, axis=1) > 0.05).mean()
    gap = np.linalg.norm(np.stack([path[0], path[-1]]) - target, axis=1)
    return describe(
        result,
        f"After {len(path) - 1} updates the sample is {gap[1]:.2f} from its target, at "
        f"first {gap[0]:.2f}. {moved:.0%} of all samples drawn have "
        "moved with it.",
    )
