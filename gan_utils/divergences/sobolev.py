"""The dual Sobolev norm on a line: what a critic that pays for its slope measures."""

import numpy as np

from gan_utils import validate


def dual_sobolev_squared(p, q, x, weight=None) -> float:
    """Compute the squared dual Sobolev norm of p - q: the integral of (P - Q)^2 / w.

    P and Q are the cumulative probabilities. The norm is the largest E_p[t] - E_q[t]
    among functions t whose mean squared slope, weighted by w, is 1; here it is squared.
    A critic that collects E_p[t] - E_q[t] and pays gamma E_w[t'^2] therefore earns at
    most this number divided by 4 gamma. R1 and R2 together weigh with the mixture:
    (gamma / 2) (E_p[t'^2] + E_q[t'^2]) = gamma E_w[t'^2] with w = (p + q) / 2.

    Args:
        p: density at the points, shape (N,); scaled to sum to 1.
        q: density at the points, shape (N,); scaled to sum to 1.
        x: points on a line, rising, shape (N,).
        weight: density w at the points, shape (N,); None for (p + q) / 2.

    Returns:
        A number, 0 or more, in squared units of x; inf when mass has to pass where
        nothing is weighed.

    Raises:
        ValueError: when lengths differ, x does not rise, or a density is negative or 0
            everywhere.

    References:
        Mroueh et al., Sobolev GAN, arXiv:1711.04894; Peyre, Comparison between W2
        distance and H^-1 norm, arXiv:1104.4631.
    """
    x = _rising(x)
    p, q = (_masses(density, x, name) for density, name in ((p, "p"), (q, "q")))
    gap = np.diff(x)
    if weight is None:
        weight = 0.5 * (p + q) / np.gradient(x)
    else:
        weight = _density(weight, x, "weight")
    between = 0.5 * (weight[1:] + weight[:-1])
    height = _cumulative(p, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(height == 0, 0.0, height**2 / between)
    return float((terms * gap).sum())


def _cumulative(p, q):
    """Sum p - q up to each gap, from the end that is nearer: tails stay exact."""
    left = np.cumsum(p - q)[:-1]
    right = -np.cumsum((p - q)[::-1])[::-1][1:]
    return np.where(np.cumsum(p + q)[:-1] < 1, left, right)


def _rising(x):
    x = np.asarray(validate.finite(x, "x"), float)
    if x.ndim != 1 or len(x) < 2 or (np.diff(x) <= 0).any():
        raise ValueError(
            f"x is {validate.describe(x)}; expected two or more rising numbers, shape "
            "(N,). Likely cause: samples that were not sorted."
        )
    return x


def _density(values, x, name):
    values = np.asarray(validate.finite(values, name), float)
    if values.shape != x.shape:
        raise ValueError(
            f"{name} has shape {values.shape} and x {x.shape}; expected equal lengths. "
            "Likely cause: densities on another grid."
        )
    return np.asarray(validate.not_negative(values, name))


def _masses(density, x, name):
    """Turn densities into the probabilities of cells around the points."""
    masses = _density(density, x, name) * np.gradient(x)
    if masses.sum() == 0:
        raise ValueError(f"{name} is 0 at every point; expected some mass on the grid.")
    return masses / masses.sum()
