"""Points in the plane: data, generated samples, and what the critic says between."""

import numpy as np
import scipy  # its parts load when they are first used

from gan_utils import validate
from gan_utils.metrics import mode_report
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import DIVERGING, FAKE_POINTS, MUTED, REAL_POINTS

SHOWN = 800  # points drawn of each kind; more of them hide one another


def points(
    real=None,
    fake=None,
    *,
    critic=None,
    mixture=None,
    limits=None,
    title=None,
    size=(4.6, 4.2),
) -> Figure:
    """Draw data and generated samples in the plane.

    Args:
        real: data, shape (N, 2), or None.
        fake: generated samples, shape (M, 2), or None.
        critic: function (K, 2) -> (K,) logits drawn as a heat map under the points, its
            zero as a line, or None.
        mixture: distribution with modes, such as `data.ring()`, at which the alt text
            counts the generated samples, or None.
        limits: (low, high) of both axes; default: the data with a margin.
        title: text over the panel.
        size: inches.

    Returns:
        Figure whose alt text gives centres, spreads, the distances between the two
        clouds, with a critic the mean logit on each, with a mixture its modes' counts.
    """
    result, axes = figure(size=size)
    draw_points(axes, real, fake, critic=critic, limits=limits)
    if title:
        axes.set_title(title)
    if real is not None and fake is not None:
        result.legend(loc="outside lower center", ncols=2, frameon=False)
    words = describe_points(real, fake, critic)
    if mixture is not None and fake is not None:
        words += f" The generated points reach {_at_modes(fake, mixture)}."
    return describe(result, words)


def draw_points(axes, real=None, fake=None, *, critic=None, limits=None) -> None:
    """Draw what `points` draws into axes of your own.

    Args:
        axes: matplotlib Axes.
        real, fake, critic, limits: as in `points`.
    """
    real, fake = (
        x if x is None else np.asarray(validate.points(x, name, dim=2))
        for name, x in (("real", real), ("fake", fake))
    )
    low, high = limits or _limits(real, fake)
    if not low < high:
        raise ValueError(f"limits is {limits}; expected (low, high), low below high.")
    if critic is not None:
        draw_critic(axes, validate.function(critic, "critic"), low, high)
    for x, label, mark in (
        (real, "data", REAL_POINTS),
        (fake, "generated", FAKE_POINTS),
    ):
        if x is not None:
            x = x[:SHOWN]
            area = np.clip(5000 / len(x), 7, 20)
            axes.scatter(
                x[:, 0], x[:, 1], s=area, lw=0.9, alpha=0.7, label=label, **mark
            )
    axes.set(xlim=(low, high), ylim=(low, high), aspect="equal")


def draw_critic(axes, critic, low: float, high: float, cells: int = 48) -> None:
    """Draw a critic's logits as a heat map, with a line where they are zero.

    Args:
        axes: matplotlib Axes.
        critic: function (K, 2) -> (K,).
        low, high: range of both coordinates.
        cells: points along each side.
    """
    side = np.linspace(low, high, cells)
    grid = np.stack(np.meshgrid(side, side), axis=-1)
    logits = np.asarray(critic(grid.reshape(-1, 2).astype("float32")))
    logits = validate.finite(logits, "critic").reshape(cells, cells)
    top = max(float(np.abs(logits).max()), 1e-6)
    axes.imshow(
        logits,
        extent=(low, high, low, high),
        origin="lower",
        interpolation="bilinear",
        cmap=DIVERGING,
        vmin=-top,
        vmax=top,
        alpha=0.5,  # pale, so that the points stand out
    )
    if logits.min() < 0 < logits.max():
        axes.contour(side, side, logits, levels=[0.0], colors=MUTED, linewidths=1)


def samples_over_time(
    snapshots, steps, real=None, *, mixture=None, limits=None, title=None
) -> Figure:
    """Draw samples at several moments of a run, side by side on equal axes.

    Args:
        snapshots: list of generated samples, each (M, 2).
        steps: the step of each, or a title.
        real: data drawn behind every panel, shape (N, 2), or None.
        mixture: as in `points`.
        limits: (low, high) of both axes.
        title: text over all panels.

    Returns:
        Figure whose alt text gives each snapshot's spread, its distance to the data
        and, with a mixture, the modes that it reaches.

    Raises:
        ValueError: if there are no snapshots or not one step for each.
    """
    if len(snapshots) == 0 or len(snapshots) != len(steps):
        raise ValueError(
            f"snapshots has {len(snapshots)} entries and steps {len(steps)}; expected "
            "as many of one as of the other, and at least one."
        )
    titles = [s if isinstance(s, str) else f"step {s}" for s in steps]
    columns = min(len(snapshots), 5)
    rows = -(-len(snapshots) // columns)
    height = 2.15 * rows + (0.35 if title else 0.0)
    result, axes = figure(rows, columns, size=(1.9 * columns, height))
    if title:
        result.suptitle(title)
    limits = limits or _limits(real, np.concatenate(list(snapshots)))
    for index, panel in enumerate(np.ravel(axes)):
        panel.set(xticks=[], yticks=[])
        panel.set_visible(index < len(snapshots))
        if index < len(snapshots):
            draw_points(panel, real, snapshots[index], limits=limits)
            panel.set_title(titles[index])
    words = "; ".join(
        f"{title}: {_in_short(real, fake, mixture)}"
        for title, fake in zip(titles, snapshots, strict=True)
    )
    behind = "" if real is None else f" over {len(real)} data points"
    return describe(result, f"{len(snapshots)} panels of samples{behind}. {words}.")


def _in_short(real, fake, mixture) -> str:
    """Say in one clause how samples lie."""
    words = [] if mixture is None else [_at_modes(fake, mixture)]
    words.append(f"spread {np.asarray(fake).std(0).mean():.2f}")
    if real is not None:
        near, covered = _mean_distances(real, fake)
        words.append(f"nearest datum {near:.2f} away on average")
        words.append(f"nearest sample to a datum {covered:.2f}")
    return ", ".join(words)


def _at_modes(fake, mixture) -> str:
    """Count the modes that samples reach, and the samples that reach one."""
    report = mode_report(np.asarray(fake, "float32"), mixture)
    return (
        f"{int(report.modes)} of {len(mixture.modes)} modes, "
        f"{float(report.high_quality):.0%} within three widths of one"
    )


def describe_points(real=None, fake=None, critic=None) -> str:
    """Say in words what two clouds of points show.

    Args:
        real, fake, critic: as in `points`.

    Returns:
        Sentences with the numbers computed from the arrays.
    """
    words = []
    for x, label in ((real, "data points"), (fake, "generated points")):
        if x is not None:
            x = np.asarray(x)
            (a, b), spread = x.mean(0), x.std(0).mean()
            text = f"{len(x)} {label} around ({a:.2f}, {b:.2f}), spread {spread:.2f}"
            if critic is not None:
                text += f", mean logit {np.mean(critic(x)):.2f}"
            words.append(text + ".")
    if real is not None and fake is not None:
        near, covered = _mean_distances(real, fake)
        words.append(
            f"Mean distance to the nearest other: {near:.2f} from generated to data, "
            f"{covered:.2f} from data to generated."
        )
    return " ".join(words) or "An empty plane."


def _mean_distances(real, fake) -> tuple[float, float]:
    """Mean distance from a fake to the nearest datum, from a datum to the nearest."""
    data, fakes = map(scipy.spatial.KDTree, (real, fake))
    return data.query(fake)[0].mean(), fakes.query(real)[0].mean()


def _limits(real, fake) -> tuple[float, float]:
    cloud = real if real is not None else fake
    if cloud is None:
        return -1.5, 1.5
    top = 1.3 * max(float(np.abs(np.asarray(cloud)).max()), 1e-3)
    return -top, top
