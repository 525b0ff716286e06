"""Pictures over the plane: what critics say, how steep they are, where they point."""

import numpy as np
from matplotlib.colors import LogNorm, Normalize

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.points import draw_points
from gan_utils.plots.style import DIVERGING, FAKE, MUTED, REAL, SEQUENTIAL

CELLS = 64  # points along each side of a map


def grid_of(limits, cells: int = CELLS) -> np.ndarray:
    """Return the points of a square grid, shape (cells * cells, 2), float32.

    Args:
        limits: (low, high) of both coordinates.
        cells: points along each side.
    """
    side = np.linspace(*limits, cells)
    return np.stack(np.meshgrid(side, side), -1).reshape(-1, 2).astype("float32")


def critic_maps(panels: dict, real=None, fake=None, *, limits=(-2.5, 2.5)) -> Figure:
    """Draw what several critics say over the plane, on one scale from 0 to 1.

    Args:
        panels: title -> values of D on `grid_of(limits)`, shape (cells^2,), in [0, 1].
        real: data to draw over every map, shape (N, 2), or None.
        fake: fakes to draw over every map, shape (M, 2), or None.
        limits: (low, high) of both axes.

    Returns:
        Figure whose alt text gives, for each map, the share above one half and how far
        it is from the first.
    """
    validate.named(panels, "panels")
    values = {title: np.asarray(d) for title, d in panels.items()}
    first = next(iter(values.values()))
    result = _maps(
        values, real, fake, limits, DIVERGING, Normalize(0, 1), "D(x)", "D = 1/2"
    )
    words = [
        f"{title}: above one half on {(d > 0.5).mean():.0%} of the square, "
        f"mean distance to the first map {np.abs(d - first).mean():.2f}"
        for title, d in values.items()
    ]
    return describe(result, f"Maps of D. {'; '.join(words)}.")


def slope_maps(panels: dict, real=None, fake=None, *, limits=(-2.5, 2.5)) -> Figure:
    """Draw how steep several critics are over the plane, on one logarithmic scale.

    Args:
        panels: title -> |grad t| on `grid_of(limits)`, shape (cells^2,).
        real, fake, limits: as in `critic_maps`.

    Returns:
        Figure whose alt text gives each map's median and steepest slope.
    """
    validate.named(panels, "panels")
    values = {title: np.asarray(slope) for title, slope in panels.items()}
    norm = LogNorm(0.1, 30, clip=True)
    result = _maps(values, real, fake, limits, SEQUENTIAL, norm, "slope of the logit")
    words = [
        f"{title}: median {np.median(slope):.2f}, steepest {slope.max():.2f}"
        for title, slope in values.items()
    ]
    return describe(result, f"Maps of the critic's slope. {'; '.join(words)}.")


def _maps(values, real, fake, limits, colours, norm, label, line=None) -> Figure:
    columns = min(3, len(values))
    rows = -(-len(values) // columns)
    result, axes = figure(rows, columns, size=(2.6 * columns + 1.0, 2.5 * rows + 0.5))
    for panel, title in zip(np.ravel(axes), values, strict=False):
        cells = round(len(values[title]) ** 0.5)
        image = panel.imshow(
            values[title].reshape(cells, cells),
            extent=(*limits, *limits),
            origin="lower",
            cmap=colours,
            norm=norm,
        )
        if line and values[title].min() < 0.5 < values[title].max():
            side, d = np.linspace(*limits, cells), values[title].reshape(cells, cells)
            panel.contour(side, side, d, levels=[0.5], colors=MUTED, linewidths=1)
        _dots(panel, real, "o", REAL)
        _dots(panel, fake, "x", FAKE)
        panel.set(title=title, xlim=limits, ylim=limits, xticks=[], yticks=[])
    for panel in np.ravel(axes)[len(values) :]:
        panel.set_visible(False)
    result.colorbar(image, ax=axes, shrink=0.8, label=label)
    return result


def _dots(panel, x, marker, colour) -> None:
    if x is None:
        return
    x = np.asarray(validate.points(np.asarray(x), "points", dim=2))[:150]
    edge = {"edgecolors": "white"} if marker == "o" else {}
    panel.scatter(*x.T, s=16, marker=marker, color=colour, lw=0.8, **edge)


def arrow_fields(
    panels: dict, real=None, *, limits=(-2.5, 2.5), scale=1.0, columns=3
) -> Figure:
    """Draw fakes with the arrow that each of them feels, on one scale of length.

    Args:
        panels: title -> (fakes (N, 2), arrows (N, 2)).
        real: data drawn behind every panel, shape (M, 2), or None.
        limits: (low, high) of both axes.
        scale: plotted length of an arrow of length 1.
        columns: panels in a row.

    Returns:
        Figure whose alt text gives the arrows' mean and extreme lengths.
    """
    validate.named(panels, "panels")
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    result, axes = figure(rows, columns, size=(2.9 * columns, 3.1 * rows))
    words = []
    for panel, (title, (fakes, arrows)) in zip(
        np.ravel(axes), panels.items(), strict=False
    ):
        fakes, arrows = np.asarray(fakes), np.asarray(arrows)
        draw_points(panel, None, fakes, limits=limits)
        if real is not None:
            panel.scatter(*np.asarray(real).T, s=6, color=REAL, alpha=0.35, lw=0)
        draw_arrows(panel, fakes, scale * arrows)
        panel.set(title=title, xticks=[], yticks=[])
        length = np.linalg.norm(arrows, axis=1)
        words.append(
            f"{title}: mean length {length.mean():.2g}, from {length.min():.2g} to "
            f"{length.max():.2g}"
        )
    return describe(result, f"Arrows at the fakes. {'; '.join(words)}.")


def draw_arrows(axes, origins, arrows, width: float = 0.006) -> None:
    """Draw arrows (N, 2) at origins (N, 2) in the units of the axes, `width` wide."""
    look = {"angles": "xy", "scale_units": "xy", "scale": 1, "color": "black"}
    axes.quiver(*np.asarray(origins).T, *np.asarray(arrows).T, width=width, **look)


def penalty_points(real, fake, clouds: dict, *, limits=None) -> Figure:
    """Draw where a gradient penalty looks, for a few pairs of a datum and a fake.

    Args:
        real: data, shape (K, 2).
        fake: their partners, shape (K, 2).
        clouds: title -> points drawn for each pair, shape (K, M, 2).
        limits: (low, high) of both axes, or None.

    Returns:
        Figure whose alt text gives the share of points that lie on their segment.
    """
    validate.named(clouds, "clouds")
    real, fake = np.asarray(real), np.asarray(fake)
    result, axes = figure(1, len(clouds), size=(3.0 * len(clouds), 3.2))
    words = []
    for panel, (title, cloud) in zip(np.ravel(axes), clouds.items(), strict=True):
        cloud = np.asarray(cloud)
        for a, b in zip(real, fake, strict=True):
            panel.plot(*np.stack([a, b]).T, color=MUTED, lw=1)
        panel.scatter(*cloud.reshape(-1, 2).T, s=5, color="black", alpha=0.5, lw=0)
        panel.scatter(*real.T, s=60, color=REAL, marker="o", zorder=3)
        panel.scatter(*fake.T, s=60, color=FAKE, marker="x", lw=2.5, zorder=3)
        panel.set(title=title, aspect="equal", xticks=[], yticks=[])
        if limits:
            panel.set(xlim=limits, ylim=limits)
        words.append(f"{title}: {on_segment(real, fake, cloud).mean():.0%}")
    return describe(
        result,
        f"{len(real)} pairs of a datum and a fake, and where a penalty would look. "
        f"Share of points on their segment: {'; '.join(words)}.",
    )


def on_segment(real, fake, cloud, tolerance: float = 1e-3) -> np.ndarray:
    """Tell which points lie on the segment of their pair.

    Args:
        real: data, shape (K, dim).
        fake: their partners, shape (K, dim).
        cloud: points, shape (K, M, dim).
        tolerance: largest distance, as a share of the segment's length.

    Returns:
        Booleans, shape (K, M).
    """
    line = np.asarray(real, float) - np.asarray(fake, float)
    away = np.asarray(cloud, float) - np.asarray(fake, float)[:, None]
    alpha = (away * line[:, None]).sum(-1) / (line**2).sum(-1)[:, None]
    off = away - alpha[..., None] * line[:, None]
    near = (
        np.linalg.norm(off, axis=-1)
        <= tolerance * np.linalg.norm(line, axis=1)[:, None]
    )
    return near & (alpha >= -tolerance) & (alpha <= 1 + tolerance)
