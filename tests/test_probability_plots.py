"""Pictures of notebook 01: their alt text states what the arrays hold."""

import numpy as np
import pytest

from gan_utils import plots

X = np.linspace(-5, 5, 501)
BELL = np.exp(-(X**2) / 2) / np.sqrt(2 * np.pi)


def test_densities_state_summit_and_area():
    figure = plots.densities(X, {"p": BELL, "q": BELL / 2}, np.zeros(50))
    assert "p: highest 0.40 at 0.00, area 1.00" in figure.alt
    assert "q: highest 0.20 at 0.00, area 0.50" in figure.alt
    assert "50 samples" in figure.alt and len(figure.png()) < 40_000


def test_functions_state_their_ends_and_gap():
    figure = plots.functions(X, {"a": X, "b": X + 1}, ylabel="y")
    assert "a: -5 at -5, 5 at 5." in figure.alt and "at most 1." in figure.alt


def test_settling_counts_the_points_in_its_band():
    n = np.array([100, 400])
    figure = plots.settling(n, [[0.0, 0.0], [0.1, 0.2]], truth=0.0, spread=1.0)
    assert "from 0.2 to 0.1" in figure.alt and "holds 75%" in figure.alt


def test_tangent_states_where_it_touches():
    u = np.linspace(0, 2, 21)
    figure = plots.tangent(u, u**2, 2 * u - 1, (1.0, 1.0), name="u squared")
    assert "slope 2.00" in figure.alt and "touch at u = 1.00" in figure.alt
    assert "At u = 0 the line has height -1.00" in figure.alt


def test_distances_state_infinity_value_and_slope():
    theta = np.linspace(-1, 1, 21)
    values = {"KL": np.where(theta == 0, 0.0, np.inf), "W": np.abs(theta)}
    alt = plots.against_distance(theta, values).alt
    assert "KL: constant, inf, everywhere but at 0.00, where it is 0.000" in alt
    assert "W: 1.000 at -1.00 and 1.000 at 1.00, smallest 0.000 at 0.00" in alt
    at = plots.against_distance(theta, {"W": np.abs(theta)}, at=0.5, title="blur 0.10")
    assert at.alt.startswith("blur 0.10: ") and "value 0.500, slope 1.000" in at.alt
    assert at.axes[0].get_title() == "W\nslope 1.00"


def test_pushforward_states_the_stretch():
    figure = plots.pushforward(X, BELL, 3 * X, BELL / 3)
    assert "by 3.0" in figure.alt


def test_warped_grid_states_the_factors():
    side = np.linspace(-1, 1, 5)
    grid = np.stack(np.meshgrid(side, side), -1)
    figure = plots.warped_grid(grid, 2 * grid, np.full((5, 5), 4.0))
    assert "from 4.00 to 4.00" in figure.alt and "0.25" in figure.alt
    before, after = figure.axes[:2]
    assert before.get_xlim() == after.get_xlim()
    assert before.get_ylim() == after.get_ylim()


def test_pairings_state_cost_and_reach():
    x, y = np.zeros((4, 2)), np.eye(2)
    figure = plots.pairings(x, y, {"all to one": np.zeros(4, int)})
    assert "mean distance 1.00, 1 of 2 data points reached" in figure.alt


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plots.densities(X, {}), "1 to 4"),
        (lambda: plots.functions(X, {}), "1 to 4"),
        (lambda: plots.densities(X, {"p": BELL * np.nan}), "p holds 501"),
        (lambda: plots.settling([1, 2], [[0, 0]], 0.0, 0.0), "spread"),
        (lambda: plots.pairings(np.zeros(3), np.zeros((3, 2)), {}), "x is"),
    ],
)
def test_bad_input_is_explained(call, words):
    with pytest.raises(ValueError, match=words):
        call()
