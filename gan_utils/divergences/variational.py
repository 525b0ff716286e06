"""The variational bound: what a critic T certifies about an f-divergence."""

import numpy as np

from gan_utils.divergences.arrays import namespace, probabilities
from gan_utils.divergences.f_table import conjugate_of


def variational_bound(f, p, q, critic):
    """Compute E_p[T] - E_q[f*(T)] exactly; it never exceeds D_f(p || q).

    Args:
        f: a row of F_DIVERGENCES, or its key.
        p: probabilities (..., K).
        q: probabilities (..., K).
        critic: T on the K outcomes, broadcastable to p; outside the domain of f* the
            bound is minus infinity.

    Returns:
        Shape (...).

    Raises:
        ValueError: p and q are no probabilities, or f has no conjugate.

    References:
        Nguyen et al., arXiv:0809.0853; Nowozin et al., f-GAN, arXiv:1606.00709.
    """
    _, p, q = probabilities(p, q)
    xp = namespace(p, critic)
    conjugate = conjugate_of(f)
    with np.errstate(invalid="ignore"):
        real = xp.where(p > 0, p * critic, 0)
        fake = xp.where(q > 0, q * conjugate(critic), 0)
    return real.sum(-1) - fake.sum(-1)
