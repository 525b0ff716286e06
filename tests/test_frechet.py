"""The Frechet distance: closed forms, a matrix root, one dimension, bad input."""

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.linalg import sqrtm

from gan_utils.divergences import mmd_squared
from gan_utils.metrics import Moments, frechet, frechet_distance, moments


def gaussian(rng, n=50, features=6):
    """Draw n correlated samples."""
    mix = rng.normal(size=(features, features))
    return rng.normal(size=(n, features)) @ mix + rng.normal(size=features)


def test_gaussians_with_commuting_covariances():
    a = Moments(np.array([0.0, 1.0]), np.diag([4.0, 9.0]))
    b = Moments(np.array([3.0, 5.0]), np.diag([1.0, 16.0]))
    expected = (9 + 16) + (2 - 1) ** 2 + (3 - 4) ** 2
    assert frechet(a, b) == pytest.approx(expected, rel=1e-12)
    assert frechet(a, a) == pytest.approx(0, abs=1e-12)


def test_one_feature_is_the_distance_of_two_normals():
    rng = np.random.default_rng(3)
    a, b = rng.normal(1, 2, (30, 1)), rng.normal(-4, 0.5, (40, 1))
    expected = (a.mean() - b.mean()) ** 2 + (a.std(ddof=1) - b.std(ddof=1)) ** 2
    assert frechet(moments(a), moments(b)) == pytest.approx(expected, rel=1e-12)


def test_a_matrix_root_gives_the_same():
    rng = np.random.default_rng(0)
    a, b = (moments(gaussian(rng)) for _ in "ab")
    root = sqrtm(a.covariance @ b.covariance).real
    expected = ((a.mean - b.mean) ** 2).sum()
    expected += np.trace(a.covariance + b.covariance - 2 * root)
    assert frechet(a, b) == pytest.approx(expected, rel=1e-9)
    assert frechet(b, a) == pytest.approx(expected, rel=1e-9)


def test_a_shift_adds_its_squared_length_and_a_rotation_changes_nothing():
    rng = np.random.default_rng(1)
    a, b = (gaussian(rng) for _ in "ab")
    shift = rng.normal(size=6)
    apart = frechet(moments(a), moments(a + shift))
    assert apart == pytest.approx((shift**2).sum(), rel=1e-9)
    turn = np.linalg.qr(rng.normal(size=(6, 6)))[0]
    turned = frechet(moments(a @ turn), moments(b @ turn))
    assert turned == pytest.approx(frechet(moments(a), moments(b)), rel=1e-9)


def test_fewer_samples_than_features_are_no_trouble():
    rng = np.random.default_rng(2)
    a, b = (moments(gaussian(rng, n=5, features=20)) for _ in "ab")
    assert frechet(a, b) > 1
    assert frechet(a, b) == pytest.approx(frechet(b, a), rel=1e-9)
    assert frechet(a, a) == pytest.approx(0, abs=1e-9)
    still = moments(np.ones((4, 20)))
    expected = ((a.mean - 1) ** 2).sum() + np.trace(a.covariance)
    assert frechet(a, still) == pytest.approx(expected, rel=1e-12)


def test_the_distance_of_true_samples_falls_with_n():
    rng = np.random.default_rng(4)
    floors = [
        frechet(*(moments(rng.normal(size=(n, 16))) for _ in "ab"))
        for n in (50, 500, 5000)
    ]
    assert floors[0] > 5 * floors[1] > 25 * floors[2] > 0


@pytest.mark.parametrize("kind", [np.asarray, jnp.asarray])
def test_moments_are_those_of_numpy_in_float64(kind):
    x = np.random.default_rng(1).normal(1000, 0.1, size=(40, 3)).astype("float32")
    found = moments(kind(x))
    assert found.mean.dtype == found.covariance.dtype == "float64"
    np.testing.assert_allclose(found.mean, x.astype("float64").mean(0), rtol=1e-12)
    np.testing.assert_allclose(found.covariance, np.cov(x.T.astype("float64")))


@pytest.mark.parametrize(
    ("features", "message"),
    [
        (np.zeros(5), "one row a point"),
        (np.zeros((1, 5)), "2 rows or more"),
        (np.zeros((0, 5)), "empty"),
        (np.array([[0.0], [np.nan]]), "NaN"),
    ],
)
def test_moments_refuse(features, message):
    with pytest.raises(ValueError, match=message):
        moments(features)


def test_moments_that_do_not_fit_are_refused():
    a, b = moments(np.eye(3)), moments(np.eye(4))
    with pytest.raises(ValueError, match="3 features and b has 4"):
        frechet(a, b)
    with pytest.raises(ValueError, match=r"moments\(b\)"):
        frechet(a, np.eye(3))
    with pytest.raises(ValueError, match=r"a\.mean holds 1 values"):
        frechet(a._replace(mean=np.array([0.0, np.nan, 0.0])), a)


def test_sets_are_compared_by_their_moments():
    rng = np.random.default_rng(6)
    a, b = rng.normal(size=(2, 30, 4))
    assert frechet_distance(a, b) == frechet(moments(a), moments(b))
    assert frechet_distance(a, a) == pytest.approx(0, abs=1e-12)


def test_blind_to_all_but_two_moments():
    signs = np.repeat([[-1.0], [1.0]], 50, axis=0)
    normal = np.random.default_rng(7).normal(size=(100, 1))
    normal = (normal - normal.mean()) / normal.std()
    assert frechet_distance(signs, normal) == pytest.approx(0, abs=1e-12)
    assert mmd_squared(signs, normal) > 0.02
