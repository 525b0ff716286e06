"""Bias in n: exact where it is b / n, and true distances of Gaussians found again."""

import numpy as np
import pytest

from gan_utils.metrics import Moments, extrapolate, frechet, frechet_distance

FEATURES, N = 16, 800
RNG = np.random.default_rng(5)
MIX = 0.7 * np.eye(FEATURES) + 0.1 * RNG.normal(size=(FEATURES, FEATURES))
REAL, TWIN = RNG.normal(size=(2, N, FEATURES))
FAKE = RNG.normal(size=(N, FEATURES)) @ MIX.T + 0.1


def test_a_line_in_1_over_n_is_found_exactly():
    found = extrapolate(lambda a, b: 3 + 5 / len(a), (REAL, FAKE), seeds=3)
    assert found.value == pytest.approx(3, abs=1e-9)
    assert found.slope == pytest.approx(5, rel=1e-9)
    assert found.standard_error == pytest.approx(0, abs=1e-9)
    assert found.n.tolist() == [400, 200, 133, 100] and found.values.shape == (3, 4)


@pytest.mark.parametrize("fake", [FAKE, TWIN])
def test_the_distance_of_the_distributions_is_found_from_samples(fake):
    mean, mix = (0.1, MIX) if fake is FAKE else (0.0, np.eye(FEATURES))
    centre = np.zeros(FEATURES)
    truth = frechet(
        Moments(centre, np.eye(FEATURES)), Moments(centre + mean, mix @ mix.T)
    )
    found = extrapolate(frechet_distance, (REAL, fake))
    assert abs(found.value - truth) < 3 * found.standard_error
    assert 0 < found.standard_error < 0.12
    assert found.values.mean(0)[-1] > truth + 5 * found.standard_error
    assert found.slope > 50 and "20 draws, n = 100 to 400" in str(found)


def test_parts_share_no_row_and_come_from_half_of_each_set():
    seen = []
    rows = np.arange(40)
    extrapolate(lambda a: seen.append(a) or 0, (rows,), seeds=2, parts=(1, 4))
    assert [len(a) for a in seen] == 2 * [20, 5, 5, 5, 5]
    assert set(seen[0]) == set(np.concatenate(seen[1:5]))
    assert set(seen[0]) != set(seen[5])  # another seed takes another half


@pytest.mark.parametrize(
    ("rows", "parts", "message"),
    [
        (N, (2, 2), "two different"),
        (N, (2,), "two different"),
        (N, (0, 1), "parts"),
        (14, (1, 4), "half of the smallest set has 7 rows"),
    ],
)
def test_what_fits_no_line_is_refused(rows, parts, message):
    with pytest.raises(ValueError, match=message):
        extrapolate(frechet_distance, (REAL, FAKE[:rows]), parts=parts)


def test_one_set_alone_is_refused():
    with pytest.raises(ValueError, match="sets is"):
        extrapolate(lambda x: 0, REAL)
