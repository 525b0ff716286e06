"""The Inception score against SciPy's entropies, and what fools it."""

import numpy as np
import pytest
from scipy.stats import entropy

from gan_utils import data
from gan_utils.metrics import inception_score, judge

DIGITS = data.mnist_sample()


def test_it_is_the_entropy_that_a_label_loses():
    p = np.random.default_rng(0).dirichlet(np.full(7, 0.3), 50)
    expected = np.exp(entropy(p.mean(0)) - entropy(p, axis=1).mean())
    assert inception_score(p) == pytest.approx(expected, rel=1e-9)


def test_extremes():
    assert inception_score(np.eye(10)) == pytest.approx(10, rel=1e-12)
    assert inception_score(np.eye(10)[[3] * 5]) == pytest.approx(1, rel=1e-12)
    assert inception_score(np.full((4, 10), 0.1)) == pytest.approx(1, rel=1e-9)


def test_what_a_row_lacks_is_a_class_of_its_own():
    rows = np.concatenate([np.eye(3), np.zeros((1, 3))])
    assert inception_score(rows) == pytest.approx(4, rel=1e-12)
    assert inception_score(np.eye(3, dtype="float32") + 1e-6) == pytest.approx(
        3, abs=1e-3
    )


def test_one_image_a_class_and_a_little_noise_beat_real_data():
    p = judge().probabilities(DIGITS.x[:1000])
    real = inception_score(p)
    surest = [p[:, digit].argmax() for digit in range(10)]
    assert DIGITS.y[surest].tolist() == list(range(10))
    assert 10.01 > inception_score(p[surest]) > 9.99 > real + 0.1
    noise = np.random.default_rng(0).uniform(-1, 1, (100, 28, 28, 1))
    mixed = np.concatenate([p, judge().probabilities(noise)])
    assert inception_score(mixed) > real + 0.5


@pytest.mark.parametrize(
    ("p", "message"),
    [
        (np.eye(3) * 2, "sums to 2.*logits"),
        (np.eye(3) - 0.1, "probabilities"),
        (np.ones(3) / 3, "one row a point"),
        (np.full((2, 3), np.nan), "NaN"),
    ],
)
def test_what_is_no_probability_is_refused(p, message):
    with pytest.raises(ValueError, match=message):
        inception_score(p)
