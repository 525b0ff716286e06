"""Balls of neighbours against scikit-learn's, closed forms, and how they are fooled."""

import tracemalloc

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.neighbors import NearestNeighbors

from gan_utils.metrics import distances, floor, log_parzen, nearest, neighbours, radii

RNG = np.random.default_rng(0)
REAL, FAKE = RNG.normal(size=(80, 6)), RNG.normal(0.5, 0.8, size=(70, 6))


def reference(real, fake, k):
    """The definitions, with scikit-learn's neighbours and all distances at once."""

    def reach(x):
        return NearestNeighbors(n_neighbors=k).fit(x).kneighbors()[0][:, -1]

    apart = cdist(real, fake)
    in_real = apart <= reach(real)[:, None]
    in_fake = apart <= reach(fake)[None]
    return (
        in_real.any(0).mean(),
        in_fake.any(1).mean(),
        in_real.sum() / (k * len(fake)),
        in_real.any(1).mean(),
    )


@pytest.mark.parametrize("k", [1, 3, 5])
@pytest.mark.parametrize("shift", [0.0, 1e4])
def test_scores_are_those_of_the_definitions(k, shift):
    found = neighbours(REAL + shift, FAKE + shift, k)
    np.testing.assert_allclose(found, reference(REAL, FAKE, k), atol=1e-12)
    assert 0 < found.recall < 1 and 0 < found.coverage < 1


def test_small_blocks_change_nothing(monkeypatch):
    whole, near = neighbours(REAL, FAKE, 3), nearest(FAKE, REAL)
    monkeypatch.setattr(distances, "BYTES", 8 * 80 * 7)
    assert neighbours(REAL, FAKE, 3) == whole
    assert np.array_equal(nearest(FAKE, REAL).row, near.row)


@pytest.mark.parametrize(
    "work", [neighbours, nearest, lambda a, b: log_parzen(a, b, [1.0])]
)
def test_memory_is_bounded(monkeypatch, work):
    monkeypatch.setattr(distances, "BYTES", 2**18)
    sets = RNG.normal(size=(2, 1500, 4))
    tracemalloc.start()
    work(*sets)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1500**2  # bytes, an eighth of what all distances take


def test_radii_and_nearest_are_scikit_learns():
    model = NearestNeighbors(n_neighbors=4).fit(REAL)
    np.testing.assert_allclose(radii(REAL, 4), model.kneighbors()[0][:, -1], rtol=1e-9)
    apart, row = model.kneighbors(FAKE, 1)
    found = nearest(FAKE, REAL)
    np.testing.assert_allclose(found.distance, apart[:, 0], rtol=1e-12)
    assert np.array_equal(found.row, row[:, 0])
    assert (nearest(REAL, REAL).distance == 0).all()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_identical_sets(dtype):
    real = REAL.astype(dtype)
    assert neighbours(real, real, 4) == (1, 1, 5 / 4, 1)


def test_images_are_compared_by_their_pixels():
    images = REAL.reshape(80, 2, 3, 1), FAKE.reshape(70, 2, 3, 1)
    assert neighbours(*images) == neighbours(REAL, FAKE)


def test_the_floor_of_equal_distributions_has_a_closed_form():
    n, k = 200, 3
    found = floor(lambda a, b: neighbours(a, b, k), RNG.normal(size=(1000, 2)), n, 40)
    ball = np.arange(1, k + 1)
    missed = np.prod((n - ball) / (2 * n - ball))
    error = np.array(found.std) / 40**0.5
    assert abs(found.mean.density - 1) < 4 * error[2]
    assert abs(found.mean.coverage - (1 - missed)) < 4 * error[3] < 0.02
    assert found.mean.precision < 0.99 and found.mean.recall < 0.99


def test_an_outlier_fools_precision_and_less_so_density():
    outlier = np.concatenate([REAL, np.full((1, 6), 30.0)])
    bad = RNG.uniform(10, 20, size=(70, 6))
    assert neighbours(REAL, bad)[:3] == (0, 0, 0)
    fooled = neighbours(outlier, bad)
    assert fooled.precision == 1 and fooled.coverage == 1 / 81
    assert fooled.density == pytest.approx(1 / 5)


def test_coverage_forgives_bad_fakes_and_density_rewards_crowding():
    bad = np.concatenate([REAL, np.full((400, 6), 50.0)])
    found = neighbours(REAL, bad)
    assert found.coverage == found.recall == 1 and found.precision < 0.2
    crowd = 0.01 * RNG.normal(size=(70, 6))
    found = neighbours(REAL, crowd)
    assert found.density > 1.5 and found.coverage < 0.5


@pytest.mark.parametrize(
    ("real", "fake", "k", "message"),
    [
        (REAL, FAKE, 70, "fake holds 70 points"),
        (REAL, FAKE, 0, "k is"),
        (REAL, FAKE[:, :2], 3, "real has 6 numbers a row and fake has 2"),
        (REAL, FAKE * np.nan, 3, "fake holds .* NaN"),
        (REAL[:, 0], FAKE, 3, "one row a point"),
        (REAL[:0], FAKE, 3, "real is empty"),
    ],
)
def test_sets_that_do_not_fit_are_refused(real, fake, k, message):
    with pytest.raises(ValueError, match=message):
        neighbours(real, fake, k)
