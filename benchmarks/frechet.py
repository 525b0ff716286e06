"""The Frechet distance between two Gaussians, and the moments it is made of."""

from typing import NamedTuple

import numpy as np


class Moments(NamedTuple):
    """What is left of a set of features once it is taken for a Gaussian."""

    mean: np.ndarray  # (F,) float64
    covariance: np.ndarray  # (F, F) float64


def moments(features: np.ndarray) -> Moments:
    """Estimate mean and covariance from features of shape (n, F)."""
    features = np.asarray(features, "float64")
    return Moments(features.mean(axis=0), np.cov(features, rowvar=False))


def distance(a: Moments, b: Moments) -> float:
    """Compute |m_a - m_b|^2 + tr(S_a + S_b - 2 (S_a S_b)^(1/2)).

    S_a S_b has the eigenvalues of the symmetric S_a^(1/2) S_b S_a^(1/2), whose roots
    are real and are found without a matrix root of an asymmetric product.

    References:
        Dowson and Landau, The Frechet distance between multivariate normal
        distributions, 1982; Heusel et al., arXiv:1706.08500.
    """
    values, vectors = np.linalg.eigh(a.covariance)
    root = vectors * np.sqrt(values.clip(0)) @ vectors.T
    mixed = np.linalg.eigvalsh(root @ b.covariance @ root)
    traces = np.trace(a.covariance) + np.trace(b.covariance)
    apart = ((a.mean - b.mean) ** 2).sum()
    return float(apart + traces - 2 * np.sqrt(mixed.clip(0)).sum())
