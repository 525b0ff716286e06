"""Figures of runs say in words what their curves and clouds show."""

import numpy as np
import pytest

from gan_utils import plots
from gan_utils.plots.runs import WINDOWS, windows

RNG = np.random.default_rng(0)
FIELDS = ("d_loss", "g_loss", "d_real", "d_fake", "d_grad_norm", "g_grad_norm")


def history(steps):
    return {name: RNG.uniform(0.5, 2.0, steps) for name in FIELDS}


def small_enough(figure) -> bool:
    return 0 < len(figure.png()) <= 40_000


def test_windows_are_means_and_end_at_the_last_update():
    ends, means = windows(np.arange(1000.0))
    assert len(ends) == WINDOWS and ends[-1] == 1000
    np.testing.assert_allclose(means[:2], [8.0, 25.0])  # of 17 updates each
    ends, means = windows([3.0, 5.0])
    np.testing.assert_array_equal(ends, [1, 2])
    np.testing.assert_array_equal(means, [3.0, 5.0])


def test_the_sentence_of_curves_reads_as_people_write():
    figure = plots.run_curves(history(1000), title="1: what is it?")
    assert figure.alt.startswith("1: what is it? losses: D's: ")
    assert " at 1,000, lowest " in figure.alt and "e+0" not in figure.alt
    tall = plots.lines([1, 12_345], {"n": [999.7, 4_660]}).alt
    assert "n: 1,000 at 1, 4,660 at 12,345, " in tall


def test_run_curves_hides_the_samples_until_they_are_given():
    rows = history(300) | {"d_loss": np.linspace(1.4, 0.2, 300)}
    hidden = plots.run_curves(rows, title="A")
    assert small_enough(hidden) and len(hidden.axes) == 3
    assert "D's: 1.39" in hidden.alt and "generated" not in hidden.alt
    shown = plots.run_curves(rows, fake=RNG.normal(size=(50, 2)), title="A")
    assert small_enough(shown) and len(shown.axes) == 4
    assert "50 generated points" in shown.alt


@pytest.mark.parametrize("steps", [0, 1])
def test_a_run_that_ended_at_once_is_drawn(steps):
    assert small_enough(plots.run_curves(history(steps)))
    assert small_enough(plots.run_sheet({"A": history(steps)}))


def test_gradients_of_zero_are_drawn_on_a_plain_axis():
    rows = history(100) | {"g_grad_norm": np.zeros(100)}
    assert plots.run_curves(rows).axes[2].get_yscale() == "linear"
    assert plots.run_curves(history(100)).axes[2].get_yscale() == "log"


def test_a_short_logarithmic_axis_has_numbers_between_the_powers_of_ten():
    rows = history(100) | {"g_grad_norm": np.linspace(1, 8, 100)}
    panel = plots.run_curves(rows).axes[2]
    low, high = panel.get_ylim()
    seen = {t.get_text() for t in panel.get_yticklabels()}
    assert {"1", "2", "5"} <= seen and low < 1 and high > 5
    wide = plots.run_curves(rows | {"g_grad_norm": np.geomspace(1e-4, 8, 100)}).axes[2]
    assert "2" not in {t.get_text() for t in wide.get_yticklabels()}


def test_run_sheet_gives_the_ends_of_every_run():
    rows = {"A": history(200) | {"d_loss": np.full(200, 0.25)}, "B": history(70)}
    figure = plots.run_sheet(rows)
    assert small_enough(figure)
    assert "A: 200 updates, D's loss 0.25 to 0.25" in figure.alt
    assert "B: 70 updates" in figure.alt
    with pytest.raises(ValueError, match="number of histories is int 0"):
        plots.run_sheet({})


def test_the_panels_of_a_run_sheet_share_a_scale_and_name_what_leaves_it():
    rows = {"A": history(200), "B": history(70) | {"g_loss": np.linspace(1, 8, 70)}}
    free, tight = plots.run_sheet(rows), plots.run_sheet(rows, limits=(0, 3))
    assert free.axes[0].get_ylim() == free.axes[1].get_ylim()
    assert free.axes[0].get_ylim()[1] > 8 and not free.axes[1].texts
    assert tight.axes[1].get_ylim() == (0, 3)
    assert [text.get_text() for text in tight.axes[1].texts] == ["↑ 8"]
    guides = [line.get_ydata()[0] for line in tight.axes[0].lines[::2]]
    np.testing.assert_allclose(guides, [2 * np.log(2), np.log(2)])


def test_a_run_sheet_shows_logits_with_a_line_at_0():
    figure = plots.run_sheet({"A": history(50)}, what="logits", title="She is sure")
    assert figure.alt.startswith("She is sure. Logits of 1 runs. A: 50 updates, on da")
    assert [line.get_ydata()[0] for line in figure.axes[0].lines[::2]] == [0, 0]
    with pytest.raises(ValueError, match="expected 'losses' or 'logits'"):
        plots.run_sheet({"A": history(50)}, what="samples")


def test_cloud_sheet_describes_every_cloud():
    clouds = {"tight": RNG.normal(size=(40, 2)) * 0.01, "wide": RNG.normal(size=(9, 2))}
    figure = plots.cloud_sheet(clouds, RNG.normal(size=(300, 2)))
    assert small_enough(figure)
    assert "tight: 40 generated points" in figure.alt and "wide: 9" in figure.alt
