"""Wasserstein distances and MMD against closed forms and scipy."""

from itertools import permutations
from math import gamma, pi, sqrt

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from gan_utils import divergences as dv


@pytest.fixture
def rng():
    """Random numbers that do not depend on the tests before."""
    return np.random.default_rng(3)


def quantiles(n=20_001):
    return stats.norm.ppf((np.arange(n) + 0.5) / n)


def test_w1_of_shifted_and_scaled_gaussians():
    z = quantiles()
    assert dv.wasserstein_1d(z, z + 1.7) == pytest.approx(1.7, abs=1e-12)
    assert dv.wasserstein_1d(z, 3 * z) == pytest.approx(2 * sqrt(2 / pi), abs=1e-4)


@pytest.mark.parametrize("sizes", [(40, 40), (40, 57), (9, 1)])
def test_w1_agrees_with_scipy(rng, sizes):
    x, y = rng.normal(size=sizes[0]), rng.exponential(size=sizes[1])
    expected = stats.wasserstein_distance(x, y)
    assert dv.wasserstein_1d(x, y) == pytest.approx(expected, rel=1e-12)
    found = dv.wasserstein_1d(jnp.asarray(x)[:, None], jnp.asarray(y)[:, None])
    assert float(found) == pytest.approx(expected, rel=1e-5)


def test_w1_has_a_gradient():
    x = jnp.array([0.0, 1.0, 5.0])
    np.testing.assert_allclose(
        jax.grad(dv.wasserstein_1d)(x, x + 1), -np.ones(3) / 3, rtol=1e-6
    )


def test_assignment_beats_every_permutation(rng):
    x, y = rng.normal(size=(6, 2)), rng.normal(size=(6, 2))
    best = min(
        np.linalg.norm(x - y[list(order)], axis=1).mean()
        for order in permutations(range(6))
    )
    assert dv.wasserstein(x, y) == pytest.approx(best, rel=1e-12)
    partner, cost = dv.optimal_assignment(x, y)
    np.testing.assert_allclose(cost, np.linalg.norm(x - y[partner], axis=1))


def test_assignment_agrees_with_sorting_and_with_a_shift(rng):
    x, y = rng.normal(size=(50, 1)), rng.normal(size=(50, 1))
    assert dv.wasserstein(x, y) == pytest.approx(dv.wasserstein_1d(x, y), rel=1e-12)
    plane = rng.normal(size=(50, 2))
    for order in (1, 2):
        assert dv.wasserstein(
            plane, plane + np.array([3.0, 4.0]), order
        ) == pytest.approx(5.0)


@pytest.mark.parametrize("dim", [2, 3])
def test_sliced_distance_of_a_shift(rng, dim):
    """A shift v moves every projection by |u.v|, whose mean has a closed form."""
    x = jnp.asarray(rng.normal(size=(10, dim)), jnp.float32)
    found = jax.jit(lambda x, y, k: dv.sliced_wasserstein(x, y, k, 20_000))(
        x, x + jnp.eye(dim)[:1], jax.random.key(0)
    )
    expected = gamma(dim / 2) / sqrt(pi) / gamma((dim + 1) / 2)
    assert float(found) == pytest.approx(expected, rel=0.02)


def test_mmd_agrees_with_loops_in_float64(rng):
    x, y = rng.normal(size=(7, 3)), rng.normal(size=(5, 3))

    def k(a, b):
        d = ((a - b) ** 2).sum()
        return (np.exp(-d / 2 / 0.25) + np.exp(-d / 2 / 4)) / 2

    xx = np.mean([k(a, b) for a, b in permutations(x, 2)])
    yy = np.mean([k(a, b) for a, b in permutations(y, 2)])
    xy = np.mean([k(a, b) for a in x for b in y])
    found = dv.mmd_squared(x, y, (0.5, 2.0))
    assert found.dtype == np.float64
    assert found == pytest.approx(xx + yy - 2 * xy, rel=1e-12)
    found = dv.mmd_squared(jnp.asarray(x), jnp.asarray(y), (0.5, 2.0))
    assert float(found) == pytest.approx(xx + yy - 2 * xy, rel=1e-4)


@pytest.mark.parametrize("kind", [np.asarray, jnp.asarray])
def test_one_bandwidth_is_a_row_of_one(kind):
    x, y = kind([[0.0], [1.0]]), kind([[2.0], [4.0]])
    expected = dv.mmd_squared(x, y, (2.0,))
    for width in (2.0, 2, np.float64(2), jnp.float32(2)):
        np.testing.assert_allclose(dv.mmd_squared(x, y, width), expected, rtol=1e-6)
    with pytest.raises(ValueError, match="expected a number above 0, or at least one"):
        dv.mmd_squared(x, y, np.ones((2, 2)))


def test_mmd_of_gaussians_has_its_closed_form_without_bias(rng):
    def kernel_mean(shift, width=1.0):
        return width / sqrt(width**2 + 2) * np.exp(-(shift**2) / 2 / (width**2 + 2))

    x, y = rng.normal(size=(300, 40, 1)), rng.normal(1.0, size=(300, 40, 1))
    found = np.array([dv.mmd_squared(a, b) for a, b in zip(x, y, strict=True)])
    expected = 2 * kernel_mean(0) - 2 * kernel_mean(1)
    assert abs(found.mean() - expected) < 4 * found.std() / sqrt(300)
    biased = np.mean(
        [dv.mmd_squared(a, b, unbiased=False) for a, b in zip(x, y, strict=True)]
    )
    assert 0 < biased - found.mean() < 2 / 40


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dv.wasserstein_1d(np.zeros((3, 2)), np.zeros((3, 2))), "on a line"),
        (lambda: dv.wasserstein_1d(np.array([np.nan]), np.zeros(1)), "x holds 1"),
        (lambda: dv.wasserstein(np.zeros((3, 2)), np.zeros((4, 2))), "equal numbers"),
        (lambda: dv.wasserstein(np.zeros((3, 2)), np.zeros((3, 1))), "2 coordinates"),
        (lambda: dv.sliced_wasserstein(np.ones((3, 2)), np.ones((3, 2)), 0), "key is"),
        (
            lambda: dv.mmd_squared(np.zeros((1, 2)), np.zeros((3, 2))),
            "number of points",
        ),
        (lambda: dv.mmd_squared(np.zeros((2, 2)), np.zeros((2, 2)), ()), r"tuple \(\)"),
        (
            lambda: dv.mmd_squared(np.zeros((2, 2)), np.zeros((2, 2)), (0.0,)),
            "bandwidths",
        ),
    ],
)
def test_bad_samples_are_explained(call, words):
    with pytest.raises(ValueError, match=words):
        call()
