"""Latent priors: the noise that a generator turns into samples."""

from dataclasses import dataclass
from functools import partial

import jax

from gan_utils import validate
from gan_utils.data.streams import LATENTS, stream


@dataclass(frozen=True)
class Normal:
    """Standard normal noise with `size` independent coordinates."""

    size: int

    def __post_init__(self):
        validate.count(self.size, "size", minimum=1)

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n latent vectors, shape (n, size), float32."""
        validate.draw(key, n, (self.size,))
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
        validate.draw(key, n, (self.size,))
        return _uniform(key, n, self.size, self.low, self.high)


def draw(prior, moves: int, key: jax.Array, step, rows: int) -> jax.Array:
    """Draw the latents of one update, a batch for each move.

    Args:
        prior: with a method sample(key, n).
        moves: batches that the update needs.
        key: PRNG key of the run.
        step: number of the update, 0 or more.
        rows: latents in a batch.

    Returns:
        Array of shape (moves, rows, size).
    """
    z = prior.sample(stream(key, step, LATENTS), moves * rows)
    return z.reshape(moves, rows, *z.shape[1:])


@partial(jax.jit, static_argnums=(1, 2))
def _normal(key, n, size):
    return jax.random.normal(key, (n, size), "float32")


@partial(jax.jit, static_argnums=(1, 2))
def _uniform(key, n, size, low, high):
    return jax.random.uniform(key, (n, size), "float32", low, high)
