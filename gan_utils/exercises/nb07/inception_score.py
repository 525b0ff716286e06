"""Exercise: the Inception score from a table of beliefs."""

import numpy as np

from gan_utils import metrics
from gan_utils.exercises.exercise import Exercise, register


def _divergences(p, q):
    """KL of each row of p from q, with 0 log 0 = 0, in nats."""
    ratio = np.where(p > 0, p, 1) / np.where(p > 0, q, 1)
    return (p * np.log(ratio)).sum(1)


def _entropy(p):
    return -(p * np.log(np.where(p > 0, p, 1))).sum(-1)


def _safe_ratio(p):
    return np.where(p > 0, p / p.mean(0), 1)


def _score(p):
    return metrics.inception_score(p)


def _without_care(p):
    q = p.mean(0)
    return np.exp((p * np.log(p / q)).sum(1).mean())


def _other_way(p):
    q = p.mean(0)
    return np.exp((q * (np.log(q) - np.log(p))).sum(1).mean())


def _beliefs(rng):
    """Sure and unsure images; some beliefs are exactly 0, and one table has none."""
    cases = []
    for n, k, sharpness in ((12, 4, 1.0), (30, 10, 0.15), (7, 3, 3.0)):
        p = rng.dirichlet(np.full(k, sharpness), n)
        p[: n // 3, 0] = 0
        cases.append((p / p.sum(1, keepdims=True),))
    cases.append((rng.dirichlet(np.ones(5), 9),))
    return cases


task = register(
    Exercise(
        name="inception_score",
        notebook="07",
        difficulty=2,
        minutes=10,
        reference=_score,
        cases=_beliefs,
    )
)

task.wrong(
    lambda p: np.log(_score(p)),
    "The exponential is missing: this is the mean divergence itself.",
)
task.wrong(
    lambda p: np.exp(_divergences(p, p.mean(0))).mean(),
    "You averaged the exponentials. Average the divergences first, then take one "
    "exponential.",
)
task.wrong(
    lambda p: np.exp(_divergences(p, p.mean(0)).sum()),
    "You summed the divergences over the images. Average them.",
)
task.wrong(
    lambda p: np.exp((p * np.log(_safe_ratio(p))).mean()),
    "You averaged over images and classes alike. A divergence is a sum over the "
    "classes; only the images are averaged.",
)
task.wrong(
    lambda p: np.exp(np.log(p.shape[1]) - _entropy(p).mean()),
    "You compared each row with equal shares of the classes (the mean over axis 1 is "
    "that, too). p(y) is the mean over the images, axis 0.",
)
task.wrong(
    lambda p: np.exp(_divergences(p, p.sum(0)).mean()),
    "Your p(y) sums the rows, so it is no probability. Take their mean.",
)
task.wrong(
    lambda p: np.exp((p * np.log(_safe_ratio(p))).sum(0).mean()),
    "You summed over the images and averaged over the classes. It is the other way "
    "round: axis 1 has the classes.",
)
task.wrong(
    lambda p: np.exp(_entropy(p.mean(0))),
    "This only asks whether the classes are even. An image of which nobody can say "
    "what it shows must lower the score.",
)
task.wrong(
    lambda p: np.exp(_entropy(p).mean()),
    "This is large when every image is unclear. The score is the entropy of p(y) "
    "minus this mean entropy, in the exponent.",
)
task.wrong(
    lambda p: 1 / _score(p),
    "The sign in the exponent is wrong: divergences are 0 or more, so the score is 1 "
    "or more.",
)
task.wrong(
    _without_care,
    "Where a belief is 0 you got 0 log 0, which NumPy makes NaN; it counts as 0. "
    "Replace p by 1 inside the logarithm there.",
)
task.wrong(
    _other_way,
    "This is KL(p(y) ‖ p(y|x)), the other way round: infinite where a belief is 0. "
    "Weight the logarithm by the row itself.",
)
task.wrong(
    lambda p: np.exp(_divergences(p, p.mean(0)).mean() / np.log(2)),
    "Your logarithm has base 2 and your exponential base e. Use np.log.",
)
