"""Latent priors: the noise that a generator turns into samples."""

from dataclasses import dataclass

import jax

from gan_utils import validate


@dataclass(frozen=True)
class Normal:
    """Standard normal noise with `size` independent coordinates."""

    size: int

    def __post_init__(self):
        validate.count(self.size, "size", minimum=1)

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n latent vectors, shape (n, size), float32."""
        return jax.random.normal(key, (n, self.size), "float32")


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
        return jax.random.uniform(
            key, (n, self.size), "float32", minval=self.low, maxval=self.high
        )
