"""Pictures of maps: noise pushed to samples, and samples carried onto data."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import (
    FAKE,
    FAKE_LINE,
    FAKE_POINTS,
    MUTED,
    MUTED_LINE,
    REAL_POINTS,
    SEQUENTIAL,
)


def pushforward(z, p_z, x, p_x, samples=None, *, arrows=25, size=(5.4, 4.4)) -> Figure:
    """Draw how a map g carries a density on a line: noise below, samples above.

    Args:
        z: increasing latent points, (K,).
        p_z: their density, (K,).
        x: g(z), (K,).
        p_x: density of x at g(z), (K,).
        samples: samples of x for a histogram, (N,), or None.
        arrows: lines drawn from z to x, evenly spaced in probability.
        size: inches.

    Returns:
        Figure whose alt text says where the map stretches most, and what that does to
        the density.
    """
    z, p_z, x, p_x = (np.ravel(np.asarray(a)) for a in (z, p_z, x, p_x))
    result, (above, between, below) = figure(3, 1, size=size)
    below.plot(z, p_z, **MUTED_LINE)
    above.plot(x, p_x, label="density of z / slope of g", **FAKE_LINE)
    if samples is not None:
        label = f"{np.size(samples):,} samples"
        look = {"color": MUTED, "alpha": 0.35, "label": label}
        above.hist(np.ravel(samples), 80, density=True, **look)
    mass = np.cumsum(p_z) / np.sum(p_z)
    start = np.interp((np.arange(arrows) + 0.5) / arrows, mass, z)
    end = np.interp(start, z, x)
    between.plot([start, end], [0, 1], color=FAKE, lw=0.9)
    between.set(xticks=[], yticks=[], ylim=(0, 1))
    reach = (min(z[0], x.min()), max(z[-1], x.max()))
    for panel, name in ((above, "x = g(z)"), (between, None), (below, "noise z")):
        panel.set(xlim=reach, ylabel="density" if name else "g")
        panel.text(0.99, 0.8, name or "", transform=panel.transAxes, ha="right")
    above.set_ylim(0, 1.5 * max(above.get_ylim()[1], 1e-6))  # room for the legend
    above.legend(frameon=False, loc="upper left", ncols=2)
    stretch = np.gradient(x, z)
    k = stretch.argmax()
    at = round(float(z[k]), 2) + 0.0  # no minus sign before a zero
    return describe(
        result,
        f"Noise z below, samples x above, {arrows} lines of equal probability between "
        f"them. The map stretches most at z = {at:.2f}, by {stretch[k]:.1f}; there "
        f"the density goes from {p_z[k]:.3f} to {p_x[k]:.3f}.",
    )


def warped_grid(before, after, factors, *, size=(6.2, 4.4)) -> Figure:
    """Draw a square grid and its image under a map of the plane, to the same scale.

    Args:
        before: grid points, shape (rows, columns, 2).
        after: their images, the same shape.
        factors: area factors |det J| at the grid points, (rows, columns).
        size: inches.

    Returns:
        Figure whose alt text gives the range of the area factors.
    """
    before, after = np.asarray(before), np.asarray(after)
    factors = np.asarray(validate.positive(factors, "factors"))
    both = np.concatenate([before.reshape(-1, 2), after.reshape(-1, 2)])
    low, high = both.min(0) - 0.2, both.max(0) + 0.2
    result, axes = figure(1, 2, size=size)
    for panel, points, title in zip(
        axes, (before, after), ("z", "x = g(z)"), strict=True
    ):
        shade = panel.pcolormesh(
            *points.transpose(2, 0, 1), 1 / factors, shading="gouraud", cmap=SEQUENTIAL
        )
        for lines in (points, points.swapaxes(0, 1)):
            panel.plot(lines[..., 0], lines[..., 1], color="white", lw=0.7)
        panel.set(title=title, xlim=(low[0], high[0]), ylim=(low[1], high[1]))
        panel.set_aspect("equal")
    result.colorbar(shade, ax=axes, label="density changes by the factor 1 / |det J|")
    return describe(
        result,
        f"A grid of {before.shape[0]} by {before.shape[1]} points and its image, to "
        "the same scale. "
        f"Areas change by factors from {factors.min():.2f} to {factors.max():.2f}, and "
        f"densities by the inverse, from {1 / factors.max():.2f} to "
        f"{1 / factors.min():.2f}.",
    )


def pairings(x, y, partners: dict, *, size=None) -> Figure:
    """Draw two clouds, and the lines along which one is carried onto the other.

    Args:
        x: generated points, (N, 2).
        y: data, (M, 2).
        partners: name -> for each x the index of the y it travels to, (N,).
        size: inches.

    Returns:
        Figure whose alt text gives, for each panel, the mean distance and how many of
        the data points are reached.
    """
    validate.named(partners, "partners")
    x, y = (np.asarray(validate.points(a, n, dim=2)) for a, n in ((x, "x"), (y, "y")))
    result, axes = figure(1, len(partners), size=size or (3.1 * len(partners), 3.3))
    words = []
    for panel, (name, partner) in zip(np.ravel(axes), partners.items(), strict=True):
        ends = y[np.asarray(partner)]
        panel.plot(*np.stack([x, ends]).transpose(2, 0, 1), color=MUTED, lw=0.8)
        panel.scatter(*y.T, s=16, label="data", **REAL_POINTS)
        panel.scatter(*x.T, s=22, label="generated", **FAKE_POINTS)
        cost = np.linalg.norm(x - ends, axis=1).mean()
        panel.set(
            title=f"{name}: mean {cost:.2f}", xticks=[], yticks=[], aspect="equal"
        )
        words.append(
            f"{name}: mean distance {cost:.2f}, {len(np.unique(partner))} of {len(y)} "
            "data points reached."
        )
    handles, labels = panel.get_legend_handles_labels()
    result.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
    return describe(result, " ".join(words))
