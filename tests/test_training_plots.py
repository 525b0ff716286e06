"""Figures of the training loop say what their arrays hold; algorithm 1 is graded."""

import itertools

import jax
import numpy as np
import pytest

from gan_utils import data, plots, widgets
from gan_utils.widgets.training import LINES, RULES, grade_order

RNG = np.random.default_rng(0)


def small_enough(figure) -> bool:
    return 0 < len(figure.png()) <= 40_000


def test_pseudocode_marks_the_wrong_lines():
    figure = plots.pseudocode(["first", "second"], [1], "Swap them.")
    assert small_enough(figure)
    assert "2. second (wrong place)" in figure.alt and "Swap them." in figure.alt
    assert "wrong" not in plots.pseudocode(["first"], [], "Right.").alt


def test_speeds_gives_medians_and_factors():
    figure = plots.speeds({"slow": [1.0, 2.0, 9.0], "fast": [0.01, 0.02, 0.02]})
    assert small_enough(figure)
    assert "slow: 2 s;" in figure.alt
    assert "fast: 0.02 s 100 times as fast" in figure.alt
    with pytest.raises(ValueError, match=r"seconds\['a'\]"):
        plots.speeds({"a": [0.0, 1.0]})


def test_by_setting_counts_runs_in_the_goal():
    runs = {"a": np.array([0.1, 0.5, 0.9]), "b": np.array([0.8, 0.85])}
    figure = plots.by_setting(runs, xlabel="quality", goal=(0.4, 1.0))
    assert small_enough(figure)
    assert "a: median 0.5, 0.1 to 0.9, 2 of 3 runs in the zone" in figure.alt
    assert "zone" not in plots.by_setting(runs).alt


def test_wall_names_the_failures():
    samples = RNG.normal(size=(7, 30, 2))
    figure = plots.wall(samples, np.arange(7) != 4, columns=3)
    assert small_enough(figure)
    assert "6 succeeded" in figure.alt and "[4]" in figure.alt
    assert "failures" not in plots.wall(samples, np.ones(7, bool)).alt


def test_wall_lays_a_disc_of_three_widths_under_every_mode():
    ring = data.ring(modes=8, std=0.05)
    look = {"columns": 2, "limits": (-2, 2), "mixture": ring}
    figure = plots.wall(np.zeros((2, 5, 2)), [True, False], **look)
    left, right = figure.axes[0].collections
    np.testing.assert_allclose(left.get_widths(), 6 * 0.05 * 0.9 / 4)
    inside = (right.get_offsets() - [1.05, 0.05]) / 0.9 * 4 - 2
    np.testing.assert_allclose(inside, ring.modes, atol=1e-6)


def test_duel_measures_both_players():
    cells = len(plots.grid_of((-2, 2)))
    real = RNG.normal(size=(50, 2))
    moments = {
        "start": (real + 5.0, np.zeros(cells)),
        "end": (real, np.full(cells, 100.0)),
    }
    figure = plots.duel(moments, real)
    assert small_enough(figure)
    assert "mean |D - 1/2| 0.00; end: " in figure.alt
    assert "nearest datum 0.00, mean |D - 1/2| 0.50" in figure.alt


def test_a_duel_shows_arrows_to_scale_and_the_border_of_the_discriminator():
    grid = np.asarray(plots.grid_of((-2, 2)))
    fake, wish = np.zeros((4, 2)), np.array([[1, 0], [0, 2], [0, 1], [np.nan, 1]])
    moments = {"now": (fake, grid[:, 0])}  # D = 1/2 on the vertical axis
    look = {"arrows": {"now": (fake, wish)}, "border": True}
    figure = plots.duel(moments, fake, **look)
    assert "green where D = 1/2, 3 arrows of mean length 1.3" in figure.alt
    panel = figure.axes[0]
    bare = plots.duel(moments, fake).axes[0]
    new = [c for c in panel.collections if type(c).__name__ == "Quiver"]
    assert len(panel.collections) == len(bare.collections) + 2
    assert len(new) == 1 and new[0].N == 3  # the arrow that is no number is left out
    assert np.hypot(new[0].U, new[0].V).max() == pytest.approx(0.5, rel=0.15)
    border = next(c for c in panel.collections if hasattr(c, "levels"))
    assert np.abs(border.get_paths()[0].vertices[:, 0]).max() < 0.05
    nothing = {"now": (fake[:0], wish[:0])}
    plots.duel(moments, fake, arrows=nothing)


def test_rows_names_every_row():
    images = np.clip(RNG.normal(size=(5, 8, 8, 1)), -1, 1)
    figure = plots.rows({"made": images, "near": -images}, columns=4)
    assert small_enough(figure)
    assert "made: 4 images" in figure.alt and "near: 4 images" in figure.alt


def test_order_is_right_exactly_when_every_rule_holds():
    for order in map("".join, itertools.permutations(LINES)):
        holds = all(order.index(a) < order.index(b) for a, b, _ in RULES)
        wrong, verdict = grade_order(order)
        assert (not wrong) == holds == verdict.startswith("Right")
    assert grade_order("acdfeb")[0] == []


def test_order_with_a_missing_line():
    wrong, verdict = grade_order("aabcde")
    assert wrong == [1] and "Line f is missing" in verdict


def test_widget_starts_shuffled_and_can_be_solved():
    puzzle = widgets.algorithm_one()
    assert "(wrong place)" in puzzle.figure().alt
    puzzle.set(**dict(zip(puzzle.controls, "acdfeb", strict=True)))
    assert "Right" in puzzle.figure().alt
    assert jax.tree.leaves(puzzle.values) == list("acdfeb")
