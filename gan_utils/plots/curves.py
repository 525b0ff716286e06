"""Curves over training: losses and logits of one run, or bands over an ensemble."""

import numpy as np

from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import CRITIC_LINE, FAKE_LINE, MUTED_LINE, REAL_LINE

PANELS = (("d_loss", "g_loss"), ("d_real", "d_fake"))
NAMES = {  # field: what it is called, the title of its panel, its line
    "d_loss": ("discriminator's loss", "losses", CRITIC_LINE),
    "g_loss": ("generator's loss", "losses", FAKE_LINE),
    "d_real": ("logit on data", "logits", REAL_LINE),
    "d_fake": ("logit on fakes", "logits", FAKE_LINE),
    "penalty": ("penalty", "", MUTED_LINE),
    "d_grad_norm": ("discriminator's gradient", "gradient norms", CRITIC_LINE),
    "g_grad_norm": ("generator's gradient", "gradient norms", FAKE_LINE),
}


def curves(history, panels=PANELS, *, log=False, band=(0.1, 0.9), size=None) -> Figure:
    """Draw a run's curves; an ensemble is drawn as its median in a band of quantiles.

    Args:
        history: what `train` returns, or a dict of arrays; each (steps,) or (steps,
            members).
        panels: for each panel the name of its field, or the names of its fields.
        log: logarithmic vertical axes.
        band: quantiles of the band over the members.
        size: inches.

    Returns:
        Figure whose alt text gives each curve's start and end (mean of a tenth).

    Raises:
        ValueError: if the history lacks a field, or a panel has none.
    """
    panels = _named(panels)
    result, axes = figure(1, len(panels), size=size or (4.2 * len(panels), 2.9))
    words = []
    for panel, names in zip(np.ravel(axes), panels, strict=True):
        for name in names:
            words.append(_draw(panel, history, name, band))
        panel.set(xlabel="step", title=_called(names[0])[1])
        panel.set_yscale("log" if log else "linear")
        if any(line.get_xdata().size for line in panel.lines):
            panel.legend()
    words.append("Starts and ends are means of the first and the last tenth.")
    return describe(result, " ".join(words))


def _named(panels) -> list[tuple[str, ...]]:
    """Return the names of every panel's fields."""
    if isinstance(panels, str) or not len(panels) or not all(map(len, panels)):
        raise ValueError(
            f"panels is {panels!r}; expected for each panel the names of its fields, "
            "such as [('d_loss', 'g_loss'), 'penalty']. Likely cause: one name without "
            "brackets around it, or no name at all."
        )
    return [(names,) if isinstance(names, str) else tuple(names) for names in panels]


def _called(name: str) -> tuple:
    return NAMES.get(name, (name.replace("_", " "), "", MUTED_LINE))


def _draw(axes, history, name: str, band) -> str:
    """Draw one field and return its sentence."""
    label, _, line = _called(name)
    values = _field(history, name)
    if len(values) == 0:
        return f"{label.capitalize()}: no steps yet."
    first = int(getattr(history, "first_step", 0))
    last = first + len(values) - 1
    steps, values = _thin(first + np.arange(len(values)), values)
    middle, members = values, ""
    if values.ndim == 2:
        middle = np.nanmedian(values, axis=1)
        low, high = np.nanquantile(values, band, axis=1)
        axes.fill_between(steps, low, high, color=line["color"], alpha=0.2, lw=0)
        members = f" (median of {values.shape[1]} runs)"
    axes.plot(steps, middle, label=label, **line)
    tenth = max(1, len(middle) // 10)
    start, end = np.nanmean(middle[:tenth]), np.nanmean(middle[-tenth:])
    change = f"from {start:.3g} to {end:.3g} by step {last}"
    return f"{label.capitalize()}{members} goes {change}."


def _field(history, name: str) -> np.ndarray:
    try:
        values = history[name] if isinstance(history, dict) else getattr(history, name)
    except (KeyError, AttributeError) as error:
        raise ValueError(
            f"history has no {name!r}; expected a history of train or a dict with it."
        ) from error
    values = np.asarray(values, dtype=float)
    if values.ndim not in (1, 2):
        raise ValueError(
            f"history.{name} has shape {values.shape}; expected (steps,) or "
            "(steps, members)."
        )
    return values


def _thin(steps, values, most: int = 250):
    """Average blocks of neighbouring steps, so that at most `most` points are drawn.

    Each average stands at its block's first step.
    """
    block = -(-len(values) // most)
    starts = np.arange(0, len(values), block)
    sizes = np.diff(np.append(starts, len(values)))
    sizes = sizes.reshape(-1, *[1] * (values.ndim - 1))
    return steps[starts], np.add.reduceat(values, starts) / sizes
