"""The judge's report: real digits beside the samples, whatever they are."""

import numpy as np
import pytest

from gan_utils import data
from gan_utils.metrics import frechet, judge, judge_report, moments

N = 1000
DIGITS = data.mnist_sample()
REFERENCE, TWIN, THIRD = np.split(DIGITS.x[: 3 * N], 3)


def test_real_digits_are_at_the_floor():
    report = judge_report(THIRD, REFERENCE, TWIN)
    assert report.n == N and report.floor > 0
    assert report.multiple == pytest.approx(1, abs=0.2)
    assert report.share == pytest.approx(1, abs=0.02)
    assert np.abs(report.classes - report.real_classes).max() < 0.05


def test_the_numbers_are_those_of_their_definitions():
    samples = 0.7 * THIRD
    report = judge_report(samples, REFERENCE, TWIN)
    fake, real, twin = (
        moments(judge().features(x)) for x in (samples, REFERENCE, TWIN)
    )
    assert report.distance == pytest.approx(frechet(fake, real), rel=1e-6)
    assert report.floor == pytest.approx(frechet(twin, real), rel=1e-6)
    assert report.multiple == report.distance / report.floor
    both = np.concatenate([REFERENCE, TWIN])
    assert report.recognised == judge().recognised(samples)
    assert report.real_recognised == pytest.approx(judge().recognised(both))
    assert report.share == report.recognised / report.real_recognised
    np.testing.assert_allclose(report.real_classes, judge().histogram(both))


def test_looks_stand_for_the_images_they_are_of():
    report = judge_report(THIRD, REFERENCE, TWIN)
    again = judge_report(*map(judge().look, (THIRD, REFERENCE, TWIN)))
    assert str(again) == str(report) and again.multiple == report.multiple
    assert again.real_recognised == report.real_recognised


def test_worse_samples_are_further_away_and_less_often_recognised():
    noise = np.random.default_rng(0).uniform(-1, 1, THIRD.shape)
    reports = [
        judge_report((1 - a) * THIRD + a * noise, REFERENCE, TWIN)
        for a in (0.0, 0.3, 0.6, 1.0)
    ]
    multiples = [report.multiple for report in reports]
    assert multiples == sorted(multiples) and multiples[-1] > 50
    assert reports[0].recognised > 0.95 and reports[-1].recognised < 0.05


def test_missing_classes_show_although_every_sample_is_recognised():
    ones = DIGITS.x[DIGITS.y == 1]
    samples = np.concatenate([ones, ones])
    report = judge_report(samples, REFERENCE, TWIN)
    assert report.share > 0.95 and report.classes[1] > 0.99
    assert 0.05 < report.real_classes[1] < 0.15
    assert report.multiple > 20


def test_other_images_have_a_distance_but_nothing_is_recognised():
    report = judge_report(THIRD, REFERENCE, TWIN)
    other = judge_report(THIRD, REFERENCE, TWIN, digits=False)
    assert other[6:] == report[6:] and other.n == report.n
    numbers = (other.recognised, other.real_recognised, other.share)
    assert np.isnan(numbers).all()
    assert np.isnan(other.classes).all() and np.isnan(other.real_classes).all()
    assert "recognised" in str(report) and "recognised" not in str(other)


def test_it_reads_as_a_sentence_with_the_floor_in_it():
    report = judge_report(TWIN, REFERENCE, TWIN)
    assert str(report).endswith(f"1 times the {report.floor:.3g} of 1,000 real images")
    assert f"(real: {report.real_recognised:.1%})" in str(report)


def test_nothing_recognised_leaves_no_classes():
    report = judge_report(np.full_like(THIRD, -1), REFERENCE, TWIN)
    assert report.recognised == report.share == 0
    assert np.isnan(report.classes).all() and np.isfinite(report.multiple)


@pytest.mark.parametrize(
    ("sets", "message"),
    [
        ((THIRD[:99], REFERENCE, TWIN), "twin holds 1000 images and x holds 99"),
        ((THIRD[:1], REFERENCE, TWIN[:1]), "x holds 1 image"),
        ((THIRD, REFERENCE[:1], TWIN), "reference holds 1 image"),
        ((THIRD, TWIN, TWIN), "the same images passed twice"),
        ((THIRD, REFERENCE, TWIN[..., 0]), "twin is .* channel axis"),
        ((THIRD + 2, REFERENCE, TWIN), "x is .* standardised|x is .* raw pixels"),
        ((THIRD, np.full_like(REFERENCE, np.nan), TWIN), "reference holds .* NaN"),
    ],
)
def test_sets_that_do_not_fit_are_refused(sets, message):
    with pytest.raises(ValueError, match=message):
        judge_report(*sets)
