"""Games of two numbers: the field as arrows, paths through it, distance over time."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import LOOKS, require_looks
from gan_utils.plots.style import MUTED


def portrait(
    points, arrows, paths: dict, *, title="", names=("theta", "psi"), size=(8.2, 3.9)
) -> Figure:
    """Draw a field with paths through it, and each path's distance from the origin.

    Args:
        points: where the arrows stand, shape (..., 2).
        arrows: velocities there, the same shape.
        paths: label -> positions, shape (steps + 1, 2); at most six.
        title: text over the field.
        names: names of the two coordinates.
        size: inches.

    Returns:
        Figure whose alt text gives each path's steps and distances.

    Raises:
        ValueError: no path or more than six, one that is not in the plane, or arrows
            for other points.
    """
    require_looks(paths, "paths")
    result, (left, right) = figure(1, 2, size=size)
    draw_field(left, points, arrows)
    words = []
    for (label, path), look in zip(paths.items(), LOOKS, strict=False):
        words.append(_draw_in_both(left, right, label, path, look))
    left.set(xlabel=names[0], ylabel=names[1], title=title)
    right.set(xlabel="step", title="distance from the origin")
    right.set_ylim(bottom=0)
    result.legend(
        *right.get_legend_handles_labels(),
        loc="outside lower center",
        ncols=3,
        frameon=False,
    )
    return describe(result, f"{title}. " * bool(title) + " ".join(words))


def draw_field(axes, points, arrows) -> None:
    """Draw arrows of equal length at points (..., 2), and a cross at the origin.

    Raises:
        ValueError: arrows and points have different shapes, or do not end in 2.
    """
    points, arrows = np.asarray(points, float), np.asarray(arrows, float)
    if arrows.shape != points.shape or points.shape[-1:] != (2,):
        raise ValueError(
            f"arrows has shape {arrows.shape} and points {points.shape}; expected the "
            "same, (..., 2). Likely cause: arrows of another lattice."
        )
    points, arrows = points.reshape(-1, 2), arrows.reshape(-1, 2)
    length = np.linalg.norm(arrows, axis=1, keepdims=True)
    unit = arrows / np.where(length > 0, length, 1)
    axes.quiver(*points.T, *unit.T, color=MUTED, alpha=0.55, width=0.004, scale=26)
    axes.plot([0], [0], "+", color="black", ms=10, mew=2)
    reach = np.abs(points).max() * 1.08
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")


def draw_path(axes, label: str, path, look, end: float = 7, **style) -> np.ndarray:
    """Draw a path (steps + 1, 2) with a cross, `end` points wide, where it ends.

    Returns:
        The path, checked, as an array.

    Raises:
        ValueError: it has another shape, or numbers that are not finite.
    """
    path = np.asarray(validate.points(path, f"path {label!r}", dim=2), float)
    axes.plot(*path.T, **look, label=label, **style)
    axes.plot(*path[-1], "X", color=look["color"], ms=end)
    return path


def _draw_in_both(left, right, label: str, path, look) -> str:
    """Draw one path in both panels and return its sentence."""
    dots = "." if len(path) <= 60 else None  # show single steps where there is room
    path = draw_path(left, label, path, look, lw=1.3, marker=dots)
    left.plot(*path[0], "o", color=look["color"], ms=7)
    distance = np.linalg.norm(path, axis=1)
    right.plot(distance, label=label, **look)
    steps = len(path) - 1
    return (
        f"{label}: {steps} steps from ({path[0, 0]:.2f}, {path[0, 1]:.2f}), distance "
        f"{distance[0]:.3g} at first, {distance[-1]:.3g} at last, "
        f"between {distance.min():.3g} and {distance.max():.3g}."
    )


def portraits(points, panels: dict, *, columns: int = 4, size=None) -> Figure:
    """Draw several fields beside one another, each with paths through it.

    Args:
        points: where the arrows stand, shape (..., 2); the same in every panel.
        panels: title -> (arrows like points, paths as in `portrait`); the panels' paths
            have the same labels, which one legend names.
        columns: panels in a row.
        size: inches.

    Returns:
        Figure whose alt text gives each path's last distance from the origin.

    Raises:
        ValueError: no panel, panels whose paths have other labels than the first's, or
            as in `portrait`.
    """
    validate.named(panels, "panels", some=True)
    labels = [list(paths) for _, paths in panels.values()]
    if any(each != labels[0] for each in labels):
        raise ValueError(
            f"panels have paths {labels}; expected the same labels in each, because "
            "one legend stands for all."
        )
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    size = size or (2.2 * columns, 2.25 * rows + 0.35)
    result, axes = figure(rows, columns, size=size)
    axes, words = np.ravel(axes), []
    for axis, (title, (arrows, paths)) in zip(axes, panels.items(), strict=False):
        ends = _draw_panel(axis, points, arrows, paths)
        axis.set(title=title, xticks=[], yticks=[])
        words.append(f"{title}: {ends}")
    for axis in axes[len(panels) :]:
        axis.set_visible(False)
    handles = axes[0].get_legend_handles_labels()
    result.legend(*handles, loc="outside lower center", ncols=3, frameon=False)
    return describe(result, f"Distance from the origin at last. {'; '.join(words)}.")


def _draw_panel(axis, points, arrows, paths: dict) -> str:
    """Draw a field with its paths and return how far from the origin each ends."""
    require_looks(paths, "paths")
    draw_field(axis, points, arrows)
    ends = []
    for (label, path), look in zip(paths.items(), LOOKS, strict=False):
        path = draw_path(axis, label, path, look, end=6, lw=1.1)
        ends.append(f"{label} {np.linalg.norm(path[-1]):.2g}")
    return ", ".join(ends)
