"""What the judge says of samples, always beside what it says of real digits."""

from typing import NamedTuple

import numpy as np

from gan_utils import validate
from gan_utils.metrics.frechet import frechet, moments
from gan_utils.metrics.judge import Look, judge


class JudgeReport(NamedTuple):
    """One set of samples, and real images in the same words."""

    n: int  # samples, and real images behind the floor
    recognised: float  # share of the samples that the judge is sure of
    real_recognised: float  # the same of the real images; the best to hope for
    share: float  # recognised / real_recognised
    classes: np.ndarray  # (10,) shares of the digits among recognised samples
    real_classes: np.ndarray  # (10,) the same among recognised real images
    distance: float  # Frechet distance of the samples from the reference
    floor: float  # the same of n other real images: a perfect generator's
    multiple: float  # distance / floor, near 1 for a perfect generator

    def __str__(self) -> str:
        apart = (
            f"Frechet distance {self.distance:.3g}, {self.multiple:.3g} times the "
            f"{self.floor:.3g} of {self.n:,} real images"
        )
        if np.isnan(self.recognised):
            return apart
        real = f"(real: {self.real_recognised:.1%})"
        return f"{self.recognised:.1%} recognised {real}; {apart}"


def judge_report(
    x, reference, twin, confidence: float = 0.9, digits: bool = True
) -> JudgeReport:
    """Judge samples beside real images: recognition, classes, distance and its floor.

    The reference and its twin are disjoint sets of real images, drawn at random from
    one split. Shuffle MNIST's test digits before you cut them: the first 5,000 are
    neater than the last. By the judge that comes with the course the two halves are
    21.8 apart, where shuffled ones are 1.8 apart, and the training digits, which it
    knows, are at 1.9 floors from such a half.

    To report often on the same digits, look at them once: `judge().look(images)` may
    stand for any of the three sets.

    Args:
        x: samples, (n, 28, 28, 1) in [-1, 1]; take thousands: 128 features have a
            covariance of 8,256 numbers, and the floor rises as n falls.
        reference: real images that samples are compared with, any number.
        twin: n other real images, which play the perfect generator.
        confidence: least probability of the likeliest digit that counts as recognised.
        digits: say False when the images are not MNIST's digits but, for example, those
            of Fashion-MNIST or KMNIST. The distance is then still defined, in features
            that were made for digits; recognition and classes are NaN.

    Returns:
        JudgeReport.

    Raises:
        ValueError: other images than these, fewer than 2 in a set, a twin of another
            n than the samples, one that is the reference, or a confidence outside
            [0, 1).
    """
    sets = {"x": x, "reference": reference, "twin": twin}
    looks = {name: _look(images, name) for name, images in sets.items()}
    validate.below_0({k: x for k, x in sets.items() if not isinstance(x, Look)})
    _check_sizes({name: len(look.features) for name, look in looks.items()})
    reference_look, twin_look = looks["reference"], looks["twin"]
    real = moments(reference_look.features)
    distance = frechet(moments(looks["x"].features), real)
    floor = frechet(moments(twin_look.features), real)
    _check_floor(floor, real)
    said = np.concatenate([reference_look.probabilities, twin_look.probabilities])
    both = reference_look._replace(probabilities=said)  # recognition reads no features
    recognised, classes = _recognition(looks["x"], confidence, digits)
    real_recognised, real_classes = _recognition(both, confidence, digits)
    return JudgeReport(
        n=len(looks["x"].features),
        recognised=recognised,
        real_recognised=real_recognised,
        share=recognised / real_recognised if real_recognised else np.nan,
        classes=classes,
        real_classes=real_classes,
        distance=distance,
        floor=floor,
        multiple=distance / floor,
    )


def _look(images, name: str) -> Look:
    if isinstance(images, Look):
        return images
    return judge().look(images, name, whole=False)


def _recognition(look: Look, confidence: float, digits: bool):
    """Return the share that is recognised and its classes; NaN without digits."""
    rate, shares = look.recognised(confidence), look.histogram(confidence)
    return (rate, shares) if digits else (np.nan, np.full_like(shares, np.nan))


def _check_sizes(sizes):
    for name, n in sizes.items():
        if n < 2:
            raise ValueError(
                f"{name} holds {n} image; expected 2 or more, since one has no "
                "covariance. Likely cause: x[:1] for a whole set."
            )
    if sizes["twin"] != sizes["x"]:
        raise ValueError(
            f"twin holds {sizes['twin']} images and x holds {sizes['x']}; expected as "
            "many, because the distance of true images depends on their number. Cut "
            "the longer one."
        )


def _check_floor(floor, real):
    if floor <= 1e-9 * np.trace(real.covariance):
        raise ValueError(
            "twin is as far from reference as it is from itself: 0. Expected other "
            "real images. Likely cause: the same images passed twice, or one image "
            "repeated in both."
        )
