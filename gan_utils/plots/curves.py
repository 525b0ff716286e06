"""Curves over training: losses and logits of one run, or bands over an ensemble."""

import numpy as np

from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import CRITIC_LINE, FAKE_LINE, MUTED_LINE, REAL_LINE

PANELS = (("d_loss", "g_loss"), ("d_real", "d_fake"))
NAMES = {
    "d_loss": ("discriminator's loss", CRITIC_LINE),
    "g_loss": ("generator's loss", FAKE_LINE),
    "d_real": ("logit on data", REAL_LINE),
    "d_fake": ("logit on fakes", FAKE_LINE),
    "penalty": ("penalty", MUTED_LINE),
    "d_grad_norm": ("discriminator's gradient", CRITIC_LINE),
    "g_grad_norm": ("generator's gradient", FAKE_LINE),
}
TITLES = {
    "loss": "losses",
    "real": "logits",
    "fake": "logits",
    "norm": "gradient norms",
}


def curves(history, panels=PANELS, *, log=False, band=(0.1, 0.9), size=None) -> Figure:
    """Draw a run's curves; an ensemble is drawn as its median in a band of quantiles.

    Args:
        history: what `train` returns, or a dict of arrays; each (steps,) or (steps,
            members).
        panels: for each panel the names of its fields.
        log: logarithmic vertical axes.
        band: quantiles of the band over the members.
        size: inches.

    Returns:
        Figure whose alt text gives each curve's start and end (mean of a tenth).

    Raises:
        ValueError: if the history lacks a field.
    """
    panels = [(names,) if isinstance(names, str) else names for names in panels]
    result, axes = figure(1, len(panels), size=size or (4.2 * len(panels), 2.9))
    words = []
    for panel, names in zip(np.ravel(axes), panels, strict=True):
        for name in names:
            words.append(_draw(panel, history, name, band))
        panel.set(xlabel="step", title=TITLES.get(names[0].split("_")[-1], ""))
        panel.set_yscale("log" if log else "linear")
        if any(line.get_xdata().size for line in panel.lines):
            panel.legend()
    words.append("Starts and ends are means of the first and the last tenth.")
    return describe(result, " ".join(words))


def _draw(axes, history, name: str, band) -> str:
    """Draw one field and return its sentence."""
    label, line = NAMES.get(name, (name.replace("_", " "), MUTED_LINE))
    values = _field(history, name)
    if len(values) == 0:
        return f"{label.capitalize()}: no steps yet."
    first = int(getattr(history, "first_step", 0))
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
    change = f"from {start:.3g} to {end:.3g} by step {steps[-1]:.0f}"
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
    """Average blocks of neighbouring steps, so that at most `most` points are drawn."""
    block = -(-len(values) // most)
    ends = np.arange(0, len(values), block)
    sizes = np.diff(np.append(ends, len(values)))
    sizes = sizes.reshape(-1, *[1] * (values.ndim - 1))
    return steps[ends], np.add.reduceat(values, ends) / sizes
