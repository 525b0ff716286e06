"""The classifier two-sample test: exact p-values, the null, and a blind classifier."""

from math import comb

import numpy as np
import pytest
from scipy.stats import fisher_exact, norm
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression

from gan_utils.metrics import floor, two_sample_test

RNG = np.random.default_rng(0)


class Sign(BaseEstimator):
    """Call a row real when its first number is above 0, and remember what came."""

    seen = None

    def fit(self, x, y):
        return self

    def predict(self, x):
        Sign.seen = x
        return x[:, 0] > 0


def test_the_p_value_is_fishers():
    truth = np.repeat([1.0, 0.0], 60)
    rows = np.stack([RNG.normal(0.4 * truth), truth], 1)
    found = two_sample_test(rows[:60], rows[60:], Sign())
    called, real = Sign.seen[:, 0] > 0, Sign.seen[:, 1] == 1
    counts = [[(called & real).sum(), (called & ~real).sum()]]
    counts += [[(~called & real).sum(), (~called & ~real).sum()]]
    expected = fisher_exact(counts, alternative="greater").pvalue
    assert found.p_value == pytest.approx(expected, rel=1e-9)
    assert found.accuracy == (called == real).mean() and 0.001 < expected < 0.999
    assert found.chance_std == pytest.approx(0.5 / 60**0.5)


def test_certain_and_ignorant_classifiers():
    apart = two_sample_test(np.ones((10, 1)), -np.ones((10, 1)), Sign())
    assert apart.accuracy == 1
    assert apart.p_value == pytest.approx(1 / comb(10, 5), rel=1e-9)
    same = two_sample_test(np.ones((10, 1)), np.ones((10, 1)), Sign())
    assert same.accuracy == 0.5 and same.p_value == 1


def test_the_best_accuracy_is_that_of_the_densities():
    real, fake = RNG.normal(1, 1, (4000, 1)), RNG.normal(-1, 1, (4000, 1))
    found = two_sample_test(real, fake, LogisticRegression())
    assert found.accuracy == pytest.approx(norm.cdf(1), abs=4 * found.chance_std)
    assert found.p_value < 1e-12


def test_equal_distributions_are_found_out_as_rarely_as_promised():
    found = floor(two_sample_test, RNG.normal(size=(2000, 3)), 100, seeds=100)
    error = found.std.accuracy / 10
    assert abs(found.mean.accuracy - 0.5) < 4 * error
    assert found.std.accuracy == pytest.approx(found.mean.chance_std, rel=0.3)
    for level in (0.05, 0.2):
        share = (found.values.p_value <= level).mean()
        assert share <= level + 3 * (level * (1 - level) / 100) ** 0.5


def test_a_linear_classifier_is_blind_to_equal_means():
    wide, narrow = RNG.normal(size=(1000, 2)), 0.3 * RNG.normal(size=(1000, 2))
    blind = two_sample_test(wide, narrow, LogisticRegression())
    seeing = two_sample_test(wide, narrow)
    assert blind.accuracy < 0.57 and seeing.accuracy > 0.8


def test_more_rows_condemn_the_same_generator():
    real, fake = RNG.normal(size=(6000, 1)), RNG.normal(0.15, 1, size=(6000, 1))
    few = two_sample_test(real[:200], fake[:200], LogisticRegression())
    many = two_sample_test(real, fake, LogisticRegression())
    assert many.p_value < 1e-3 < few.p_value and many.accuracy < 0.56


def test_the_classifier_is_left_as_it_was_and_the_larger_set_is_cut():
    model = LogisticRegression()
    found = two_sample_test(np.zeros((20, 2, 2, 1)), np.ones((11, 2, 2, 1)), model)
    assert not hasattr(model, "coef_") and found.chance_std == 0.5 / 10**0.5


@pytest.mark.parametrize(
    ("real", "fake", "message"),
    [
        (np.zeros((9, 2)), np.zeros((9, 3)), "real has 2 numbers a row"),
        (np.zeros((9, 2)), np.zeros((3, 2)), "half of the smaller set"),
        (np.zeros((9, 2)), np.full((9, 2), np.nan), "fake holds .* NaN"),
    ],
)
def test_sets_that_do_not_fit_are_refused(real, fake, message):
    with pytest.raises(ValueError, match=message):
        two_sample_test(real, fake)
