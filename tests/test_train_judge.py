"""How the judge is made: its network, images that are no digits, a short training."""

import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data
from gan_utils.metrics import (
    Judge,
    digit_classifier,
    judge_provenance,
    judge_weights,
    outliers,
    train_judge,
)

KEY = jax.random.key(0)
DIGITS = data.mnist_sample()
FEW = data.Images(DIGITS.x[:240], DIGITS.y[:240])


def silent(line):
    """Take a line and say nothing."""


def train(notice):
    with jax.numpy_dtype_promotion("standard"):  # optax raises a float to an integer
        return train_judge.train(FEW, epochs=2, seed=1, notice=notice)


@pytest.fixture(scope="module")
def trained():
    return train(silent)


def patches(image):
    """Return the sixteen pieces of an image, in the order of their bytes."""
    pieces = np.asarray(image).reshape(4, 7, 4, 7).swapaxes(1, 2).reshape(16, 49)
    return sorted(piece.tobytes() for piece in pieces)


def test_the_network_has_the_sizes_it_promises():
    weights = jax.jit(digit_classifier.init)(KEY)
    found = jax.jit(digit_classifier.activations)(weights, jnp.asarray(FEW.x[:5]))
    assert found.features.shape == (5, 128) and found.logits.shape == (5, 11)
    assert 2 * sum(w.size for w in weights.values()) < 1_000_000  # half precision
    assert found.features.min() >= 0


@pytest.mark.slow
def test_training_learns_and_is_the_same_twice(trained):
    lines = []
    again = train(lines.append)
    assert len(lines) == 2 and lines[0].startswith("epoch 1: loss ")
    first, last = (float(line.split()[3].rstrip(",")) for line in lines)
    assert last < first
    for name, w in trained.items():
        assert np.array_equal(w, again[name]), name


def test_a_digit_moves_by_two_pixels_at_most():
    x = jnp.full((50, 28, 28, 1), -1.0).at[:, 14, 14].set(1.0)
    rows, columns = np.nonzero(np.asarray(train_judge.shift(KEY, x))[..., 0] > 0)[1:]
    assert len(rows) == 50
    assert set(rows) | set(columns) == {12, 13, 14, 15, 16}


@pytest.mark.parametrize("name", [*outliers.KINDS, *outliers.UNSEEN])
def test_images_that_are_no_digits_are_images(name):
    kind = (outliers.KINDS | outliers.UNSEEN)[name]
    images = kind(KEY, jnp.asarray(FEW.x))
    assert images.shape == FEW.x.shape and images.dtype == jnp.float32
    assert abs(images).max() <= 1 + 1e-6
    assert np.array_equal(images, kind(KEY, jnp.asarray(FEW.x)))
    distinct = len(np.unique(np.asarray(images).reshape(240, -1), axis=0))
    assert distinct > 230 and not np.array_equal(images, FEW.x)


def test_shuffled_digits_keep_their_shades_and_patches():
    x = jnp.asarray(FEW.x[:20])
    for kind in (outliers.shuffled_pixels, outliers.shuffled_patches):
        shades = np.sort(np.asarray(kind(KEY, x)).reshape(20, -1))
        assert np.array_equal(shades, np.sort(FEW.x[:20].reshape(20, -1)))
    cut = outliers.shuffled_patches(KEY, x)
    assert patches(cut[0]) == patches(x[0])
    assert not np.array_equal(cut[0], x[0])


def test_a_mixture_has_every_kind_in_equal_parts():
    images = outliers.mixture(KEY, jnp.asarray(FEW.x[:48]))
    rows = slice(32, 40)  # the fifth of six parts: shuffled pixels
    shades = [np.sort(x[rows].reshape(8, -1)) for x in (images, FEW.x)]
    assert np.array_equal(*shades) and not np.array_equal(images[rows], FEW.x[rows])
    with pytest.raises(ValueError, match="split"):
        outliers.mixture(KEY, jnp.asarray(FEW.x[:49]))


def test_the_command_writes_weights_that_load_and_where_they_come_from(
    tmp_path, monkeypatch, capsys, trained
):
    monkeypatch.setattr(data, "mnist", lambda split, download: FEW, raising=False)
    monkeypatch.setattr(train_judge, "train", lambda *settings: trained)
    train_judge.main(["--out", str(tmp_path), "--epochs", "2"])
    written = json.loads((tmp_path / "judge_weights.json").read_text())
    assert f'SHA256 = "{written["sha256"]}"' in capsys.readouterr().out
    path = tmp_path / judge_weights.FILE
    judge = Judge(judge_weights.load(path, written["sha256"]))
    right = judge.probabilities(FEW.x).argmax(1) == FEW.y
    assert written["test"]["accuracy"] == pytest.approx(right.mean(), abs=1e-4)
    assert written["data"]["train"] == written["data"]["test"]
    assert str(tmp_path) not in json.dumps(written)


def test_checksums_are_of_pixels_and_labels():
    found = judge_provenance.checksum(FEW)
    assert found["images"] == 240 and len(found["sha256"]) == 64
    for other in (FEW._replace(y=FEW.y[::-1]), FEW._replace(x=-FEW.x)):
        assert judge_provenance.checksum(other) != found


def test_the_calibration_error_is_the_mean_gap():
    sure = np.array([0.95, 0.95, 0.95, 0.95, 0.55, 0.55])
    right = np.array([True, True, True, False, True, False])
    gap = (4 * (0.95 - 0.75) + 2 * (0.55 - 0.5)) / 6
    found = judge_provenance.calibration_error(sure, right)
    assert found == pytest.approx(gap)
    assert judge_provenance.calibration_error(np.ones(3), np.ones(3, bool)) == 0
