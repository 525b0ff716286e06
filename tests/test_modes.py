"""Mode coverage: the published definitions, and the oracle rows."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data
from gan_utils.metrics.modes import mode_report, oracle


@pytest.mark.parametrize(
    ("distribution", "reverse_kl"),
    [(data.ring(std=0.01), 0.0015), (data.grid(), 0.0049)],
)
def test_oracle_rows(distribution, reverse_kl):
    row = oracle(distribution, n=2500, key=jax.random.key(0), draws=200)
    assert 100 * row.mean.high_quality == pytest.approx(98.89, abs=0.06)
    assert 100 * row.std.high_quality == pytest.approx(0.22, abs=0.04)
    assert row.mean.reverse_kl == pytest.approx(reverse_kl, abs=0.0003)
    assert row.mean.modes == len(distribution.modes)


def test_full_collapse():
    ring = data.ring()
    report = mode_report(jnp.tile(ring.modes[3], (50, 1)), ring)
    assert report.modes == 1 and report.high_quality == 1.0
    assert report.reverse_kl == pytest.approx(np.log(8), rel=1e-5)
    assert report.histogram.tolist() == [0, 0, 0, 50, 0, 0, 0, 0]


def test_the_threshold_is_strict_and_in_widths_of_the_nearest_mode():
    pair = data.mixture([0.0, 10.0], [1.0, 2.0])
    x = jnp.array([[2.9], [3.0], [4.1], [15.9], [16.0]])
    report = mode_report(x, pair)
    assert report.histogram.tolist() == [1, 2]  # 4.1 is 2.95 widths from the second
    assert report.high_quality == pytest.approx(3 / 5)


def test_no_sample_near_a_mode():
    report = mode_report(jnp.full((9, 2), 50.0), data.ring())
    assert (
        report.modes == 0 and report.high_quality == 0 and np.isnan(report.reverse_kl)
    )


def test_reverse_kl_respects_the_weights():
    uneven = data.mixture([0.0, 10.0], 1.0, [3, 1])
    x = jnp.array([[0.0], [0.0], [0.0], [10.0]])
    assert mode_report(x, uneven).reverse_kl == pytest.approx(0.0, abs=1e-6)


def test_report_of_an_ensemble_by_vmap():
    ring = data.ring()
    keys = jax.random.split(jax.random.key(0), 3)
    reports = jax.jit(jax.vmap(lambda k: mode_report(ring.sample(k, 100), ring)))(keys)
    assert reports.modes.shape == (3,) and (reports.modes == 8).all()


def test_bad_input_is_explained():
    with pytest.raises(ValueError, match="without separate modes"):
        mode_report(jnp.zeros((3, 2)), data.circle())
    with pytest.raises(ValueError, match="2 coordinates"):
        mode_report(jnp.zeros((3, 1)), data.ring())
