"""Fourier features: let a dense network see fine detail in a few coordinates."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import Partial
from gan_utils.networks.functional import Factory, build


class Frequencies(nnx.Variable):
    """Random directions, drawn at the start and never trained."""


class Fourier(nnx.Module):
    """A network that reads x beside sin(x W) and cos(x W) of random frequencies W.

    Args:
        inner: a network whose input has C + 2 count coordinates.
        size: coordinates C of a sample.
        count: number of frequencies.
        scale: standard deviation of the frequencies.
        rngs: source of the starting parameters and of the frequencies.
    """

    def __init__(
        self, inner: Factory, size: int, count: int, scale: float, *, rngs: nnx.Rngs
    ):
        self.inner = build(inner, rngs)
        directions = jax.random.normal(rngs.params(), (size, count), "float32")
        self.frequencies = Frequencies(np.float32(scale) * directions)

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, C) to what the inner network makes of them."""
        phase = x @ self.frequencies[...]  # (B, count)
        return self.inner(jnp.concatenate([x, jnp.sin(phase), jnp.cos(phase)], axis=-1))


def fourier(inner: Factory, size: int, count: int = 16, scale: float = 1.0) -> Factory:
    """Describe a network with random Fourier features in front of it.

    A dense network learns slow functions first; detail of width w needs frequencies
    near 1 / w, which it then has from the start. The frequencies are drawn from the
    run's key and know nothing of the data.

    Args:
        inner: a network whose input has `size + 2 count` coordinates.
        size: coordinates of a sample, 1 or more.
        count: number of frequencies, 1 or more.
        scale: standard deviation of the frequencies, in radians for each unit of the
            data, above 0.

    Returns:
        The network, for samples (B, size).

    Raises:
        ValueError: when a number is out of range.

    References:
        Tancik et al., Fourier features let networks learn high frequency functions in
        low dimensional domains, arXiv:2006.10739.
    """
    return Partial(
        Fourier,
        inner=inner,
        size=validate.count(size, "size", minimum=1),
        count=validate.count(count, "count", minimum=1),
        scale=float(validate.positive(scale, "scale")),
    )
