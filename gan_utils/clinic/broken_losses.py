"""Losses that are wrong in one way each, in the form of `gan_utils.losses`.

They take logits on data and on fakes, (B,) each; p stands for sigmoid(logit).
"""

import jax
import jax.numpy as jnp
from jax.nn import log_sigmoid, sigmoid, softplus

from gan_utils.losses import PlayerLosses, nonsaturating


def labels_swapped(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Train D to call data fake and fakes real."""
    swapped = nonsaturating(fake, real).discriminator
    return nonsaturating(real, fake)._replace(discriminator=swapped)


def labels_ignored(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Give D the loss p log p + (1-p) log(1-p), for data and fakes alike.

    It is least, -log 2 each, where p = 1/2: D learns to have no opinion.
    """
    loss = _negative_entropy(real) + _negative_entropy(fake)
    return nonsaturating(real, fake)._replace(discriminator=loss)


def _negative_entropy(logit):
    return sigmoid(logit) * log_sigmoid(logit) + sigmoid(-logit) * log_sigmoid(-logit)


def zero_at_both_ends(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Give G the loss -p log p: 0 at p = 1, and 0 at p = 0 as well.

    It is greatest at p = 1/e = 0.37, and descending it from below leads to p = 0.
    """
    loss = sigmoid(fake) * softplus(-fake)
    return nonsaturating(real, fake)._replace(generator=loss)


def raw_logits(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Use logits as losses: D minimises D(x) + D(G(z)), G minimises D(G(z))."""
    return PlayerLosses(discriminator=real + fake, generator=fake)


def g_helps_d(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Give both players the discriminator's loss."""
    loss = nonsaturating(real, fake).discriminator
    return PlayerLosses(discriminator=loss, generator=loss)


def only_real(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Train D on data with label 1 and on nothing else."""
    return nonsaturating(real, fake)._replace(discriminator=softplus(-real))


def outside_gradient(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Compute the losses from logits that no gradient passes.

    TensorFlow returns None for a loss computed outside its tape. JAX differentiates
    what the function does with its argument: nothing, so the gradient is a silent 0.
    """
    return nonsaturating(jax.lax.stop_gradient(real), jax.lax.stop_gradient(fake))


def naive_logarithms(real: jax.Array, fake: jax.Array) -> PlayerLosses:
    """Take logarithms of a rounded sigmoid: from logit 17 on, log(1 - p) is log 0."""
    p, q = sigmoid(real), sigmoid(fake)
    return PlayerLosses(
        discriminator=-jnp.log(p) - jnp.log(1 - q), generator=-jnp.log(q)
    )
