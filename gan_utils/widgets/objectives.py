"""Widgets of notebook 02: densities, prices and minima that move under a slider."""

from functools import cache

import numpy as np

from gan_utils import basins, data, descent, objectives, plots
from gan_utils.widgets.controls import choice, slider
from gan_utils.widgets.registry import registered
from gan_utils.widgets.slider_figure import Explorer, explore

LINE = np.linspace(-8.0, 8.0, 321)
SIDES = np.linspace(0.02, 0.98, 97)
STARTS = np.linspace(0.05, 0.95, 10)
UPDATES = 8000  # of the coin's forger


@registered
def best_critic() -> Explorer:
    """Explore the best discriminator while data and fakes move."""

    def draw(data_gap, fake_mean, fake_std):
        p = _density(data.mixture([-data_gap / 2, data_gap / 2], 0.7))
        q = _density(data.gaussian(fake_mean, fake_std))
        best = objectives.optimal_discriminator(p, q)
        worth = objectives.virtual_criterion(*(a / a.sum() for a in (p, q)))
        title = f"max over D of V = {worth:.3f}   (between −log 4 = −1.386 and 0)"
        return plots.critic_over_densities(LINE, p, q, best, title=title)

    return explore(
        draw,
        data_gap=slider(0.0, 6.0, 3.0, step=0.25, label="gap between the data's bumps"),
        fake_mean=slider(-5.0, 5.0, 0.0, step=0.1, label="mean of the fakes"),
        fake_std=slider(0.3, 3.0, 1.5, step=0.1, label="spread of the fakes"),
    )


@registered
def coin_forger() -> Explorer:
    """Explore which generator's loss leads a coin to the data, at the best D."""
    # The axis of steps is logarithmic, so the start counts as step 1.
    steps = np.unique(np.geomspace(1, UPDATES + 1, 200).astype(int))

    @cache
    def paths(loss, heads):
        path = descent.coin_path(descent.PRICES[loss], heads, STARTS, UPDATES)
        return np.asarray(path)[steps - 1]

    def draw(loss, heads):
        push = descent.coin_push(descent.PRICES[loss], heads, SIDES)
        path = paths(loss, heads)
        return plots.coin(SIDES, {loss: push}, steps, path, heads, title=loss)

    return explore(
        draw,
        loss=choice(list(descent.PRICES), "least squares (-1, 1, 0)"),
        heads=slider(0.1, 0.9, 0.3, step=0.05, label="data's share of heads"),
    )


@registered
def bad_minimum() -> Explorer:
    """Explore how three fakes leave a bad place, and what each objective says."""
    places = {str(k): k for k in range(3)}

    def draw(first, second, third):
        stages = basins.way_out((first, second, third))
        values = {
            "each sample alone": [basins.separable_value(a) for a in stages],
            "fixed pairs": [basins.paired_value(a) for a in stages],
            "pairs redrawn": [basins.redrawn_value(a) for a in stages],
        }
        return plots.escape(stages, values)

    return explore(
        draw,
        first=choice(places, 0, "fake 0 starts on data point"),
        second=choice(places, 0, "fake 1"),
        third=choice(places, 0, "fake 2"),
    )


def _density(distribution):
    return np.exp(np.asarray(distribution.log_prob(LINE[:, None]), dtype=float))
