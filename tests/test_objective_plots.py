"""Pictures of games and objectives: the alt text states what the arrays show."""

import numpy as np
import pytest

from gan_utils import games, plots

X = np.linspace(-1, 1, 21)


def test_lines_give_ends_and_extremes():
    figure = plots.lines(
        X, {"square": X**2}, xlabel="x", ylabel="y", marks={"foot": (0, 0)}
    )
    assert "square: 1 at -1, 1 at 1, lowest 0 at 0" in figure.alt
    assert "foot at (0, 0)" in figure.alt
    assert len(figure.png()) < 40_000


def test_lines_leave_out_what_is_not_finite():
    with np.errstate(divide="ignore"):
        figure = plots.lines(X, {"log": np.log(np.abs(X))})
    assert "lowest -2.3" in figure.alt


@pytest.mark.parametrize(
    ("ys", "message"),
    [
        ({}, "0 entries"),
        ({"a": X[:3]}, "shape"),
        ({str(k): X for k in range(7)}, "7"),
    ],
)
def test_lines_refuse(ys, message):
    with pytest.raises(ValueError, match=message):
        plots.lines(X, ys)


def test_portrait_gives_distances():
    lattice = games.lattice(2.0, 5)
    path = np.array([[1.0, 0.0], [0.0, 2.0]])
    figure = plots.portrait(lattice, lattice[..., ::-1], {"walk": path})
    assert (
        "walk: 1 steps from (1.00, 0.00), distance 1 at first, 2 at last" in figure.alt
    )


def test_critic_says_how_far_the_trained_one_is():
    x = np.linspace(-1, 1, 20)
    p, q = 1 + x, 1 - x
    figure = plots.critic_over_densities(x, p, q, p / 2, p / 2 + 0.1)
    assert "crosses one half at x = 0.0" in figure.alt
    assert "off by 0.100 on average where samples fall, by 0.10 at most" in figure.alt


def test_the_trained_critic_has_the_critics_colour():
    figure = plots.critic_over_densities(X, 1 + X, 1 - X, (1 + X) / 2, (1 + X) / 2)
    colours = {line.get_label(): line.get_color() for line in figure.axes[1].lines}
    assert colours["trained D"] == plots.CRITIC != colours["best D"]


def test_critic_that_never_decides():
    figure = plots.critic_over_densities(X, 1 + 0 * X, 1 + 0 * X, 0.4 + 0 * X)
    assert "never crosses" in figure.alt


def test_coin_counts_where_starts_end():
    paths = np.array([[0.2, 0.5, 0.9], [0.3, 0.3, 1.0]])
    figure = plots.coin(X[11:], {"loss": X[11:]}, [1, 2], paths, 0.3, title="loss")
    assert "Of 3 starts, 2 end within 0.05 of it and 1 end" in figure.alt


def test_escape_says_which_value_rises():
    figure = plots.escape(
        [(0, 0), (0, None), (0, 1)], {"wall": [0, 1, -1], "slide": [0, 0, -1]}
    )
    assert "wall: 0.00, 1.00, -1.00 (rises on the way)" in figure.alt
    assert "slide: 0.00, 0.00, -1.00 (never rises)" in figure.alt
    assert "fake 1 in the air" in figure.alt
    top, bottom = figure.axes
    assert bottom.get_title(loc="left").endswith("home: wall")
    assert [t.get_text() for t in bottom.get_xticklabels()] == [
        "start",
        "1 lifts",
        "1 lands",
    ]
    assert [text.get_text() for text in top.texts] == ["0", "1"] * 3


def test_loss_zoo_gives_slopes():
    figure = plots.loss_zoo(X, {"linear": {"D": 2 * X, "G": -X}, "other": {"D": X}})
    assert "linear: D +2.00, G -1.00." in figure.alt


def test_names_beside_their_lines_do_not_overlap():
    figure = plots.lines(X, {"low": X, "middle": X + 9, "high": X + 9.1}, beside=True)
    (axes,) = figure.axes
    assert figure.legends == []
    heights = {text.get_text(): text.xy[1] for text in axes.texts}
    assert set(heights) == {"low", "middle", "high"}
    assert np.diff(sorted(heights.values())).min() > 0.08
    assert heights["high"] == max(heights.values()) <= 1
    colours = {line.get_label(): line.get_color() for line in axes.lines}
    assert all(t.get_color() == colours[t.get_text()] for t in axes.texts)
