"""What eigenvalues do: points beside the unit circle, and the curves that they make."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.lines import LOOKS, require_looks
from gan_utils.plots.style import MUTED

MOST = 4  # eigenvalues in one figure


def wobbles(values: dict, *, updates: int = 60, title="") -> Figure:
    """Draw eigenvalues of an update in the plane, and beside each its wobbling curve.

    An eigenvalue mu multiplies, at every update, a height by its size and turns it by
    its angle: after n updates the curve stands at the real part of mu to the power n.

    Args:
        values: label -> complex number; at most four. Of a label such as "A: fades" the
            plane shows what stands before the colon.
        updates: length of the curves, 1 or more.
        title: text over the plane.

    Returns:
        Figure whose alt text gives each one's factor, its turn in degrees, and how high
        its curve still swings at the end.

    Raises:
        ValueError: when there are no values, more than four, or one is not finite.
    """
    require_looks(values, "values", MOST)
    validate.count(updates, "updates", minimum=1)
    result, axes = figure(len(values), 2, size=(8.2, max(3.6, 1.15 * len(values))))
    plane, curves = _one_plane(result, np.reshape(axes, (-1, 2)))
    words = []
    for (label, value), look, panel in zip(values.items(), LOOKS, curves, strict=False):
        value = complex(validate.finite(np.complex128(value), label))
        _draw_point(plane, label, value, look["color"])
        _draw_curve(panel, label, value, updates, look["color"])
        words.append(_sentence(label, value, updates))
    for panel in curves[:-1]:
        panel.set_xticklabels([])
    curves[-1].set_xlabel("update")
    plane.set(xlabel="real part", ylabel="imaginary part", title=title, aspect="equal")
    plane.set(xlim=(-1.35, 1.35), ylim=(-1.35, 1.35))
    return describe(result, " ".join(words))


def _one_plane(result, axes):
    """Join the left panels into one."""
    grid = axes[0, 0].get_gridspec()
    for panel in axes[:, 0]:
        panel.remove()
    return result.add_subplot(grid[:, 0]), list(axes[:, 1])


def _draw_point(plane, label: str, value: complex, color) -> None:
    if not plane.lines:
        angle = np.linspace(0, 2 * np.pi, 200)
        plane.plot(np.cos(angle), np.sin(angle), color=MUTED, lw=1)
        plane.plot([0], [0], "+", color="black", ms=9)
    for twin in {value, value.conjugate()}:
        plane.plot([0, twin.real], [0, twin.imag], color=color, lw=1, alpha=0.5)
        plane.plot([twin.real], [twin.imag], "o", color=color, ms=7)
    beside = {"xytext": (8, 4), "textcoords": "offset points", "weight": "bold"}
    plane.annotate(_mark(label), (value.real, abs(value.imag)), color=color, **beside)


def _mark(label: str) -> str:
    """Return what stands before a colon, for the plane; the curve has it all."""
    mark, colon, _ = label.partition(":")
    return mark if colon else ""


def _draw_curve(panel, label: str, value: complex, updates: int, color) -> None:
    n = np.arange(updates + 1)
    size = abs(value) ** n
    panel.fill_between(n, -size, size, color=MUTED, alpha=0.12, lw=0)
    panel.plot(n, (value**n).real, color=color)
    panel.axhline(0, color=MUTED, lw=0.8, ls=":")
    reach = 1.15 * max(1.0, size.max())
    ticks = [-1, 0, 1] if reach < 2 else [0, round(size.max())]  # others would touch
    panel.set(ylim=(-reach, reach), yticks=ticks, xlim=(0, updates))
    panel.set_title(label, color=color, loc="left", weight="bold", pad=2)


def _sentence(label: str, value: complex, updates: int) -> str:
    factor, turn = abs(value), abs(np.degrees(np.angle(value)))
    return (
        f"{label}: factor {factor:.3g} and {turn:.3g} degrees at every update; swings "
        f"{factor**updates:.2g} high after {updates} updates."
    )
