"""GAN losses on logits: each is a pair of per-sample functions, one for each player.

A new one enters LOSSES at the end; the lab shows it with a row in `lab/loss_readings`.
"""

from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax.nn import relu, softplus

from gan_utils import validate


class PlayerLosses(NamedTuple):
    """Losses of the two players: per sample here, reduced once at the end of a step."""

    discriminator: jax.Array  # (B,), or () once reduced
    generator: jax.Array  # (B,), or () once reduced


Loss = Callable[[jax.Array, jax.Array], PlayerLosses]


def minimax(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Compute the losses of the minimax game: one value, opposite signs.

    Args:
        real: discriminator logits on data, shape (B,).
        fake: discriminator logits on generated samples, shape (B,).

    Returns:
        PlayerLosses of two (B,) arrays, in nats. The generator's lies in (-inf, 0).

    References:
        Goodfellow et al., Generative Adversarial Networks, arXiv:1406.2661, eq. 1.
    """
    real, fake = _pair(real, fake)
    return PlayerLosses(
        discriminator=softplus(-real) + softplus(fake),  # -log D(x) - log(1 - D(G(z)))
        generator=-softplus(fake),  # log(1 - D(G(z)))
    )


def nonsaturating(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Compute the non-saturating losses.

    The generator ascends log D(G(z)) instead of descending log(1 - D(G(z))): the same
    fixed point, but its gradient does not vanish while the discriminator is winning.

    Args:
        real: discriminator logits on data, shape (B,).
        fake: discriminator logits on generated samples, shape (B,).

    Returns:
        PlayerLosses of two (B,) arrays, in nats.

    References:
        Goodfellow et al., Generative Adversarial Networks, arXiv:1406.2661, section 3.
    """
    real, fake = _pair(real, fake)
    return PlayerLosses(
        discriminator=softplus(-real) + softplus(fake),  # -log D(x) - log(1 - D(G(z)))
        generator=softplus(-fake),  # -log D(G(z))
    )


def least_squares(
    real: jax.Array, fake: jax.Array, a: float = 0.0, b: float = 1.0, c: float = 1.0
) -> PlayerLosses:
    """Compute the least-squares losses.

    Args:
        real: discriminator outputs on data, shape (B,).
        fake: discriminator outputs on generated samples, shape (B,).
        a: target of the discriminator for fakes.
        b: target of the discriminator for data.
        c: value that the generator wants its fakes to reach.

    Returns:
        PlayerLosses of two (B,) arrays.

    References:
        Mao et al., Least Squares Generative Adversarial Networks, arXiv:1611.04076.
    """
    real, fake = _pair(real, fake)
    return PlayerLosses(
        discriminator=0.5 * (real - b) ** 2 + 0.5 * (fake - a) ** 2,
        generator=0.5 * (fake - c) ** 2,
    )


def hinge(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Compute the hinge losses.

    Args:
        real: discriminator outputs on data, shape (B,).
        fake: discriminator outputs on generated samples, shape (B,).

    Returns:
        PlayerLosses of two (B,) arrays.

    References:
        Lim and Ye, Geometric GAN, arXiv:1705.02894; Miyato et al., arXiv:1802.05957.
    """
    real, fake = _pair(real, fake)
    return PlayerLosses(
        discriminator=relu(1 - real) + relu(1 + fake),
        generator=-fake,
    )


def wasserstein(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Compute the Wasserstein losses; the critic must be kept Lipschitz elsewhere.

    Args:
        real: critic outputs on data, shape (B,).
        fake: critic outputs on generated samples, shape (B,).

    Returns:
        PlayerLosses of two (B,) arrays; minus the discriminator's mean estimates the
        distance, in units of the critic's Lipschitz constant.

    References:
        Arjovsky et al., Wasserstein GAN, arXiv:1701.07875.
    """
    real, fake = _pair(real, fake)
    return PlayerLosses(discriminator=fake - real, generator=-fake)


def relativistic(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Compute the relativistic pairing losses: each fake against one datum.

    The discriminator ranks a pair instead of scoring a sample, so only differences of
    logits count. This is the non-saturating form, as R3GAN trains it.

    Args:
        real: discriminator logits on data, shape (B,); row i meets row i of `fake`.
        fake: discriminator logits on generated samples, shape (B,).

    Returns:
        PlayerLosses of two (B,) arrays, in nats.

    References:
        Jolicoeur-Martineau, The relativistic discriminator, arXiv:1807.00734;
        Huang et al., The GAN is dead; long live the GAN!, arXiv:2501.05441.
    """
    real, fake = _pair(real, fake)
    return PlayerLosses(
        discriminator=softplus(-(real - fake)),  # -log P(the datum beats the fake)
        generator=softplus(-(fake - real)),  # -log P(the fake beats the datum)
    )


def _pair(real, fake) -> tuple[jax.Array, jax.Array]:
    """Check the two halves of a batch of logits."""
    real, fake = (
        jnp.asarray(validate.array(logits, name))
        for logits, name in ((real, "real"), (fake, "fake"))
    )
    if real.shape != fake.shape and real.ndim and fake.ndim:
        raise ValueError(
            f"real is {validate.describe(real)} and fake is {validate.describe(fake)}; "
            "expected logits of the same shape, (B,). Likely cause: one kept an axis, "
            "(B, 1), or batches of different sizes."
        )
    return real, fake


LOSSES: dict[str, Loss] = {
    "minimax": minimax,
    "nonsaturating": nonsaturating,
    "least_squares": least_squares,
    "hinge": hinge,
    "wasserstein": wasserstein,
    "relativistic": relativistic,
}
