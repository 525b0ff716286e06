"""Latent priors: the noise that a generator turns into samples."""

from dataclasses import dataclass
from functools import partial

import jax

from gan_utils import validate
from gan_utils.threefry import unrolled


@dataclass(frozen=True)
class Normal:
    """Standard normal noise with `size` independent coordinates."""

    size: int

    def __post_init__(self):
        validate.count(self.size, "size", minimum=1)

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n latent vectors, shape (n, size), float32."""
        return _normal(key, n, self.size)


@dataclass(frozen=True)
class Uniform:
    """Noise uniform on [low, high) with `size` independent coordinates."""

    size: int
    low: float = -1.0
    high: float = 1.0

    def __post_init__(self):
        validate.count(self.size, "size", minimum=1)
        if not self.low < self.high:
            raise ValueError(
                f"low is {self.low} and high is {self.high}; expected low < high."
            )

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n latent vectors, shape (n, size), float32."""
        return _uniform(key, n, self.size, self.low, self.high)


@partial(jax.jit, static_argnums=(1, 2))
def _normal(key, n, size):
    return jax.random.normal(unrolled(key), (n, size), "float32")


@partial(jax.jit, static_argnums=(1, 2))
def _uniform(key, n, size, low, high):
    return jax.random.uniform(unrolled(key), (n, size), "float32", low, high)
