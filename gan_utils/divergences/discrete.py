"""Divergences between discrete distributions: exact sums over K outcomes, in nats.

Arguments are arrays of probabilities (..., K); results have shape (...). NumPy arrays
give NumPy results, so float64 stays float64. Every function here raises a ValueError
that names the argument when shapes differ, a number is no probability, or a sum is
not 1.
"""

import numpy as np

from gan_utils.divergences.arrays import probabilities
from gan_utils.divergences.f_table import row_of
from gan_utils.validate import is_traced


def kl(p, q):
    """Compute KL(p || q) = sum p log(p / q); infinite where q = 0 but p > 0.

    Args:
        p: probabilities (..., K).
        q: probabilities (..., K).

    Returns:
        Shape (...), 0 or more up to rounding.
    """
    xp, p, q = probabilities(p, q)
    return _kl(xp, p, q)


def reverse_kl(p, q):
    """Compute KL(q || p), the divergence with the roles exchanged."""
    xp, p, q = probabilities(p, q)
    return _kl(xp, q, p)


def js(p, q):
    """Compute the Jensen-Shannon divergence: the mean KL to the even mixture of both.

    Returns:
        Shape (...), from 0 (equal) to log 2 (no common outcome).
    """
    xp, p, q = probabilities(p, q)
    middle = (p + q) / 2
    return (_kl(xp, p, middle) + _kl(xp, q, middle)) / 2


def total_variation(p, q):
    """Compute half the sum of |p - q|, the largest gap in probability of any event.

    Returns:
        Shape (...), from 0 to 1.
    """
    xp, p, q = probabilities(p, q)
    return xp.abs(p - q).sum(-1) / 2


def hellinger(p, q):
    """Compute the SQUARED Hellinger distance, sum (sqrt p - sqrt q)^2, without a half.

    It is the "squared_hellinger" of F_DIVERGENCES; the distance is its square root.

    Returns:
        Shape (...), from 0 to 2.
    """
    xp, p, q = probabilities(p, q)
    return ((xp.sqrt(p) - xp.sqrt(q)) ** 2).sum(-1)


def chi_squared(p, q):
    """Compute Pearson's chi-squared divergence, sum (p - q)^2 / q.

    Returns:
        Shape (...), 0 or more; infinite where q = 0 but p > 0.
    """
    return f_divergence("pearson", p, q)


def f_divergence(f, p, q):
    """Compute D_f(p || q) = sum q f(p / q).

    Outcomes with q = 0 add p times the slope of f at infinity, which is the limit.

    Args:
        f: a row of F_DIVERGENCES, its key, or a convex function of the ratio u >= 0.
            A plain function needs q > 0 wherever p > 0; where it meets less inside
            jit, which cannot raise, the result is NaN.
        p: probabilities (..., K).
        q: probabilities (..., K).

    Returns:
        Shape (...).

    Raises:
        ValueError: when the key is unknown or a plain function meets q = 0 < p.

    References:
        Nowozin et al., f-GAN, arXiv:1606.00709.
    """
    xp, p, q = probabilities(p, q)
    row = row_of(f)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        here = q > 0
        inside = xp.where(here, q * row.f(p / xp.where(here, q, 1)), 0)
        slope = row.slope_at_infinity
        lost = xp.where(~here & (p > 0), p, 0)
        outside = xp.where(lost > 0, slope * xp.where(lost > 0, lost, 1), 0)
    result = (inside + outside).sum(-1)
    if np.isnan(slope) and not is_traced(lost) and (lost > 0).any():
        raise ValueError(
            "q is 0 where p is not, and f is a plain function; expected q > 0 there, "
            "or an FDivergence, which knows the slope of f at infinity."
        )
    return result


def _kl(xp, p, q):
    # The difference of logs survives where p / q would overflow.
    ratio = xp.log(xp.where(p > 0, p, 1)) - xp.log(xp.where(q > 0, q, 1))
    terms = xp.where(q > 0, p * ratio, xp.inf)
    return xp.where(p > 0, terms, 0).sum(-1)
