"""The judge of faces reads what was drawn, refuses what is none, and has a floor."""

import jax
import numpy as np
import pytest

from gan_utils import data, metrics
from gan_utils.data.face_attributes import NAMES
from gan_utils.metrics import (
    face_judge,
    face_outliers,
    judge_weights,
    train_face_judge,
)
from gan_utils.metrics.face_report import FacesReport


@pytest.fixture(scope="module")
def drawn():
    return data.faces(32).labelled(jax.random.key(5), 2000)


@pytest.fixture(scope="module")
def look(drawn):
    return metrics.faces_judge().look(drawn.x)


def test_it_reads_every_attribute_of_faces_it_has_not_seen(drawn, look):
    right = (look.labels == np.asarray(drawn.y)).mean(0)
    assert {n: r for n, r in zip(NAMES, right, strict=True) if r < 0.985} == {}
    assert right.mean() > 0.99


def test_where_it_is_sure_it_is_right(drawn, look):
    clear = look.clear()
    assert clear.mean() > 0.98
    assert (look.labels == np.asarray(drawn.y))[clear].mean() > 0.999


@pytest.mark.parametrize("name", sorted(face_outliers.KINDS))
def test_what_is_no_face_has_no_clear_attribute(name, drawn):
    x = face_outliers.KINDS[name](jax.random.key(9), drawn.x[:500])
    assert metrics.faces_judge().look(x).clear().mean() < 0.01


def test_shares_are_those_of_the_distribution(look):
    for name in NAMES:
        gap = np.abs(look.shares(name) - data.faces().shares(name)).max()
        assert gap < 0.05, name


@pytest.fixture(scope="module")
def report():
    return metrics.faces_report(data.faces(32).sample(jax.random.key(6), 1000))


def test_drawn_faces_are_as_good_as_the_floor(report):
    assert 0.8 < report.multiple < 1.25
    assert 0.99 < report.share < 1.01
    assert all(found > true / 3 for found, true in report.rare.values())
    assert all(report.kl(name) < 0.02 for name in NAMES)
    assert "4 of 4 rare values" in str(report)


def test_what_is_clear_nowhere_has_no_divergence():
    noise = np.random.default_rng(0).uniform(-1, 1, (20, 32, 32, 3))
    report = metrics.faces_report(noise)
    assert report.clear == 0 and report.rare_found == 0
    assert all(np.isnan(report.kl(name)) for name in NAMES)
    assert np.isnan(report._replace(real_clear=0.0).share)


def test_a_generator_that_forgets_something_is_found_out():
    """Half of its faces wear a crown, and none is bald."""
    people = data.faces(32)
    crowned = people.having(hat="crown", style="long").sample(jax.random.key(7), 300)
    others = people.having(style="short").sample(jax.random.key(8), 300)
    report: FacesReport = metrics.faces_report(np.concatenate([crowned, others]))
    assert report.rare["hat crown"][0] > 0.4
    assert report.kl("style") > 0.3 > 0.1 > report.kl("skin")
    with pytest.raises(ValueError, match=r"expected .skin. or .age."):
        report.kl("hats")
    assert report.multiple > 3


def test_noise_on_every_pixel_makes_it_worse_step_by_step(drawn):
    key = jax.random.key(10)
    noisy = [
        np.clip(drawn.x[:1000] + s * jax.random.normal(key, (1000, 32, 32, 3)), -1, 1)
        for s in (0.1, 0.3, 0.6)
    ]
    reports = [metrics.faces_report(x) for x in noisy]
    assert reports[0].multiple < reports[1].multiple < reports[2].multiple
    assert reports[0].clear > reports[1].clear > reports[2].clear


@pytest.mark.parametrize(
    "x, words",
    [
        (np.zeros((4, 28, 28, 3)) - 0.5, "32 x 32"),
        (np.zeros((4, 32, 32, 1)) - 0.5, "channel"),
        (np.zeros((1, 32, 32, 3)) - 0.5, "no covariance"),
    ],
)
def test_other_images_are_refused(x, words):
    with pytest.raises(ValueError, match=words):
        metrics.faces_report(x)


def test_the_weights_are_known_by_their_hash(tmp_path):
    path = tmp_path / face_judge.FILE
    path.write_bytes(b"other weights")
    with pytest.raises(ValueError, match="damaged"):
        judge_weights.load(path, face_judge.SHA256)


@pytest.mark.usefixtures("settings_of_a_learner")  # for a schedule of Optax
def test_training_learns_in_an_epoch():
    few = data.faces(32).labelled(jax.random.key(0), 1280)
    losses = []
    train_face_judge.train(
        data.Images(*map(np.asarray, few)),
        2,
        notice=lambda line: losses.append(float(line.split("loss ")[1].split(",")[0])),
    )
    assert losses[1] < 0.9 * losses[0]
