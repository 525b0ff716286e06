"""Images: shapes, ranges, labels, and genuine digits."""

import jax
import numpy as np
import pytest
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
