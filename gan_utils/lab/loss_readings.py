"""What the lab reads from each loss: a new loss of `gan_utils.losses` needs a row here.

The row says how a score of D becomes a probability, whether the best D is p / (p + q),
and what D's own loss proves about a divergence.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.lab.frame import Bound
from gan_utils.lab.written import Written
from gan_utils.losses import LOSSES, Loss


class Reading(NamedTuple):
    """How the lab reads one loss.

    Attributes:
        label: the loss's name in the menu.
        probability: (scores, middle, spread) -> chances of "real" in [0, 1]; middle and
            spread of the scores serve losses whose scores have no zero or no scale.
        comparable: whether the best discriminator reads as p / (p + q), so that a frame
            can show the gap to it.
        bound: (D's mean loss without penalty, D's steepest slope) -> Bound, or None
            where no bound is known.
    """

    label: str
    probability: Callable
    comparable: bool
    bound: Callable[[float, float], Bound] | None


def _logit(scores, middle, spread):
    return jax.nn.sigmoid(scores)


def _target(scores, middle, spread):
    return jnp.clip(scores, 0, 1)


def _margin(scores, middle, spread):
    return jnp.clip((scores + 1) / 2, 0, 1)


def _potential(scores, middle, spread):
    return jax.nn.sigmoid(2 * (scores - middle) / spread)


def _difference(scores, middle, spread):
    return jax.nn.sigmoid(scores - middle)


def _bound_of_logits(d_loss: float, slope: float) -> Bound:
    """Goodfellow et al., arXiv:1406.2661."""
    return Bound("js", math.log(2) - d_loss / 2, "JS is at least log 2 - L_D / 2")


def _bound_of_squares(d_loss: float, slope: float) -> Bound:
    """L_D >= (2 - T) / 8, and JS >= T / 4: Topsoe, Some inequalities for information
    divergence, 2000."""
    return Bound("js", 0.5 - 2 * d_loss, "JS is at least 1/2 - 2 L_D")


def _bound_of_margins(d_loss: float, slope: float) -> Bound:
    """Total variation >= 1 - L_D / 2, and JS >= its square / 2."""
    tv = 1 - d_loss / 2
    return Bound("js", tv * abs(tv) / 2, "JS is at least (1 - L_D / 2)^2 / 2")


def _bound_of_pairs(d_loss: float, slope: float) -> Bound:
    """On pairs; the root of JS is a metric."""
    return Bound("js", (math.log(2) - d_loss) / 4, "JS is at least (log 2 - L_D)/4")


def _bound_of_potential(d_loss: float, slope: float) -> Bound:
    """Arjovsky et al., arXiv:1701.07875."""
    words = "W1 is at least -L_D over the steepest slope seen on the map"
    return Bound("w1", -d_loss / max(slope, 1e-12), words)


READINGS: dict[str, Reading] = {
    "minimax": Reading("minimax", _logit, True, _bound_of_logits),
    "nonsaturating": Reading("non-saturating", _logit, True, _bound_of_logits),
    "least_squares": Reading("least squares", _target, True, _bound_of_squares),
    "hinge": Reading("hinge", _margin, False, _bound_of_margins),
    "wasserstein": Reading("wasserstein", _potential, False, _bound_of_potential),
    "relativistic": Reading("relativistic", _difference, True, _bound_of_pairs),
}
TYPED = Reading("typed", _logit, False, None)  # a loss that a learner typed


def reading_of(loss: Loss) -> Reading:
    """Look up how a loss is read.

    Args:
        loss: a function of `losses.LOSSES`, or a `Written` one.

    Raises:
        ValueError: when the lab does not know the loss.
    """
    if isinstance(loss, Written):
        return TYPED
    for name, known in LOSSES.items():
        if known is loss and name in READINGS:
            return READINGS[name]
    raise ValueError(
        f"loss is {loss!r}; expected a Written loss or one of {', '.join(READINGS)}. "
        "Likely cause: a new loss without a row in READINGS of lab/loss_readings.py."
    )


def shade(loss: Loss) -> Callable:
    """Return how a discriminator's score reads as a probability, by its loss.

    Returns:
        Function (scores, middle, spread) -> numbers in [0, 1].
    """
    return reading_of(loss).probability
