"""The classifier two-sample test: can a new critic tell samples from data?"""

from typing import NamedTuple

import numpy as np
import scipy  # its parts load when they are first used

from gan_utils import validate
from gan_utils.metrics.distances import same_width, tables


class TwoSample(NamedTuple):
    """How well a classifier does on rows that it never saw."""

    accuracy: float  # 1/2 on average where both sets have one distribution
    p_value: float  # chance of as many hits, or more, by luck
    chance_std: float  # of coin flips' accuracy: 0.5 / sqrt(held-out rows)


def two_sample_test(real, fake, classifier=None, seed: int = 0) -> TwoSample:
    """Train a classifier on half of the rows and test it on the others.

    The null: both sets have the same distribution. Then the labels of held-out rows are
    in random order, and the hits among those called real follow the hypergeometric law,
    whatever the classifier does: the p-value is exact.

    Wrong in two ways. A weak classifier finds nothing: a linear one cannot tell sets
    with equal means, however unlike. And with rows enough, any generator fails: read
    the accuracy, not the p-value, to compare two of them.

    Args:
        real: features or images of data, shape (N, ...).
        fake: the same of samples, shape (M, ...); the larger set is cut to the smaller.
        classifier: scikit-learn's kind, with `fit` and `predict`; it is cloned. By
            default the majority among sqrt(n) nearest neighbours.
        seed: of the split.

    Returns:
        TwoSample.

    Raises:
        ValueError: rows that do not fit, NaN, or fewer than 4 in a set.

    References:
        Lopez-Paz and Oquab, Revisiting classifier two-sample tests, arXiv:1610.06545.
    """
    # Imported here: a second or more, which no other metric needs.
    from sklearn.base import clone
    from sklearn.neighbors import KNeighborsClassifier

    real, fake = tables({"real": real, "fake": fake})
    same_width(real, fake, "real", "fake")
    half = min(len(real), len(fake)) // 2
    validate.count(half, "half of the smaller set", minimum=2)
    rng = np.random.default_rng(seed)
    real, fake = (x[rng.permutation(len(x))[: 2 * half]] for x in (real, fake))
    train, test = (
        np.concatenate([real[rows], fake[rows]])
        for rows in (slice(half), slice(half, None))
    )
    is_real = np.arange(2 * half) < half
    usual = KNeighborsClassifier(max(1, int((2 * half) ** 0.5)))
    model = usual if classifier is None else clone(classifier)
    called_real = np.asarray(model.fit(train, is_real).predict(test), bool)
    hits = int((called_real & is_real).sum())
    return TwoSample(
        accuracy=float((called_real == is_real).mean()),
        p_value=float(
            scipy.stats.hypergeom.sf(hits - 1, 2 * half, half, called_real.sum())
        ),
        chance_std=0.5 / (2 * half) ** 0.5,
    )
