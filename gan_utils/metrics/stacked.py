"""Stacked MNIST: three digits in three colours make 1,000 modes, counted."""

from typing import NamedTuple

import numpy as np

from gan_utils import validate
from gan_utils.divergences import histogram_kl
from gan_utils.metrics.digit_classifier import DIGITS
from gan_utils.metrics.floors import Spread, spread
from gan_utils.metrics.judge import judge

MODES = DIGITS**3


class StackedReport(NamedTuple):
    """How many of the 1,000 triples were made, and how evenly."""

    modes: int  # triples that were made at least once
    reverse_kl: float  # nats, of the triples' shares from 1/1000 each


def stacked_report(classes) -> StackedReport:
    """Count the triples of digits, and compare their shares with equal ones.

    KL(p || uniform) is too high by about 999 / 2N on average, and cannot fall below
    log(1000 / modes). The published tables use N = 26,000, where a perfect generator is
    at 0.02, not at 0; put `stacked_oracle` beside every number.

    Blind to everything but the class: a thousand images, one a triple, score the top,
    and what the classifier has to call a digit is one.

    Args:
        classes: three predicted digits a sample, shape (N, 3), whole numbers 0 to 9.

    Returns:
        StackedReport.

    Raises:
        ValueError: another shape, or numbers that are no digits.

    References:
        Metz et al., Unrolled GANs, arXiv:1611.02163; Srivastava et al., VEEGAN,
        arXiv:1705.07761; Lin et al., PacGAN, arXiv:1712.04086.
    """
    classes = _digits(classes, "classes", 2)
    if classes.shape[1] != 3:
        raise ValueError(
            f"classes is {validate.describe(classes)}; expected three digits a sample, "
            "shape (N, 3)."
        )
    counts = np.bincount(classes @ [100, 10, 1], minlength=MODES)
    kl = histogram_kl(counts, np.full(MODES, 1 / MODES))
    return StackedReport(int((counts > 0).sum()), float(kl))


def stacked_classes(x) -> np.ndarray:
    """Let the judge name the digit in each colour, however unsure it is.

    Args:
        x: images (N, 28, 28, 3) in [-1, 1].

    Returns:
        Shape (N, 3), whole numbers 0 to 9.

    Raises:
        ValueError: other images than these.
    """
    x = validate.images(x, "x", channels=3)
    looks = [judge().look(x[..., i, None], whole=False) for i in range(3)]
    return np.stack([look.probabilities.argmax(1) for look in looks], 1)


def stacked_oracle(digits, n: int = 26_000, seeds: int = 10) -> Spread:
    """Score a perfect generator: n triples of independent true digits, many times.

    Args:
        digits: the classes of the data, shape (N,): the labels of MNIST for a perfect
            sampler of it, or `range(10)` for a perfectly even one.
        n: triples in each draw.
        seeds: how many draws.

    Returns:
        Spread of a StackedReport.

    Raises:
        ValueError: numbers that are no digits.
    """
    digits = _digits(digits, "digits", 1)
    validate.count(n, "n", minimum=1)

    return spread(stacked_report, lambda rng: [rng.choice(digits, (n, 3))], (n,), seeds)


def _digits(classes, name, rank):
    classes = np.asarray(validate.array(classes, name))
    if classes.ndim != rank or not classes.size or classes.dtype.kind not in "iu":
        shape = "(N, 3)" if rank == 2 else "(N,)"
        raise ValueError(
            f"{name} is {validate.describe(classes)}; expected digits, whole numbers "
            f"from 0 to 9 of shape {shape}. Likely cause: probabilities instead of "
            "their argmax."
        )
    return validate.labels(classes, DIGITS, classes.shape, name)
