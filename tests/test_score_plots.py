"""Figures of scores say in their alt text what the arrays hold."""

import numpy as np
import pytest

from gan_utils import metrics, plots

RNG = np.random.default_rng(0)
CLOUD = RNG.normal(size=(60, 2))


def test_a_scored_cloud_gives_every_score_with_its_yardstick():
    scores, floors = {"precision": 0.25, "density": 1.6}, {"precision": 0.9}
    floors["density"] = 1.02
    figure = plots.scored_cloud(CLOUD, CLOUD + 1, scores, floors, title="Moved")
    assert 0 < len(figure.png()) <= 40_000
    assert figure.alt.startswith("Moved. precision 0.25 (real data 0.9), density 1.6")
    assert "60 generated points around" in figure.alt
    bars = figure.axes[1]
    assert [bar.get_width() for bar in bars.patches] == [0.25, 1.6]
    assert bars.lines[0].get_xdata().tolist() == [0.9, 1.02]
    with pytest.raises(ValueError, match="without its yardstick"):
        plots.scored_cloud(CLOUD, CLOUD, scores, {"precision": 0.9})


def test_windows_give_the_best_width_of_each_set():
    x, sigmas = np.linspace(-3, 3, 31), np.array([0.1, 0.5, 2.0])
    centres, fresh = CLOUD[:40, :1], CLOUD[40:, :1]
    judged = {
        name: metrics.log_parzen(centres, points, sigmas).mean(1)
        for name, points in {"fresh data": fresh, "the samples": centres}.items()
    }
    curves = {"windows": np.exp(metrics.log_parzen(centres, x[:, None], [0.5])[0])}
    figure = plots.parzen_windows(x, curves, centres[:, 0], sigmas, judged, 0.5)
    assert 0 < len(figure.png()) <= 40_000
    assert "40 windows of width 0.5" in figure.alt
    for name, values in judged.items():
        best = f"width {sigmas[values.argmax()]:.2g}, {values.max():.2f} nats"
        assert f"{name} are most likely at {best}" in figure.alt
