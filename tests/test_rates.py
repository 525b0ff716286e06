"""Success rates against SciPy's interval and against coverage by simulation."""

import numpy as np
import pytest
from scipy.stats import binomtest

from gan_utils import metrics


@pytest.mark.parametrize("good", [0, 1, 37, 99, 100])
def test_interval_agrees_with_scipy(good):
    rate = metrics.success_rate(np.arange(100) < good, z=1.959963984540054)
    expected = binomtest(good, 100).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(rate[1:], expected, atol=1e-12)
    assert rate.rate == good / 100


def test_interval_covers_the_truth_about_as_often_as_it_says():
    runs = np.random.default_rng(0).random((2000, 40)) < 0.85
    rates = [metrics.success_rate(row) for row in runs]
    covered = np.mean([r.low <= 0.85 <= r.high for r in rates])
    assert 0.92 < covered < 0.98


@pytest.mark.parametrize("bad", [np.zeros(0), np.array([0.3, 0.9]), np.ones((2, 2))])
def test_refuses_what_is_no_row_of_outcomes(bad):
    with pytest.raises(ValueError, match="success is"):
        metrics.success_rate(bad)


def test_prints_as_percent():
    assert str(metrics.success_rate(np.ones(100))) == "100% (96% to 100%)"
