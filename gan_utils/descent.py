"""What the generator descends while the discriminator stays at its best.

At the best discriminator a fake's loss depends only on the ratio r = q / p there: its
price. Prices that rise with r thin the fakes out where there are too many.
"""

import functools
from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import losses, validate

Price = Callable[[jax.Array], jax.Array]


def _at_log_ratio(loss):
    def price(ratio):
        logit = -jnp.log(ratio)  # D* = p / (p + q) has the logit log(p / q)
        return loss(logit, logit).generator

    return price


def least_squares_price(a: float, b: float, c: float) -> Price:
    """Return the price of a least-squares generator with targets a, b and c.

    Args:
        a: target of the discriminator for fakes.
        b: target of the discriminator for data.
        c: value that the generator wants its fakes to reach.
    """

    def price(ratio):
        best = (b + a * ratio) / (1 + ratio)
        return losses.least_squares(best, best, a=a, b=b, c=c).generator

    return price


def _hinge_price(ratio):
    best = jnp.sign(1 - ratio)
    return losses.hinge(best, best).generator


PRICES: dict[str, Price] = {
    "minimax": _at_log_ratio(losses.minimax),
    "non-saturating": _at_log_ratio(losses.nonsaturating),
    "hinge": _hinge_price,
    "least squares (0, 1, 1)": least_squares_price(0.0, 1.0, 1.0),
    "least squares (-1, 1, 0)": least_squares_price(-1.0, 1.0, 0.0),
}


def coin_push(price: Price, p, q) -> jax.Array:
    """Compute the push towards heads on a generator that tosses a coin.

    Args:
        price: function of the ratio q / p.
        p: data's probability of heads, in (0, 1).
        q: generator's probability of heads, in (0, 1), any shape.

    Returns:
        How much cheaper heads is than tails, the shape of q.
    """
    q = jnp.asarray(q, float)
    return price((1 - q) / (1 - p)) - price(q / p)


def coin_path(price: Price, p, starts, steps: int = 400, rate=0.3) -> jax.Array:
    """Follow coin-tossing generators that descend their price in their logit.

    The discriminator is at its best before every step.

    Args:
        price: function of the ratio q / p.
        p: data's probability of heads, in (0, 1).
        starts: probabilities of heads at the start, shape (S,).
        steps: number of updates.
        rate: step size, above 0.

    Returns:
        Probabilities of heads, shape (steps + 1, S).

    Raises:
        ValueError: when a number is out of range.
    """
    validate.positive(validate.fraction(p, "p"), "p")
    steps = validate.count(steps, "steps")
    starts = jnp.asarray(validate.fraction(np.asarray(starts), "starts"), float)
    return _coin_path(price, p, starts, steps, validate.positive(rate, "rate"))


@functools.partial(jax.jit, static_argnums=(0, 3))
def _coin_path(price, p, starts, steps, rate):
    logit = jax.scipy.special.logit(starts)

    def step(logit, _):
        q = jax.nn.sigmoid(jnp.clip(logit, -12, 12))
        return logit + rate * q * (1 - q) * coin_push(price, p, q), q

    last, path = jax.lax.scan(step, logit, length=steps)
    return jnp.concatenate([path, jax.nn.sigmoid(last)[None]])
