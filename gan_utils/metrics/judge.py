"""A judge of handwritten digits: a small network, trained once, that comes with us.

It learned MNIST's 60,000 training digits and, as an eleventh class, images that are no
digits: noise, blobs, averages, digits in pieces or over one another. Without that class
a classifier has to call every image a digit, and is often sure that noise is one.

It is fallible. A digit with another one's lower half often passes for a digit, and some
real digits do not; `judge_weights.json` says how often, and a score means something
only beside the score of real digits.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import jax
import numpy as np

from gan_utils import validate
from gan_utils.metrics import judge_weights
from gan_utils.metrics.digit_classifier import DIGITS, SHAPE, Weights, activations
from gan_utils.metrics.small_classifier import in_chunks


class Look(NamedTuple):
    """What the judge sees in images, from one pass of its network."""

    features: np.ndarray  # (N, 128) float32, last hidden layer, 0 or more
    probabilities: np.ndarray  # (N, 10) float32, a row sums to 1 - P(no digit)

    def sure(self, confidence: float) -> np.ndarray:
        """Tell which images, (N,), are a digit with at least this probability."""
        validate.fraction(confidence, "confidence")
        return self.probabilities.max(1) >= confidence

    def recognised(self, confidence: float) -> float:
        """Compute the share of images that the judge is sure of."""
        return float(self.sure(confidence).mean())

    def histogram(self, confidence: float) -> np.ndarray:
        """Compute the shares of the digits, (10,), among these; NaN without any."""
        digits = self.probabilities.argmax(1)[self.sure(confidence)]
        counts = np.bincount(digits, minlength=DIGITS)
        return counts / len(digits) if len(digits) else np.full(DIGITS, np.nan)


@dataclass(frozen=True, eq=False)
class Judge:
    """A network that looks at images (N, 28, 28, 1), float in [-1, 1]; see `judge`.

    It works in chunks, in bounded memory. Every method refuses other images with a
    ValueError: pixels 0..255, another size, three channels, NaN, an empty set. It warns
    of images without a value below 0, in which it sees little.
    """

    weights: Weights = field(repr=False)

    def look(self, x, name: str = "x", whole: bool = True) -> Look:
        """Compute features and probabilities together.

        Args:
            x: images (N, 28, 28, 1), float in [-1, 1].
            name: what to call them in messages.
            whole: as in `validate.images`.
        """
        x = _digits(x, name, whole)
        return Look(*in_chunks(_run, self.weights, x))

    def features(self, x) -> np.ndarray:
        """Compute the last hidden layer, (N, 128) float32, for Frechet distances."""
        return self.look(x).features

    def probabilities(self, x) -> np.ndarray:
        """Compute the probabilities of the ten digits, (N, 10) float32.

        A row sums to less than 1: the rest is the probability of no digit.
        """
        return self.look(x).probabilities

    def recognised(self, x, confidence: float = 0.9) -> float:
        """Compute the share of images that are some digit with this probability.

        Args:
            x: images of MNIST's kind. Of other sets it means nothing: a trouser may
                well be a 1.
            confidence: least probability of the likeliest digit, from 0 up to 1.

        Returns:
            Share from 0 to 1; put that of real digits beside it, which is not 1 either.
        """
        return self.look(x).recognised(confidence)

    def histogram(self, x, confidence: float = 0.9) -> np.ndarray:
        """Compute how often each digit is seen among the images that are recognised.

        Args:
            x: images of MNIST's kind.
            confidence: as in `recognised`; with 0, every image counts as its likeliest
                digit, noise too.

        Returns:
            Shares (10,) that sum to 1, or NaN where no image is recognised.
        """
        return self.look(x).histogram(confidence)


@lru_cache
def judge() -> Judge:
    """Load the judge that comes with the package, once.

    How it was trained, its accuracy on the test digits, and its answers to images that
    are no digits stand in `judge_weights.json` beside this file. `train_judge` makes it
    anew.

    Returns:
        The judge; its first look compiles one program.

    Raises:
        ValueError: the file of weights is missing or damaged.
    """
    return Judge(judge_weights.load())


@jax.jit
def _run(weights, x):
    with jax.default_matmul_precision("highest"):  # the same judge on every device
        features, logits = activations(weights, x)
    return features, jax.nn.softmax(logits)[:, :DIGITS]


def _digits(x, name, whole):
    """Check images of MNIST's shape."""
    x = np.asarray(validate.images(x, name, channels=1, whole=whole))
    if x.shape[1:] != SHAPE:
        raise ValueError(
            f"{name} is {validate.describe(x)}; expected images of 28 x 28 pixels. "
            "Likely cause: digits with a margin (cut 32 x 32 with x[:, 2:-2, 2:-2]), "
            "or another set of images."
        )
    return x
