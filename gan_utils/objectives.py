"""Objectives at the best discriminator: what the generator's side of a game is worth.

Distributions are arrays of probabilities (..., K) over the same K outcomes; the same
pointwise formulas serve densities. NumPy in gives NumPy out, float64 included.
"""

from collections.abc import Callable
from typing import NamedTuple

import jax
import numpy as np

from gan_utils.divergences.arrays import namespace, probabilities


def optimal_discriminator(p: jax.Array, q: jax.Array) -> jax.Array:
    """Compute D* = p / (p + q), the best answer of an unlimited discriminator.

    Args:
        p: probabilities or densities of the data, 0 or more.
        q: the same for the generator, broadcastable with p.

    Returns:
        D* in [0, 1]; 1/2 where neither lives, where any answer would do.

    References:
        Goodfellow et al., arXiv:1406.2661, proposition 1.
    """
    xp = namespace(p, q)
    total = p + q
    return xp.where(total > 0, p / xp.where(total > 0, total, 1), 0.5)


def value(d: jax.Array, p: jax.Array, q: jax.Array) -> jax.Array:
    """Compute V(D, G) = sum p log D + sum q log(1 - D) of the original game.

    Args:
        d: discriminator outputs in [0, 1], shape (..., K).
        p: probabilities of the data, shape (..., K).
        q: probabilities of the generator, shape (..., K).

    Returns:
        Values in nats, shape (...,); -inf when D is certain and wrong.
    """
    xp, p, q = probabilities(p, q)
    return (_x_log_y(xp, p, d) + _x_log_y(xp, q, 1 - d)).sum(-1)


def virtual_criterion(p: jax.Array, q: jax.Array) -> jax.Array:
    """Compute C(G) = max over D of V(D, G), which is -log 4 + 2 JS(p, q).

    Args:
        p: probabilities of the data, shape (..., K).
        q: probabilities of the generator, shape (..., K).

    Returns:
        Values in [-log 4, 0], shape (...,).

    References:
        Goodfellow et al., arXiv:1406.2661, theorem 1.
    """
    xp, p, q = probabilities(p, q)
    d = optimal_discriminator(p, q)
    fake = optimal_discriminator(q, p)  # 1 - D*, without its cancellation near D* = 1
    return (_x_log_y(xp, p, d) + _x_log_y(xp, q, fake)).sum(-1)


def _x_log_y(xp, x, y):
    with np.errstate(divide="ignore"):
        return xp.where(x > 0, x * xp.log(xp.where(x > 0, y, 1)), 0)


def least_squares_discriminator(
    p: jax.Array, q: jax.Array, a: float = 0.0, b: float = 1.0
) -> jax.Array:
    """Compute the best least-squares discriminator (b p + a q) / (p + q).

    Args:
        p: probabilities or densities of the data.
        q: the same for the generator; p + q above 0.
        a: target for fakes.
        b: target for data.

    Returns:
        D*, between a and b.

    References:
        Mao et al., arXiv:1611.04076, eq. 4.
    """
    return (b * p + a * q) / (p + q)


class MarginLoss(NamedTuple):
    """A loss of the margin: the label (+1 data, -1 fake) times the score."""

    loss: Callable[[jax.Array], jax.Array]
    best_score: Callable[[jax.Array], jax.Array]  # of eta = p / (p + q)
    divergence: str  # what the Bayes-risk gap is


def _logit(eta):
    xp = namespace(eta)
    return xp.log(eta) - xp.log1p(-eta)


MARGIN_LOSSES: dict[str, MarginLoss] = {
    "logistic": MarginLoss(
        loss=lambda t: namespace(t).logaddexp(0.0, -t),
        best_score=_logit,
        divergence="Jensen-Shannon",
    ),
    "square": MarginLoss(
        loss=lambda t: (1 - t) ** 2,
        best_score=lambda eta: 2 * eta - 1,
        divergence="half of sum (p - q)^2 / (p + q)",
    ),
    "hinge": MarginLoss(
        loss=lambda t: namespace(t).maximum(1 - t, 0.0),
        best_score=lambda eta: namespace(eta).sign(eta - 0.5),
        divergence="total variation",
    ),
    "exponential": MarginLoss(
        loss=lambda t: namespace(t).exp(-t),
        best_score=lambda eta: 0.5 * _logit(eta),
        divergence="half of the squared Hellinger distance",
    ),
}


def bayes_risk_gap(name: str, p: jax.Array, q: jax.Array) -> jax.Array:
    """Compute how much the best discriminator gains by looking at the sample.

    Data and fakes are shown equally often. The risk of the best constant answer, minus
    the risk of the best answer at every outcome, is an f-divergence of p and q.

    Args:
        name: one of MARGIN_LOSSES.
        p: probabilities of the data, above 0, shape (..., K).
        q: probabilities of the generator, above 0, shape (..., K).

    Returns:
        Gaps of 0 or more, shape (...,).

    Raises:
        ValueError: when the name is unknown.

    References:
        Reid and Williamson, Information, divergence and risk, arXiv:0901.0356.
    """
    if name not in MARGIN_LOSSES:
        raise ValueError(f"name is {name!r}; expected one of {list(MARGIN_LOSSES)}.")
    xp, p, q = probabilities(p, q)
    loss, best_score, _ = MARGIN_LOSSES[name]
    score = best_score(p / (p + q))
    blind = loss(best_score(xp.full_like(p[..., 0], 0.5)))  # data as likely as fake
    return blind - 0.5 * (p * loss(score) + q * loss(-score)).sum(-1)


def pairing_value(scores: jax.Array, p: jax.Array, q: jax.Array) -> jax.Array:
    """Compute the pairing game's value: mean log-probability of ranking a pair rightly.

    Args:
        scores: critic's score of every outcome, shape (K,); only differences count.
        p: probabilities of the data, shape (K,).
        q: probabilities of the generator, shape (K,).

    Returns:
        sum_ij p_i q_j log sigmoid(scores_i - scores_j); its maximum, at scores
        log p/q + constant, is JS(p x q, q x p) - log 2.

    References:
        Jolicoeur-Martineau, arXiv:1807.00734.
    """
    xp, p, q = probabilities(p, q)
    margins = scores[:, None] - scores[None, :]  # row: the datum, column: the fake
    return -(p @ xp.logaddexp(0.0, -margins) @ q)
