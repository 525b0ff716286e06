"""Counts of operations against numbers known by hand; limits of the machine."""

import jax.numpy as jnp
import numpy as np
import pytest

from benchmarks import roofline


def test_operations_of_a_product_are_counted_right():
    a, b = jnp.ones((64, 128)), jnp.ones((128, 32))
    found = roofline.roofline(jnp.matmul, a, b, peak=1e11, bandwidth=1e10)
    np.testing.assert_allclose(found.operations, 2 * 64 * 128 * 32, rtol=0.01)
    np.testing.assert_allclose(found.bytes, 4 * (a.size + b.size + 64 * 32), rtol=0.01)
    by_hand = max(2 * 64 * 128 * 32 / 1e11, 4 * (8192 + 4096 + 2048) / 1e10)
    np.testing.assert_allclose(found.bound, by_hand, rtol=0.01)  # here, the memory's
    np.testing.assert_allclose(found.intensity, 524_288 / 57_344, rtol=0.01)


def test_a_product_stays_below_the_peak_of_products():
    a = jnp.ones((512, 512))
    tries = (
        roofline.roofline(jnp.matmul, a, a, peak=None, repeats=3) for _ in range(9)
    )
    shares = [found.share for found in tries]
    assert 0 < min(shares) < 1.5  # both are measured, on a machine that others use


def test_share_is_the_rate_over_the_peak():
    found = roofline.Roofline(
        seconds=2.0, operations=8e9, bytes=1e9, peak=8e9, bandwidth=1e9
    )
    assert found.share == 0.5 and found.bound == 1.0


def test_the_machine_has_limits():
    assert roofline.matrix_peak(128, repeats=2) > 1e7
    assert roofline.memory_bandwidth(4, repeats=2) > 1e7


def test_bad_sizes_are_refused():
    with pytest.raises(ValueError, match="size"):
        roofline.matrix_peak(0)
    with pytest.raises(ValueError, match="repeats"):
        roofline.fastest(jnp.sin, jnp.ones(2), repeats=0)
