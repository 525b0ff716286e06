"""Colours, marks and sizes that every figure of the course shares."""

from typing import NamedTuple

from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap

# Three hues of Okabe and Ito's colour-blind-safe set, and a grey that passes 4.5:1.
REAL = "#0072B2"  # blue: the data
FAKE = "#D55E00"  # orange: what the generator makes
CRITIC = "#009E73"  # green: the discriminator
MUTED = "#6E6E6E"  # grey: guides, references, everything in the background
FOURTH = "#A3427E"  # plum: one more function beside the three hues

SEQUENTIAL = "cividis"  # amounts, dark to light
DIVERGING = LinearSegmentedColormap.from_list(  # low is fake, high is real
    "fake_to_real", ["#A84300", "#F0B48A", "#FFFFFF", "#8ABFE0", "#005283"]
)

# Colour never works alone: a mark and a line style say the same thing.
REAL_POINTS = {"color": REAL, "marker": "o"}
FAKE_POINTS = {"color": FAKE, "marker": "x"}
REAL_LINE = {"color": REAL, "linestyle": "-"}
FAKE_LINE = {"color": FAKE, "linestyle": "--"}
CRITIC_LINE = {"color": CRITIC, "linestyle": "-."}
MUTED_LINE = {"color": MUTED, "linestyle": ":"}


class Style(NamedTuple):
    """The sizes of one setting in which figures are shown."""

    text: float  # tick labels and legends in points; titles are one larger
    lift: bool  # whether no text at all may be smaller
    scale: float  # factor on the size in inches, on lines and on marks
    width: float  # inches that a page has room for; a wider figure would be shrunk
    line: float  # line width in points, before scaling
    limit: int  # largest PNG in bytes


STYLES = {
    "notebook": Style(text=9, lift=False, scale=1.0, width=9.0, line=1.6, limit=40_000),
    "projector": Style(
        text=18, lift=True, scale=1.7, width=11.0, line=1.6, limit=160_000
    ),
}
THEMES = ("light", "dark")
_current = {"name": "notebook", "theme": "light"}


def use(name: str | None = None, theme: str | None = None) -> None:
    """Choose the setting of every figure made from here on.

    Args:
        name: "notebook" for a page, "projector" for a classroom (no text under 18 pt);
            None leaves it as it is.
        theme: "light", or "dark" for a JupyterLab with a dark theme; None likewise.

    Raises:
        ValueError: if there is no such setting.
    """
    if name is not None and name not in STYLES:
        hint = f" Did you mean theme={name!r}?" if name in THEMES else ""
        raise ValueError(f"name is {name!r}; expected one of {sorted(STYLES)}.{hint}")
    if theme is not None and theme not in THEMES:
        raise ValueError(f"theme is {theme!r}; expected one of {sorted(THEMES)}.")
    _current.update(name=name or _current["name"], theme=theme or _current["theme"])


def current() -> Style:
    """Return the style in use."""
    return STYLES[_current["name"]]


def theme() -> str:
    """Return the theme in use, "light" or "dark"."""
    return _current["theme"]


def context(style: Style):
    """Return a context in which matplotlib draws in the given style."""
    return rc_context(
        {
            "font.size": style.text + 1,
            "axes.titlesize": style.text + 1,
            "axes.labelsize": style.text + 1,
            "xtick.labelsize": style.text,
            "ytick.labelsize": style.text,
            "legend.fontsize": style.text,
            "figure.titlesize": style.text + 2,
            "lines.linewidth": style.line,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.linewidth": style.line / 2,
            "image.cmap": SEQUENTIAL,
        }
    )
