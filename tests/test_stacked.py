"""Stacked digits: the source of batches, the judge's names for them, the oracle row."""

import jax
import numpy as np
import pytest
from scipy.stats import entropy

from gan_utils import data
from gan_utils.metrics import stacked_classes, stacked_oracle, stacked_report

DIGITS = data.mnist_sample()
KEY = jax.random.key(0)
TRIPLES = np.stack(np.unravel_index(np.arange(1000), (10, 10, 10)), 1)


@pytest.fixture(scope="module")
def drawn():
    """Forty stacked images of digits that the judge can name."""
    return np.asarray(data.stacked(DIGITS.x[:200]).sample(KEY, 40))


def test_every_colour_is_one_of_the_images(drawn):
    assert drawn.shape == (40, 28, 28, 3)
    known = {image.tobytes() for image in DIGITS.x[:200]}
    colours = np.moveaxis(drawn, -1, 1).reshape(120, -1)
    assert all(colour.tobytes() in known for colour in colours)
    assert len({colour.tobytes() for colour in colours}) > 60


def test_bytes_stay_bytes_until_they_are_drawn(drawn):
    raw = np.round((DIGITS.x[:200] + 1) * 127.5).astype("uint8")
    source = data.stacked(raw)
    assert source.x.dtype == "uint8"
    np.testing.assert_allclose(source.sample(KEY, 40), drawn, atol=1e-6)


def test_it_is_a_source_of_batches():
    source = data.batches(data.stacked(DIGITS.x[:50]), 4, draws=2)
    batch = jax.jit(lambda s: s.batch(KEY, 3))(source)
    assert batch.x.shape == (2, 4, 28, 28, 3) and batch.y is None
    assert np.array_equal(batch.x, source.batch(KEY, 3).x)


def test_the_judge_names_each_colour():
    rows = np.random.default_rng(0).integers(0, 200, (60, 3))
    x = np.moveaxis(DIGITS.x[rows][..., 0], 1, -1)
    assert (stacked_classes(x) == DIGITS.y[rows]).mean() > 0.97


def test_reports_are_counts_and_entropies():
    classes = np.random.default_rng(0).integers(0, 4, (500, 3))
    found = stacked_report(classes)
    triples, counts = np.unique(classes, axis=0, return_counts=True)
    assert found.modes == len(triples)
    expected = np.log(1000) - entropy(counts)
    assert found.reverse_kl == pytest.approx(expected, rel=1e-9)
    assert found.reverse_kl >= np.log(1000 / found.modes)


def test_extremes_and_a_thousand_images_that_score_the_top():
    assert stacked_report(TRIPLES) == (1000, pytest.approx(0, abs=1e-9))
    collapsed = stacked_report(np.tile([[3, 1, 4]], (50, 1)))
    assert collapsed == (1, pytest.approx(np.log(1000)))


@pytest.mark.parametrize(
    ("digits", "n", "kl", "std"),
    [
        (np.arange(10), 26_000, 0.0193, 0.0008),
        (np.arange(10), 10_000, 0.0508, 0.0025),
        # MNIST's training labels, which are not quite even
        (
            np.repeat(
                np.arange(10),
                [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
            ),
            26_000,
            0.0235,
            0.0011,
        ),
    ],
)
def test_a_perfect_generator_is_where_it_was_measured_to_be(digits, n, kl, std):
    found = stacked_oracle(digits, n, seeds=20)
    assert found.mean.reverse_kl == pytest.approx(kl, abs=std)
    assert std / 2 < found.std.reverse_kl < 2 * std
    assert found.mean.modes > 999 and found.n == (n,)


@pytest.mark.parametrize(
    ("classes", "message"),
    [
        (TRIPLES[:, :2], r"shape \(N, 3\)"),
        (TRIPLES + 1, "0 to 9"),
        (TRIPLES / 1.0, "argmax"),
        (TRIPLES[:0], "digits"),
    ],
)
def test_what_is_no_triple_is_refused(classes, message):
    with pytest.raises(ValueError, match=message):
        stacked_report(classes)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (DIGITS.x[:4, ..., 0], "channel axis"),
        (np.zeros((4, 28, 28, 3), "float32"), "grey images"),
        (np.zeros((4, 28, 28, 3), "uint8"), "grey images"),
        (DIGITS.x[:4] + 2, "raw pixels"),
        (np.zeros((0, 28, 28, 1), "uint8"), "no images|N of 1"),
    ],
)
def test_what_cannot_be_stacked_is_refused(x, message):
    with pytest.raises(ValueError, match=message):
        data.stacked(x)
