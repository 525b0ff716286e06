"""Counts of operations against numbers known by hand; limits that cannot be passed."""

import jax.numpy as jnp
import numpy as np
import pytest

from benchmarks import roofline


def test_operations_of_a_product_are_counted_right():
    a, b = jnp.ones((64, 128)), jnp.ones((128, 32))
    found = roofline.roofline(jnp.matmul, a, b, peak=1e11, bandwidth=1e10)
    np.testing.assert_allclose(found.operations, 2 * 64 * 128 * 32, rtol=0.01)
    np.testing.assert_allclose(found.bytes, 4 * (a.size + b.size + 64 * 32), rtol=0.01)
    assert found.bound == max(found.operations / 1e11, found.bytes / 1e10)
    assert found.intensity == found.operations / found.bytes


def test_share_is_the_rate_over_the_peak():
    found = roofline.Roofline(2.0, 8e9, 1e9, 8e9, 1e9)
    assert found.share == 0.5 and found.bound == 1.0


def test_the_machine_has_limits():
    assert roofline.matrix_peak(128, repeats=2) > 1e7
    assert roofline.memory_bandwidth(4, repeats=2) > 1e7


def test_bad_sizes_are_refused():
    with pytest.raises(ValueError, match="size"):
        roofline.matrix_peak(0)
    with pytest.raises(ValueError, match="repeats"):
        roofline.fastest(jnp.sin, jnp.ones(2), repeats=0)
