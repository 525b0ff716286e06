"""Instance noise: a discriminator that sees data and fakes through the same fog."""

import jax
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import Partial
from gan_utils.networks.functional import Factory, build


class NoiseKey(nnx.Variable):
    """Where the stream of noise stands."""


class Noisy(nnx.Module):
    """A discriminator whose input carries fresh normal noise in training.

    Args:
        inner: the discriminator.
        std: standard deviation of the noise.
        rngs: source of the starting parameters and of the noise.
    """

    def __init__(self, inner: Factory, std: float, *, rngs: nnx.Rngs):
        self.inner, self.std = build(inner, rngs), std
        self.key = NoiseKey(rngs.params())
        self.deterministic = False  # set by train() and eval()

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, ...) to logits (B,); without noise in evaluation."""
        if not self.deterministic:
            key, use = jax.random.split(self.key[...])
            self.key[...] = key
            x = x + self.std * jax.random.normal(use, x.shape, x.dtype)
        return self.inner(x)


def noisy(inner: Factory, std: float) -> Factory:
    """Describe a discriminator that judges samples with noise added to them.

    Data and fakes get independent noise of the same width, so both distributions are
    smoothed alike and overlap. An update passes the noise on to the generator's
    gradient too.

    Args:
        inner: a discriminator, x (B, ...) -> logits (B,).
        std: standard deviation of the noise, in units of the data, 0 or more.

    Returns:
        The network, for the same samples.

    References:
        Sonderby et al., arXiv:1610.04490; Arjovsky and Bottou, arXiv:1701.04862.
    """
    return Partial(Noisy, inner=inner, std=float(validate.not_negative(std, "std")))
