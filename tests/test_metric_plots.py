"""Figures about metrics say in their alt text what the arrays hold."""

import numpy as np
import pytest

from gan_utils import metrics, plots

RNG = np.random.default_rng(0)


def test_extrapolations_give_both_ends():
    sets = tuple(RNG.normal(size=(2, 200, 1)))
    found = metrics.extrapolate(lambda a, b: 3 + 5 / len(a), sets, seeds=2)
    figure = plots.extrapolations({"a model": found}, ylabel="distance")
    assert 0 < len(figure.png()) <= 40_000
    assert "a model: 3.2 with 25 rows, 3 ± 0 with infinitely many" in figure.alt
    with pytest.raises(ValueError, match="found has 0"):
        plots.extrapolations({})


def test_balls_count_what_precision_and_recall_count():
    real, fake = RNG.normal(size=(40, 2)), RNG.normal(0.8, 1, size=(30, 2))
    scores = metrics.neighbours(real, fake, 3)
    figure = plots.balls(real, metrics.radii(real, 3), fake)
    assert 0 < len(figure.png()) <= 40_000
    assert f"{round(30 * scores.precision)} of 30 fakes" in figure.alt
    back = plots.balls(fake, metrics.radii(fake, 3), real, flip=True, limits=(-3, 3))
    assert f"{round(40 * scores.recall)} of 40 data" in back.alt
    with pytest.raises(ValueError, match="centres"):
        plots.balls(real[:, :1], np.ones(40), fake)
