"""The judge that comes with the package: what it sees, and what it refuses."""

import hashlib
import json
import os
from importlib import resources
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data
from gan_utils.metrics import judge, judge_weights, outliers
from gan_utils.networks import models

FOLDER = resources.files("gan_utils.metrics")
PROVENANCE = json.loads((FOLDER / "judge_weights.json").read_text())
SHARED = Path(__file__).parents[2] / "shared" / "data"
GENUINE = Path(os.environ.get("GAN_UTILS_DATA") or SHARED)
SAMPLE = data.mnist_sample()  # of MNIST's training set: digits that the judge learned
X = SAMPLE.x[:1203]  # two chunks and a piece


def test_the_weights_are_small_and_the_ones_that_were_tested():
    content = (FOLDER / judge_weights.FILE).read_bytes()
    assert len(content) == PROVENANCE["bytes"] < 1_000_000
    found = hashlib.sha256(content).hexdigest()
    assert found == judge_weights.SHA256 == PROVENANCE["sha256"]


def test_the_provenance_says_what_was_measured():
    assert PROVENANCE["command"].startswith("python -m gan_utils.metrics.train_judge")
    assert PROVENANCE["data"]["train"]["images"] == 60_000
    assert PROVENANCE["data"]["test"]["images"] == 10_000
    assert PROVENANCE["test"]["accuracy"] >= 0.99
    recognised = PROVENANCE["no_digits_recognised"]
    assert max(recognised["learned"].values()) < 0.05 and not recognised["mean_image"]


def test_it_is_right_about_5000_digits_that_it_learned():
    look = judge().look(SAMPLE.x)
    assert (look.probabilities.argmax(1) == SAMPLE.y).mean() > 0.99
    assert look.recognised(0.9) > 0.95
    assert np.abs(look.histogram(0.9) - 0.1).max() < 0.01


def test_it_is_right_about_10000_digits_that_it_never_saw(monkeypatch):
    if not (GENUINE / "mnist").is_dir() or not hasattr(data, "mnist"):
        pytest.skip(f"the genuine test digits are not in {GENUINE / 'mnist'}")
    monkeypatch.setenv("GAN_UTILS_DATA", str(GENUINE))
    x, y = data.mnist(split="test", download="never")
    accuracy = (judge().probabilities(x).argmax(1) == y).mean()
    assert accuracy == pytest.approx(PROVENANCE["test"]["accuracy"], abs=2e-4)
    assert accuracy >= 0.99


@pytest.mark.parametrize("name", [*outliers.KINDS, "inverted", "stripes"])
def test_what_is_no_digit_is_rarely_recognised(name):
    kind = (outliers.KINDS | outliers.UNSEEN)[name]
    assert judge().recognised(kind(jax.random.key(7), jnp.asarray(X))) < 0.05


def test_the_mean_image_and_blank_images_are_no_digits():
    mean = X.mean(0, keepdims=True)
    blank = np.stack([np.full_like(mean[0], shade) for shade in (-1, 0, 1)])
    assert judge().recognised(mean) == judge().recognised(blank) == 0


def test_an_untrained_generator_draws_no_digits():
    recipe = models.mlp_generator(16, (64,), (28, 28, 1), output=jnp.tanh)
    z = 2 * jax.random.normal(jax.random.key(1), (500, 16))
    samples, _ = models.apply(recipe, models.init(recipe, jax.random.key(0)), z)
    assert judge().recognised(samples) < 0.05


def test_shapes_dtypes_and_ranges():
    look = judge().look(X)
    assert look.features.shape == (len(X), 128)
    assert look.probabilities.shape == (len(X), 10)
    assert {part.dtype for part in look} == {np.dtype("float32")}
    assert look.features.min() >= 0 and look.probabilities.min() >= 0
    assert 0.9 < look.probabilities.sum(1).mean() <= 1 + 1e-6
    assert np.array_equal(judge().features(X), look.features)
    assert np.array_equal(judge().probabilities(X), look.probabilities)


def test_chunks_change_nothing():
    whole = judge().look(X)
    for rows in (slice(0, 1), slice(499, 502), slice(700, 1203)):
        piece = judge().look(X[rows])
        for a, b in zip(whole, piece, strict=True):
            np.testing.assert_allclose(a[rows], b, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("kind", [jnp.asarray, lambda x: x.astype("float64")])
def test_arrays_of_every_floating_kind_give_the_same(kind):
    assert np.array_equal(judge().features(kind(X[:9])), judge().features(X[:9]))


def test_the_histogram_counts_recognised_images_or_all():
    threes = X[SAMPLE.y[: len(X)] == 3]
    noise = np.random.default_rng(0).uniform(-1, 1, threes.shape)
    both = np.concatenate([threes, noise])
    assert judge().histogram(both)[3] > 0.98
    assert 0.45 < judge().recognised(both) <= 0.5
    everything = judge().histogram(both, confidence=0.0)
    assert everything.sum() == pytest.approx(1) and judge().recognised(both, 0.0) == 1
    assert np.isnan(judge().histogram(noise)).all()


def test_it_is_loaded_once_and_does_not_print_its_weights():
    assert judge() is judge() and repr(judge()) == "Judge()"


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ((X + 1) * 127.5, "0..255"),
        (((X + 1) * 127.5).astype("uint8"), "raw pixels"),
        (X[..., 0], "channel axis"),
        (X.reshape(len(X), -1), "flattened"),
        (SAMPLE.y, "labels"),
        (np.repeat(X[:2], 3, -1), "expected 1 channels"),
        (np.pad(X[:2], ((0, 0), (2, 2), (2, 2), (0, 0))), "28 x 28"),
        (X[:0], "empty"),
        (np.where(X[:2] > 0, np.nan, X[:2]), "NaN"),
    ],
)
@pytest.mark.parametrize(
    "ask", ["features", "probabilities", "recognised", "histogram"]
)
def test_what_is_no_image_of_this_kind_is_refused(ask, x, message):
    with pytest.raises(ValueError, match=message):
        getattr(judge(), ask)(x)


@pytest.mark.parametrize("confidence", [1.0, -0.1, 90, float("nan")])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        judge().recognised(X[:2], confidence)


def test_a_damaged_or_missing_file_is_refused(tmp_path):
    content = (FOLDER / judge_weights.FILE).read_bytes()
    path = tmp_path / judge_weights.FILE
    for damaged in (content[:-1], content[:1000] + b"?" + content[1001:], b""):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"damaged.*install the course again"):
            judge_weights.load(path)
    path.unlink()
    with pytest.raises(ValueError, match="missing"):
        judge_weights.load(path)


def test_weights_survive_the_file(tmp_path):
    weights = judge_weights.load()
    path = tmp_path / judge_weights.FILE
    for name, w in judge_weights.load(path, judge_weights.save(weights, path)).items():
        assert w.dtype == "float32" and np.array_equal(w, weights[name])
    with pytest.raises(ValueError, match="NaN"):
        judge_weights.save({"last.bias": jnp.full(11, jnp.nan)}, path)
