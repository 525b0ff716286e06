"""Discriminators that are wrong in one way each, built around a sound one."""

import jax
import jax.numpy as jnp
from flax import nnx
from jax.nn import sigmoid

from gan_utils.networks.models import Network, network


class SigmoidEnd(nnx.Module):
    """A discriminator whose last function is a sigmoid: it returns p, not a logit."""

    def __init__(self, inner: Network, *, rngs: nnx.Rngs):
        self.inner = inner.build(rngs)

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, ...) to probabilities (B,)."""
        return sigmoid(self.inner(x))


class Calls(nnx.Variable):
    """How often a network has been called in training."""


class BuiltTwice(nnx.Module):
    """Two discriminators that share no weights: one judges data, the other fakes.

    An update judges data first, then fakes, so the two take turns. Asked outside an
    update, the first one answers.
    """

    def __init__(self, inner: Network, *, rngs: nnx.Rngs):
        self.first, self.second = inner.build(rngs), inner.build(rngs)
        self.calls = Calls(jnp.zeros((), "int32"))
        self.deterministic = False  # set by train() and eval()

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, ...) to logits (B,)."""
        odd = self.calls[...] % 2 == 1
        if not self.deterministic:
            self.calls[...] = self.calls[...] + 1
        return jnp.where(odd, self.second(x), self.first(x))


def sigmoid_end(discriminator: Network) -> Network:
    """Put a sigmoid behind a discriminator."""
    return network(SigmoidEnd, inner=discriminator)


def built_twice(discriminator: Network) -> Network:
    """Build a discriminator once for data and once for fakes."""
    return network(BuiltTwice, inner=discriminator)


def changed(recipe: Network, **settings) -> Network:
    """Change settings of a network, such as its widths or its activation."""
    return network(recipe.module, **(dict(recipe.config) | settings))


def identity(x: jax.Array) -> jax.Array:
    """Return x: what is left of a hidden layer without its activation."""
    return x
