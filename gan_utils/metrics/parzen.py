"""Parzen windows: a Gaussian around every sample, and the likelihood of test data."""

from typing import NamedTuple

import numpy as np

from gan_utils import validate
from gan_utils.divergences import monte_carlo
from gan_utils.metrics.distances import centred, same_width, squared_blocks, tables

SIGMAS = tuple(np.logspace(-1, 0, 10))


class Parzen(NamedTuple):
    """The log-likelihood of test data under windows around samples."""

    log_likelihood: float  # nats, mean over the test data
    standard_error: float  # of that mean
    sigma: float  # width of the windows, chosen on the validation data


def parzen(samples, validation, test, sigmas=SIGMAS) -> Parzen:
    """Score samples by the likelihood that windows around them give to test data.

    The width is the one of `sigmas` that suits the validation data best. One at an end
    of the grid says that the grid is too short.

    It prefers what is not data: k-means centres, which are averages, score above true
    data, because windows in many dimensions reward being near to everything. A sharp
    sample is worth nothing to a test image that it does not nearly equal.

    The published protocol: 10,000 samples, the first 1,000 validation images, 10,000
    test images. Pixels there run from 0 to 1, so pass (x + 1) / 2.

    Args:
        samples: shape (N, ...), flattened to d numbers a row.
        validation: real rows to choose sigma on, shape (V, ...).
        test: other real rows, shape (M, ...), M of 2 or more.
        sigmas: widths to choose from, above 0, in the units of the data.

    Returns:
        Parzen.

    Raises:
        ValueError: rows that do not fit, NaN, or a width of 0 or less.

    References:
        Breuleux et al., Quickly generating representative samples from an RBM-derived
        process, 2011; Goodfellow et al., arXiv:1406.2661, section 5; Theis et al., A
        note on the evaluation of generative models, arXiv:1511.01844.
    """
    sigmas = np.asarray(validate.array(sigmas, "sigmas"), float)
    if sigmas.ndim != 1 or not len(sigmas):
        raise ValueError(
            f"sigmas is {validate.describe(sigmas)}; expected one width or more in a "
            "list. Likely cause: a single number; write [sigma]."
        )
    validate.positive(sigmas, "sigmas")
    means = log_parzen(samples, validation, sigmas).mean(1)
    sigma = float(sigmas[means.argmax()])
    value, error = monte_carlo(log_parzen(samples, test, [sigma])[0])
    return Parzen(float(value), float(error), sigma)


def log_parzen(samples, x, sigmas) -> np.ndarray:
    """Compute log p(x) for p the mean of Gaussians around the samples.

    log p(x) = log mean_j exp(-|x - s_j|^2 / 2 sigma^2) - d log(sigma sqrt(2 pi))

    Args:
        samples: centres s_j, shape (N, ...), flattened to d numbers a row.
        x: where to evaluate, shape (M, ...).
        sigmas: widths, shape (S,), above 0.

    Returns:
        Shape (S, M), nats.
    """
    samples, x = tables({"samples": samples, "x": x})
    same_width(samples, x, "samples", "x")
    s = np.asarray(sigmas, float)
    centres, x = centred(samples, samples, x)
    logs = np.empty((len(s), len(x)))
    for rows, squared in squared_blocks(x, centres):
        least = squared.min(1)  # taken out, so that no window is lost to underflow
        squared -= least[:, None]
        for row, sigma in zip(logs, s, strict=True):
            sums = np.exp(squared / (-2 * sigma**2)).sum(1)
            row[rows] = np.log(sums) - least / (2 * sigma**2)
    volume = np.log(s * np.sqrt(2 * np.pi)) * x.shape[1] + np.log(len(centres))
    return logs - volume[:, None]
