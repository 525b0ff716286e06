"""Pictures of networks: their sentences state what the arrays hold."""

import numpy as np
import pytest

from gan_utils import plots
from gan_utils.networks import layers


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
