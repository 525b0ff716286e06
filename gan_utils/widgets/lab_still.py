"""A laboratory's moment as a still figure, for pages where nothing can move."""

import numpy as np

from gan_utils import plots
from gan_utils.lab import Frame

SHOWN, ARROWS = 300, 50  # points of each kind, and arrows: a still has no room for more


def still(frame: Frame) -> plots.Figure:
    """Draw one moment: the plane with both players and the arrows, or curves on a line.

    Args:
        frame: the moment.

    Returns:
        Figure whose alt text is the frame's sentence and what the picture adds.
    """
    title = f"step {frame.step:,}"
    if frame.curves is not None:
        return _curves(frame)
    share = np.clip(frame.heat, 1e-4, 1 - 1e-4)
    logits = np.log(share / (1 - share)).ravel()
    real, fake = frame.real[:SHOWN], np.nan_to_num(frame.fake[:SHOWN])
    origin, vector = frame.arrows.origin[:ARROWS], frame.arrows.vector[:ARROWS]
    arrows = {title: (origin, vector)}
    look = {"limits": frame.view[:2], "size": (5, 4), "arrows": arrows, "border": True}
    figure = plots.duel({title: (fake, logits)}, real, **look)
    return plots.describe(figure, f"The lab, {frame.sentence}. {figure.alt}")


def _curves(frame: Frame) -> plots.Figure:
    curves = frame.curves
    seen = (curves.x, curves.p, curves.q, curves.best, curves.d)
    figure = plots.critic_over_densities(*seen, title=f"step {frame.step:,}")
    return plots.describe(figure, f"The lab, {frame.sentence}. {figure.alt}")
