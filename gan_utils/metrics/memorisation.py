"""Memorisation: are samples nearer to the training data than new data are?"""

from typing import NamedTuple

import numpy as np
import scipy  # its parts load when they are first used

from gan_utils.metrics.distances import nearest, tables

CLOSE = 0.01  # share of held-out rows that count as close to the training set


class Memorisation(NamedTuple):
    """Distances of samples to the training set, ranked among those of held-out data."""

    nearer: float  # chance that a sample is nearer than a held-out row; 1/2 if fresh
    p_value: float  # of ranks as low as these, or lower, for fresh samples
    close: float  # share of samples nearer than 99 % of held-out rows; 0.01 if fresh


def memorisation(train, held_out, samples) -> Memorisation:
    """Compare nearest-neighbour distances to the training set by rank.

    The null: samples and held-out rows come from one distribution. Then all of their
    distances are in random order (Mann and Whitney's test), whatever the distance.

    Wrong both ways. A generator that copies half of the time and paints noise the other
    half has average ranks: look at `close`. One that only makes the simplest digits is
    near to the training set without a single copy. And pixels do not see a copy that
    was moved by one.

    Args:
        train: what the generator was trained on, shape (N, ...).
        held_out: real rows that it never saw, shape (M, ...), of the same source: rows
            kept back from MNIST's training file, not its test file, which other people
            wrote.
        samples: shape (K, ...).

    Returns:
        Memorisation; `nearest(samples, train)` has the distances themselves.

    Raises:
        ValueError: rows that do not fit, NaN, or an empty set.

    References:
        Meehan et al., A non-parametric test to detect data-copying in generative
        models, arXiv:2004.05675.
    """
    sets = {"train": train, "held_out": held_out, "samples": samples}
    train, held_out, samples = tables(sets)
    fresh = nearest(held_out, train).distance
    made = nearest(samples, train).distance
    test = scipy.stats.mannwhitneyu(
        made, fresh, alternative="less", method="asymptotic"
    )
    return Memorisation(
        nearer=float(1 - test.statistic / (len(made) * len(fresh))),
        p_value=float(test.pvalue),
        close=float((made < np.quantile(fresh, CLOSE)).mean()),
    )
