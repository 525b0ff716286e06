"""Figures of the Dirac-GAN say in words where paths end and what eigenvalues do."""

import numpy as np
import pytest

from gan_utils import games, plots

POINTS = games.lattice(2.0, 5)
ARROWS = np.stack([-POINTS[..., 1], POINTS[..., 0]], -1)
INWARD = np.linspace(1, 0.1, 9)[:, None] * np.array([[1.0, 0.0]])
CIRCLE = np.stack([np.cos(np.arange(9.0)), np.sin(np.arange(9.0))], -1)


def small_enough(figure) -> bool:
    return 0 < len(figure.png()) <= 40_000


def test_portraits_say_where_every_path_ends():
    panels = {
        f"method {n}": (ARROWS, {"settles": INWARD, "circles": CIRCLE})
        for n in range(5)
    }
    figure = plots.portraits(POINTS, panels, columns=3)
    assert small_enough(figure)
    assert "method 3: settles 0.1, circles 1" in figure.alt
    assert sum(axes.get_visible() for axes in figure.axes) == 5


def test_stability_names_the_largest_eigenvalue_or_its_absence():
    paths = {"settles": INWARD, "circles": CIRCLE}
    values = {"settles": np.array([0.6 + 0.3j, 0.6 - 0.3j]), "circles": None}
    figure = plots.stability(POINTS, ARROWS, paths, values, title="a game")
    assert small_enough(figure)
    assert "settles: distance 1 at first, 0.1 at last" in figure.alt
    assert "largest size 0.6708" in figure.alt
    assert "circles: distance 1 at first, 1 at last, no eigenvalue" in figure.alt


def test_damping_names_the_best_strength():
    strengths = np.linspace(0, 2, 5)
    sizes = {"together": np.array([1.1, 0.9, 0.8, 0.95, 1.2])}
    figure = plots.damping(strengths, sizes, 0.5, {"together": [2.0, 1.0, 0.5]})
    assert small_enough(figure)
    assert "smallest, 0.8, at strength 1;" in figure.alt
    assert "distance 2 at first, 0.5 after 2 steps" in figure.alt


def test_a_path_must_lie_in_the_plane():
    with pytest.raises(ValueError, match="settles"):
        plots.portraits(POINTS, {"a": (ARROWS, {"settles": np.ones((4, 3))})})


def test_wobbles_say_what_each_eigenvalue_does():
    values = {"A: goes on": np.exp(0.5j), "B: sinks": 0.9 + 0j}
    figure = plots.wobbles(values, updates=20)
    assert small_enough(figure)
    assert "A: goes on: factor 1 and 28.6 degrees at every update" in figure.alt
    assert "B: sinks: factor 0.9 and 0 degrees" in figure.alt
    assert "swings 0.12 high after 20 updates" in figure.alt  # 0.9**20


def test_a_wobble_is_the_real_part_of_a_power():
    figure = plots.wobbles({"B: fades": 0.95 * np.exp(0.4j)}, updates=10)
    drawn = [line.get_ydata() for p in figure.axes for line in p.lines]
    expected = [0.95**n * np.cos(0.4 * n) for n in range(11)]
    assert any(len(y) == 11 and np.allclose(y, expected, atol=1e-12) for y in drawn)


@pytest.mark.parametrize("values", [{}, dict.fromkeys("abcde", 1j), {"a": np.nan}])
def test_wobbles_want_one_to_four_finite_numbers(values):
    with pytest.raises(ValueError, match=r"values|finite"):
        plots.wobbles(values)


def test_eigenvalue_map_counts_what_lies_outside():
    figure = plots.eigenvalue_map({"GAN": [1.1, 0.5j], "R1": [0.9, 0.2]})
    assert small_enough(figure)
    assert "GAN: largest size 1.1, 50% of 2 outside" in figure.alt
    assert "R1: largest size 0.9, 0% of 2 outside" in figure.alt


def test_what_an_update_leaves_alone_is_not_outside():
    """Beside 1 by float32's rounding; of two seeds, an axis more."""
    neutral = np.float32([[1 + 2e-7, 1 - 2e-7], [1, 1.01]])
    alt = plots.eigenvalue_map({"GAN": neutral}).alt
    assert "25% of 4 outside" in alt


def test_spectra_without_numbers_are_refused():
    with pytest.raises(ValueError, match=r"\['a'\] holds 0 numbers"):
        plots.eigenvalue_map({"a": []})
    with pytest.raises(ValueError, match="spectra has 0 entries"):
        plots.eigenvalue_map({})


SEVEN = {f"path {n}": INWARD for n in range(7)}
VALUES = dict.fromkeys(SEVEN, np.array([0.9]))


@pytest.mark.parametrize(
    "draw, words",
    [
        (lambda: plots.portrait(POINTS, ARROWS, SEVEN), "paths has 7 entries"),
        (lambda: plots.portrait(POINTS, ARROWS, {}), "paths has 0 entries"),
        (lambda: plots.portraits(POINTS, {"a": (ARROWS, SEVEN)}), "paths has 7"),
        (lambda: plots.portraits(POINTS, {}), "panels is dict {}"),
        (lambda: plots.stability(POINTS, ARROWS, SEVEN, VALUES), "paths has 7"),
        (
            lambda: plots.portrait(POINTS, ARROWS[1:], {"settles": INWARD}),
            r"arrows has shape \(4, 5, 2\) and points \(5, 5, 2\)",
        ),
        (
            lambda: plots.portraits(
                POINTS, {"a": (ARROWS, {"x": INWARD}), "b": (ARROWS, {"y": INWARD})}
            ),
            r"paths \[\['x'\], \['y'\]\]; expected the same labels",
        ),
        (lambda: plots.escape([(0,)], VALUES), "values has 7 entries"),
        (lambda: plots.reliability([0.5], VALUES), "panels has 7 entries"),
    ],
)
def test_nothing_is_dropped_in_silence(draw, words):
    with pytest.raises(ValueError, match=words):
        draw()
