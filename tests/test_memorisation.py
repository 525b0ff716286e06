"""Memorisation: copies are found, fresh data are not, and two ways to fool the test."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from gan_utils import data
from gan_utils.metrics import floor, memorisation, nearest

RNG = np.random.default_rng(0)
DIGITS = data.mnist_sample()
TRAIN, HELD, FRESH = DIGITS.x[:600], DIGITS.x[600:900], DIGITS.x[900:1200]


def test_it_is_the_area_under_the_curve_of_the_distances():
    made, fresh = RNG.normal(size=(2, 40, 3))
    train = RNG.normal(0.5, 1, size=(60, 3))
    found = memorisation(train, fresh, made)
    far = np.concatenate([nearest(x, train).distance for x in (fresh, made)])
    area = roc_auc_score(np.repeat([1, 0], 40), far)
    assert found.nearer == pytest.approx(area, abs=1e-12)


def test_fresh_data_are_accused_as_rarely_as_promised():
    found = floor(memorisation, RNG.normal(size=(900, 2)), (300, 200, 200), seeds=60)
    assert found.mean.nearer == pytest.approx(0.5, abs=4 * found.std.nearer / 60**0.5)
    assert 0.005 < found.mean.close < 0.02
    p = np.sort(found.values.p_value)
    assert np.abs(p - (np.arange(60) + 0.5) / 60).max() < 0.2


def test_copies_are_found():
    found = memorisation(TRAIN, HELD, TRAIN[:300] + 0.01 * RNG.normal(size=FRESH.shape))
    assert found.nearer > 0.99 and found.close > 0.99 and found.p_value < 1e-30
    assert memorisation(TRAIN, HELD, FRESH).p_value > 0.001


def test_half_copies_and_half_noise_have_average_ranks():
    noise = RNG.uniform(-1, 1, (150, 28, 28, 1))
    found = memorisation(TRAIN, HELD, np.concatenate([TRAIN[:150], noise]))
    assert found.p_value > 0.1 and found.nearer == pytest.approx(0.5, abs=0.02)
    assert found.close == 0.5


def test_simple_digits_look_copied_and_moved_copies_do_not():
    ones = DIGITS.x[600:][DIGITS.y[600:] == 1]
    assert memorisation(TRAIN, HELD, ones).p_value < 1e-6
    moved = memorisation(TRAIN, HELD, np.roll(TRAIN[:300], 1, axis=2))
    assert moved.close < 0.2 and moved.nearer < 0.9


def test_sets_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="x has 4 numbers a row and others has 784"):
        memorisation(TRAIN, np.zeros((5, 4)), FRESH)
    with pytest.raises(ValueError, match="empty"):
        memorisation(TRAIN, HELD, FRESH[:0])
