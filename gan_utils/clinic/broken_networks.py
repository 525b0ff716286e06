"""Discriminators that are wrong in one way each, built around a sound one."""

import jax
import jax.numpy as jnp
from flax import nnx
from jax.nn import sigmoid

from gan_utils.by_value import Partial
from gan_utils.networks.functional import Factory, build


class SigmoidEnd(nnx.Module):
    """A discriminator whose last function is a sigmoid: it returns p, not a logit."""

    def __init__(self, inner: Factory, *, rngs: nnx.Rngs):
        self.inner = build(inner, rngs)

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

    def __init__(self, inner: Factory, *, rngs: nnx.Rngs):
        self.first, self.second = build(inner, rngs), build(inner, rngs)
        self.calls = Calls(jnp.zeros((), "int32"))
        self.deterministic = False  # set by train() and eval()

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, ...) to logits (B,)."""
        odd = self.calls[...] % 2 == 1
        if not self.deterministic:
            self.calls[...] = self.calls[...] + 1
        return jnp.where(odd, self.second(x), self.first(x))


def sigmoid_end(discriminator: Factory) -> Factory:
    """Put a sigmoid behind a discriminator."""
    return Partial(SigmoidEnd, inner=discriminator)


def built_twice(discriminator: Factory) -> Factory:
    """Build a discriminator once for data and once for fakes."""
    return Partial(BuiltTwice, inner=discriminator)


def changed(network: Factory, **settings) -> Factory:
    """Change settings of a network, such as its widths or its activation."""
    return Partial(network.func, *network.args, **(network.keywords | settings))


def identity(x: jax.Array) -> jax.Array:
    """Return x: what is left of a hidden layer without its activation."""
    return x
