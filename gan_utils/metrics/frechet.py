"""The Frechet distance of two sets, once each is taken for a Gaussian."""

from typing import NamedTuple

import numpy as np

from gan_utils import validate


class Moments(NamedTuple):
    """What is left of a set of features once it is taken for a Gaussian."""

    mean: np.ndarray  # (F,) float64
    covariance: np.ndarray  # (F, F) float64


def moments(features) -> Moments:
    """Estimate mean and covariance in float64, the covariance with n - 1.

    Args:
        features: shape (n, F), n of 2 or more.

    Returns:
        Moments.

    Raises:
        ValueError: another rank, fewer than two rows, NaN or infinity.
    """
    features = validate.points(features, "features")
    if len(features) < 2:
        raise ValueError(
            f"features is {validate.describe(features)}; expected 2 rows or more, "
            "since one has no covariance. Likely cause: a batch axis was lost."
        )
    features = np.asarray(features, "float64")
    return Moments(features.mean(0), np.atleast_2d(np.cov(features, rowvar=False)))


def frechet(a: Moments, b: Moments) -> float:
    """Compute |m_a - m_b|^2 + tr(S_a + S_b - 2 (S_a S_b)^(1/2)).

    This is the squared 2-Wasserstein distance of two Gaussians. With symmetric roots
    the trace of (S_a S_b)^(1/2) is the sum of the singular values of
    S_a^(1/2) S_b^(1/2): all real, also where a covariance is singular.

    Moments of n samples put the distance too high on average, the more so the smaller n
    and the more features there are: two sets of true data are not at 0. Compare only
    distances at the same n and in the same features, and put beside them that of real
    data from other real data, which is what a perfect generator would get. (How much
    too high also depends on the generator: Chong and Forsyth, arXiv:1911.07023;
    `extrapolate` takes it off.)

    Blind to everything beyond mean and covariance: a Gaussian and two points with its
    mean and variance are at 0.

    Args:
        a: moments of one set.
        b: moments of the other, of as many features.

    Returns:
        The distance, 0 or more, in squared units of the features.

    Raises:
        ValueError: the sets have different features, or moments are not finite.

    References:
        Dowson and Landau, The Frechet distance between multivariate normal
        distributions, 1982; Heusel et al., arXiv:1706.08500.
    """
    _check(a, "a")
    _check(b, "b")
    if a.mean.shape != b.mean.shape:
        raise ValueError(
            f"a has {len(a.mean)} features and b has {len(b.mean)}; expected as many. "
            "Likely cause: moments of different networks or layers."
        )
    apart = ((a.mean - b.mean) ** 2).sum()
    traces = np.trace(a.covariance) + np.trace(b.covariance)
    shared = np.linalg.svd(_root(a.covariance) @ _root(b.covariance), compute_uv=False)
    return max(0.0, float(apart + traces - 2 * shared.sum()))  # rounding is below 0


def frechet_distance(real, fake) -> float:
    """Compute the Frechet distance of two sets of features; see `frechet`.

    Args:
        real: shape (n, F), n of 2 or more.
        fake: shape (m, F), m of 2 or more.

    Returns:
        The distance, 0 or more, in squared units of the features.

    Raises:
        ValueError: features that do not fit, NaN, or fewer than two rows.
    """
    return frechet(moments(real), moments(fake))


def _root(covariance):
    """Take the symmetric root; eigenvalues below 0 are rounding."""
    values, vectors = np.linalg.eigh(covariance)
    return vectors * np.sqrt(values.clip(0)) @ vectors.T


def _check(moments, name):
    if not isinstance(moments, Moments):
        raise ValueError(
            f"{name} is {validate.describe(moments)}; expected Moments. "
            f"Likely cause: features; pass moments({name})."
        )
    for part in Moments._fields:
        validate.finite(getattr(moments, part), f"{name}.{part}")
