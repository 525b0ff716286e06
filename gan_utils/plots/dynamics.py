"""Stability: eigenvalues of updates beside the unit circle, and what a cure damps."""

import numpy as np

from gan_utils import validate
from gan_utils.numerics import beside_one
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.games import draw_field, draw_path
from gan_utils.plots.lines import LOOKS, draw_lines, require_looks
from gan_utils.plots.style import FAKE, MUTED, REAL

BESIDE_1 = 1e-6  # a size that float32 cannot tell from 1: what an update leaves alone


def stability(points, arrows, paths: dict, values: dict, *, title="") -> Figure:
    """Draw a field with paths, and the eigenvalues of updates beside the unit circle.

    Args:
        points: where the arrows stand, shape (..., 2).
        arrows: velocities there, the same shape.
        paths: label -> positions, shape (steps + 1, 2); none to six.
        values: label -> eigenvalues of one update, shape (n,), or None where there are
            none.
        title: text over the field.

    Returns:
        Figure whose alt text gives distances and the size of each largest eigenvalue.

    Raises:
        ValueError: as `portrait`.
    """
    require_looks(paths, "paths", least=0)
    validate.named(values, "values")
    result, (left, right) = figure(1, 2, size=(8.2, 4.1))
    draw_field(left, points, arrows)
    _draw_unit_circle(right)
    words, sizes = [], []
    for (label, path), look in zip(paths.items(), LOOKS, strict=False):
        path = draw_path(left, label, path, look, lw=1.3)
        ends = [float(f"{np.linalg.norm(path[i]):.3g}") for i in (0, -1)]
        words.append(f"{label}: distance {ends[0]:g} at first, {ends[1]:g} at last")
        sizes.append(_draw_values(right, label, values[label], look))
        words[-1] += f", {sizes[-1]}"
    for label in values.keys() - paths.keys():  # eigenvalues of what nobody followed
        sizes.append(_draw_values(right, label, values[label], LOOKS[0]))
        words.append(f"{label}: {sizes[-1]}")
    left.set(xlabel="theta", ylabel="psi", title=title)
    right.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5), aspect="equal")
    right.set(xlabel="real part", ylabel="imaginary part", title="; ".join(sizes))
    handles = left.get_legend_handles_labels()
    result.legend(*handles, loc="outside lower center", ncols=3, frameon=False)
    return describe(result, f"{title}. " * bool(title) + f"{'; '.join(words)}.")


def damping(strengths, sizes: dict, strength, distances: dict, *, title="") -> Figure:
    """Draw how a cure's strength sets the largest eigenvalue, and one strength's path.

    Args:
        strengths: values of the constant, rising, shape (N,).
        sizes: label -> size of the update's largest eigenvalue, shape (N,).
        strength: the value whose path is drawn; marked on the left.
        distances: label -> distance from the origin at every step, shape (steps + 1,).
        title: text over the left panel.

    Returns:
        Figure whose alt text gives where each curve is lowest and how each path ends.

    Raises:
        ValueError: as `lines`.
    """
    require_looks(distances, "distances")
    validate.named(sizes, "sizes")
    result, (left, right) = figure(1, 2, size=(8.2, 3.7))
    draw_lines(left, strengths, sizes)
    left.axhline(1, color=MUTED, lw=1)
    left.axvline(strength, color="black", lw=1)
    left.set(xlabel="strength", ylabel="largest |eigenvalue|", title=title)
    words = []
    for (label, values), look in zip(distances.items(), LOOKS, strict=False):
        values = np.clip(np.asarray(values, float), 1e-12, 1e12)
        right.plot(values, **look)
        curve = np.asarray(sizes[label], float)
        words.append(
            f"{label}: the largest eigenvalue is smallest, {curve.min():.3g}, at "
            f"strength {strengths[curve.argmin()]:.2g}; distance {values[0]:.3g} at "
            f"first, {values[-1]:.2g} after {len(values) - 1} steps"
        )
    right.set(yscale="log", xlabel="step", title="distance from the origin")
    handles = left.get_legend_handles_labels()
    result.legend(*handles, loc="outside lower center", ncols=3, frameon=False)
    return describe(result, f"{title}. " * bool(title) + f"{'. '.join(words)}.")


def eigenvalue_map(spectra: dict, *, title="") -> Figure:
    """Draw eigenvalues of updates in the complex plane, beside the unit circle.

    Args:
        spectra: label -> complex eigenvalues, shape (n,); at most two.
        title: text.

    Returns:
        Figure whose alt text gives each largest size and the share outside the circle.
        What an update leaves alone has size 1 up to rounding, and is not outside.

    Raises:
        ValueError: when there are no spectra, more than two, or one without finite
            eigenvalues.
    """
    require_looks(spectra, "spectra", most=2)
    result, axes = figure(size=(4.4, 4.0))
    _draw_unit_circle(axes)
    words, looks = [], ({"color": REAL, "marker": "o"}, {"color": FAKE, "marker": "x"})
    for (label, values), look in zip(spectra.items(), looks, strict=False):
        values = np.ravel(np.asarray(values, complex))
        if not values.size or not np.isfinite(values).all():
            raise ValueError(
                f"spectra[{label!r}] holds {values.size} numbers, "
                f"{np.isfinite(values).sum()} of them finite; expected finite "
                "eigenvalues. Likely cause: a game that jumps, or a run that diverged."
            )
        axes.scatter(values.real, values.imag, s=18, label=label, **look)
        sizes = np.abs(values)
        outside = (sizes > 1 + BESIDE_1).mean()
        words.append(
            f"{label}: largest size {sizes.max():.4g}, {outside:.0%} of {len(values)} "
            "outside the unit circle"
        )
    axes.set(xlabel="real part", ylabel="imaginary part", title=title, aspect="equal")
    result.legend(loc="outside lower center", ncols=2, frameon=False)
    return describe(result, f"Eigenvalues of an update. {'; '.join(words)}.")


def _draw_unit_circle(axes) -> None:
    angle = np.linspace(0, 2 * np.pi, 200)
    axes.plot(np.cos(angle), np.sin(angle), color=MUTED, lw=1)


def _draw_values(axes, label: str, values, look) -> str:
    """Draw eigenvalues and return the largest one's size in words."""
    if values is None:
        return "no eigenvalue at the centre"
    values = np.asarray(values, complex)
    axes.plot(values.real, values.imag, "D", color=look["color"], ms=6, mfc="none")
    size = np.abs(values).max()
    return f"largest size {beside_one(size)}"
