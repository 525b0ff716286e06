"""Pictures of networks: their sentences state what the arrays hold."""

import jax
import numpy as np
import pytest
from matplotlib.patches import BoxStyle

from gan_utils import plots
from gan_utils.networks import by_hand, layers


def test_sheet_of_noise_counts_what_lies_face_down():
    grid = np.stack(np.meshgrid(np.arange(4.0), np.arange(4.0)), axis=-1)
    factors = np.ones((4, 4))
    assert "No part" in plots.sheet_of_noise(grid, 2 * grid, factors).alt
    factors[:2] = -0.5
    alt = plots.sheet_of_noise(grid, grid, factors).alt
    assert "50% of it lies face down" in alt and "from 0.5 to 1" in alt


def test_matrices_state_shape_range_and_zeros():
    figure = plots.matrices({"C": np.eye(4), "D": 3 * np.ones((2, 5))}, numbers=True)
    assert "C: 4 by 4, from 0 to 1, 75% zeros" in figure.alt
    assert "D: 2 by 5, from 3 to 3" in figure.alt
    with pytest.raises(ValueError, match="C holds"):
        plots.matrices({"C": np.full((2, 2), np.nan)})


@pytest.mark.parametrize("kernel, word", [(3, "uneven"), (4, "even")])
def test_overlaps_say_whether_the_middle_is_even(kernel, word):
    counts = layers.overlap_count(8, kernel, 2)
    first = 2 * np.arange(8)
    assert f"they are {word}." in plots.overlaps(first, first + kernel - 1, counts).alt


def test_shell_places_its_marks():
    lengths = np.random.default_rng(0).normal(5.0, 0.5, 4000)
    alt = plots.shell({"latents": lengths}, {"middle": 3.5}).alt
    assert "mean length" in alt and "length 3.50, -3." in alt


SMALL = {
    "z": 2.0,
    "v": (0.5, 1.0, -1.0),
    "W": ((2.0, -1.0), (-0.5, 1.0), (-1.0, 1.0)),
    "arrow": (1.0, 0.0),
}


def test_the_way_back_agrees_with_jax():
    rng = np.random.default_rng(0)
    v, W, arrow = rng.normal(size=6), rng.normal(size=(6, 2)), rng.normal(size=2)

    def along(v, W):
        return jax.nn.relu(0.7 * v) @ W @ arrow

    back = by_hand.way_back(0.7, v, W, arrow)
    for name, slope in zip("vW", jax.grad(along, argnums=(0, 1))(v, W), strict=True):
        np.testing.assert_allclose(back[name], slope, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize(
    "moment, words",
    [
        (1, "units 1, 2, 0; sample (1, 1)"),
        (2, "asked to move by (1, 0)"),
        (3, "Units are asked for 2, -0.5, 0."),
        (4, "for 4, -1, 0; last weights, unit by unit, for 1, 0, 2, 0, 0, 0."),
        (5, "from (1, 1) to (1.44, 0.8)"),
    ],
)
def test_the_chain_rule_says_what_each_moment_adds(moment, words):
    assert words in plots.chain_rule(**SMALL, moment=moment).alt


def test_every_number_of_a_weight_stands_on_the_line_of_its_own_weight():
    axes = plots.chain_rule(**SMALL, moment=4).axes[0]
    ends = [np.transpose(line.get_data()) for line in axes.lines]
    numbers = [
        text for text in axes.texts if text.get_text().lstrip("+-")[:1].isdigit()
    ]
    on_lines = [np.array(text.get_position()) for text in numbers if not _circle(text)]
    away = [
        sorted(
            np.linalg.norm(place - a - (b - a) * _along(place, a, b)) for a, b in ends
        )
        for place in on_lines
    ]
    assert len(away) == 2 * len(ends) == 18
    assert all(first < 1e-6 and second > 0.08 for first, second, *_ in away)


def _circle(text):
    patch = text.get_bbox_patch()
    return patch is not None and isinstance(patch.get_boxstyle(), BoxStyle.Circle)


def _along(place, a, b):
    return np.clip((place - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)


def test_the_chain_rule_is_drawn_for_three_units_and_five_moments():
    with pytest.raises(ValueError, match="moment is 6"):
        plots.chain_rule(**SMALL, moment=6)
    with pytest.raises(ValueError, match="v has shape"):
        plots.chain_rule(**SMALL | {"v": (1.0, 2.0)})


def test_moved_samples_says_how_far_one_is_and_how_many_moved():
    before = np.stack([np.arange(4.0), np.zeros(4)], axis=1)
    after = before + np.array([[0, 0], [0, 0], [0, 1], [0, 1]])
    alt = plots.moved_samples(before, after, after[:2] + 1, (2.0, 2.0)).alt
    assert "After 1 updates" in alt and "1.00 from its target, at first 1.41" in alt
    assert "50% of all samples drawn" in alt
