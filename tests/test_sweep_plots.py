"""Figures of sweeps say in words what their maps and curves show."""

import numpy as np
import pytest

from gan_utils import metrics, plots

X, Y = np.geomspace(1e-4, 1e-2, 3), np.array([0.1, 1.0])


def small_enough(figure) -> bool:
    return 0 < len(figure.png()) <= 40_000


def test_phase_diagram_puts_x_across_and_names_the_extremes():
    values = np.arange(6.0).reshape(3, 2)
    values[0, 1] = np.nan
    figure = plots.phase_diagram(values, X, Y, xlabel="lr", ylabel="gamma", label="KL")
    assert small_enough(figure)
    assert "Highest 5 at lr 0.01, gamma 1" in figure.alt
    assert "lowest 0 at lr 0.0001, gamma 0.1" in figure.alt
    assert "17% of the cells" in figure.alt
    drawn = figure.axes[0].collections[0].get_array()
    assert drawn.shape == (2, 3) and drawn[1, 2] == 5 and drawn.mask[1, 0]


def test_settings_are_written_as_they_are():
    batches, rates = [64, 128, 1024], [0.101, 0.125]
    values = np.arange(6.0).reshape(3, 2)
    figure = plots.phase_diagram(values, batches, rates, xlabel="batch", ylabel="rate")
    assert "Highest 5 at batch 1024, rate 0.125; lowest 0 at batch 64" in figure.alt
    ticks = [text.get_text() for text in figure.axes[0].get_xticklabels()]
    assert ticks == ["64", "128", "1024"]
    ticks = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert ticks == ["0.101", "0.125"]


def test_infinite_cells_are_no_extremes():
    values = [[1.0, np.inf], [-np.inf, 2.0], [3.0, np.nan]]
    alt = plots.phase_diagram(values, X, Y, xlabel="lr", ylabel="gamma").alt
    assert "Highest 3 at lr 0.01" in alt and "lowest 1 at lr 0.0001" in alt
    assert "50% of the cells" in alt


def test_survival_bands_are_wilsons():
    alive = np.ones((10, 2))
    alive[:4, 1] = 0
    figure = plots.survival([10, 20], {"plain": alive, "R1": np.ones((10, 2))})
    assert small_enough(figure)
    assert "plain: 60% of 10 runs; R1: 100% of 10 runs" in figure.alt
    band = figure.axes[0].collections[0].get_paths()[0].vertices
    rate = metrics.success_rate(alive[:, 1])
    at_end = band[band[:, 0] == 20, 1]
    np.testing.assert_allclose([at_end.min(), at_end.max()], [rate.low, rate.high])


def test_a_map_without_names_says_so():
    alt = plots.phase_diagram(np.ones((3, 2)), X, Y).alt
    assert "Map of a number over 3 values of x and 2 of y" in alt


def test_limits_may_be_an_array_and_hide_no_number_from_a_logarithm():
    values, limits = np.ones((3, 2)), np.array([0.1, 1.0])
    image = plots.phase_diagram(values, X, Y, limits=limits).axes[0].collections[0]
    assert image.get_clim() == (0.1, 1.0)
    with pytest.raises(ValueError, match="lowest value or limit is 0; expected"):
        plots.phase_diagram(0 * values, X, Y, log=True, limits=limits)


def test_bad_arrays_are_refused():
    with pytest.raises(ValueError, match="transposed"):
        plots.phase_diagram(np.ones((2, 3)), X, Y)
    with pytest.raises(ValueError, match="no finite"):
        plots.phase_diagram(np.full((3, 2), np.nan), X, Y)
    with pytest.raises(ValueError, match="one column for each step"):
        plots.survival([1, 2, 3], {"a": np.ones((4, 2))})
    with pytest.raises(ValueError, match="expected numbers above 0"):
        plots.phase_diagram(np.zeros((3, 2)), X, Y, log=True)
    with pytest.raises(ValueError, match="one run or more"):
        plots.survival([1, 2], {"a": np.ones((0, 2))})
    with pytest.raises(ValueError, match="expected true or false"):
        plots.survival([1, 2], {"a": np.full((4, 2), np.nan)})
