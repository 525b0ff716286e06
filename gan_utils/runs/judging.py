"""What a finished run says of its samples: the judge's numbers, real digits beside."""

import numpy as np

from gan_utils import metrics, validate
from gan_utils.data import Images

DIGITS = ("mnist", "sample")  # sets on which recognition means something


def judged(x: np.ndarray, y, test: Images, data: str) -> dict:
    """Judge samples beside test images that no generator has seen.

    Half of the test images are the reference, the other half the perfect generator that
    the floor comes from; as many samples are judged.

    Args:
        x: samples, (N, 28, 28, 1) in [-1, 1].
        y: labels (N,) that they were asked for, one number for all, or None.
        test: real images of the same kind.
        data: name of their set.

    Returns:
        Numbers by name; see `metrics.JudgeReport`. Those of recognition are left out
        where the set does not hold digits.
    """
    n = min(len(x), len(test.x) // 2)
    # MNIST's first 5,000 test digits are far from its last: mix before cutting.
    order = np.random.default_rng(0).permutation(len(test.x))
    twin, reference = test.x[order[:n]], test.x[order[n:]]
    seen = metrics.judge().look(x[:n])
    report = metrics.judge_report(seen, reference, twin, digits=data in DIGITS)
    found = {name: _plain(value) for name, value in report._asdict().items()}
    if y is not None and data in DIGITS:
        y = validate.labels(y, 10, x.shape[:1])[:n]
        found["as_asked"] = float(np.mean(seen.probabilities.argmax(axis=1) == y))
    return {name: value for name, value in found.items() if value is not None}


def sentence(found: dict) -> str:
    """Say the most important of these numbers in a line."""
    text = f"Frechet distance {found['multiple']:.1f} times the floor of real images"
    if "share" in found:
        text += f"; recognised {found['share']:.0%} as often as real digits"
    if "classes" in found:
        text += f", the rarest digit {min(found['classes']):.1%} of them"
    return text + "."


def _plain(value):
    """Turn a number or an array into what JSON holds; None for what is undefined."""
    array = np.asarray(value, "float64")
    if np.isnan(array).any():
        return None
    return array.tolist() if array.ndim else type(value)(value)
