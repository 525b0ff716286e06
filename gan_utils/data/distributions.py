"""Distributions with two faces: Gaussian mixtures and boxes to sample and to evaluate.

Every distribution is a frozen pytree, so it can be an argument of a jitted function,
and its numbers can be differentiated or vmapped. Points are always (n, dim) arrays,
also on a line.
"""

from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import logsumexp

from gan_utils import validate

register = jax.tree_util.register_dataclass


class Distribution:
    """What every distribution offers; `sample` and `log_prob` are its two faces."""

    dim: int  # coordinates of a point
    std: jax.Array  # width of the noise, broadcastable to (K, dim)
    modes: jax.Array | None = None  # (K, dim), or None when there are no separate modes

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n independent points, shape (n, dim)."""
        raise NotImplementedError

    def log_prob(self, x: jax.Array) -> jax.Array:
        """Evaluate the log density in nats at x (n, dim), shape (n,)."""
        raise NotImplementedError

    def prob(self, x: jax.Array) -> jax.Array:
        """Evaluate the density at x (n, dim), shape (n,); it may exceed 1."""
        return jnp.exp(self.log_prob(x))

    def _points(self, x):
        return jnp.asarray(validate.points(x, "x", self.dim), dtype=float)


@partial(register, data_fields=["means", "std", "weights"], meta_fields=["named_modes"])
@dataclass(frozen=True, eq=False)
class Mixture(Distribution):
    """A mixture of K axis-aligned Gaussians; make one with `mixture` or its kin."""

    means: jax.Array  # (K, dim)
    std: jax.Array  # broadcastable to (K, dim); a scalar when all are equal
    weights: jax.Array  # (K,), sums to 1
    named_modes: bool = True  # False when the components are kernels, not modes

    @property
    def dim(self) -> int:
        """Count the coordinates of a point."""
        return self.means.shape[-1]

    @property
    def modes(self) -> jax.Array | None:
        """Return the means (K, dim), or None when components are only kernels."""
        return self.means if self.named_modes else None

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n points: pick a component, then add its noise; shape (n, dim)."""
        validate.draw(key, n, (self.dim,))
        return _mixture_sample(self, key, n)

    def log_prob(self, x: jax.Array) -> jax.Array:
        """Evaluate log sum_k w_k N(x; mean_k, std_k^2) at x (n, dim), shape (n,)."""
        return _mixture_log_prob(self, self._points(x))


# One compiled program for each n; operation by operation it would be a dozen.
@partial(jax.jit, static_argnums=2)
def _mixture_sample(mixture, key, n):
    pick, noise = jax.random.split(key)
    std = jnp.broadcast_to(mixture.std, mixture.means.shape)
    k = _pick(pick, mixture.weights, n)
    unit = jax.random.normal(noise, (n, mixture.dim), mixture.means.dtype)
    return mixture.means[k] + std[k] * unit


def _pick(key, weights, n):
    """Draw n components, as jax.random.choice does, but faster for a few of them."""
    rising = jnp.cumsum(weights)
    height = rising[-1] * (1 - jax.random.uniform(key, (n,), weights.dtype))
    method = "compare_all" if len(weights) <= 64 else "scan"
    return jnp.searchsorted(rising, height, method=method)


@jax.jit
def _mixture_log_prob(mixture, x):
    std = jnp.broadcast_to(mixture.std, mixture.means.shape)
    scaled = (x[:, None, :] - mixture.means[None]) / std[None]  # (n, K, dim)
    normaliser = jnp.log(std).sum(-1) + 0.5 * mixture.dim * np.log(2 * np.pi)
    each = -0.5 * (scaled**2).sum(-1) - normaliser[None]
    return logsumexp(each, b=mixture.weights[None], axis=-1)


@partial(register, data_fields=["low", "high"], meta_fields=[])
@dataclass(frozen=True, eq=False)
class Box(Distribution):
    """The uniform distribution on a box; make one with `uniform`."""

    low: jax.Array  # (dim,)
    high: jax.Array  # (dim,)

    @property
    def dim(self) -> int:
        """Count the coordinates of a point."""
        return self.low.shape[-1]

    @property
    def std(self) -> jax.Array:
        """Return the standard deviation on each axis, shape (dim,)."""
        return (self.high - self.low) / np.sqrt(12.0).item()

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n points, shape (n, dim)."""
        validate.draw(key, n, (self.dim,))
        unit = jax.random.uniform(key, (n, self.dim), self.low.dtype)
        return self.low[None] + (self.high - self.low)[None] * unit

    def log_prob(self, x: jax.Array) -> jax.Array:
        """Return minus the log volume inside the box, and -inf outside; shape (n,)."""
        x = self._points(x)
        inside = ((x >= self.low[None]) & (x <= self.high[None])).all(-1)
        return jnp.where(inside, -jnp.log(self.high - self.low).sum(), -jnp.inf)


def mixture(means, stds, weights=None) -> Mixture:
    """Make a mixture of K Gaussians.

    Args:
        means: (K, dim), or (K,) for a mixture on a line.
        stds: above 0; a number, (K,) one for each component, or (K, dim).
        weights: (K,), not negative, scaled to sum to 1; equal when None.

    Returns:
        Mixture whose modes are the means.

    Raises:
        ValueError: when shapes disagree or a value is out of range.
    """
    means = jnp.asarray(validate.array(means, "means"), dtype=float)
    means = means[:, None] if means.ndim == 1 else means
    validate.points(means, "means")
    stds = validate.positive(validate.array(stds, "stds"), "stds")
    std = jnp.asarray(stds, dtype=float)
    std = std[:, None] if std.ndim == 1 else std
    if std.ndim and (
        std.shape[0] != len(means) or std.shape[1] not in (1, means.shape[1])
    ):
        raise ValueError(
            f"stds is {validate.describe(std)}; expected a number, one a mean, shape "
            f"({len(means)},), or one a coordinate, shape {means.shape}."
        )
    return Mixture(means, std, _normalised(weights, len(means)))


def gaussian(mean, std) -> Mixture:
    """Make one Gaussian with independent coordinates.

    Args:
        mean: a number for a Gaussian on a line, or (dim,).
        std: above 0; a number, or (dim,) one for each axis.
    """
    mean = jnp.atleast_1d(jnp.asarray(validate.array(mean, "mean"), dtype=float))
    std = jnp.asarray(validate.array(std, "std"), dtype=float)
    return mixture(mean[None], std[None] if std.ndim else std)


def ring(modes: int = 8, radius: float = 1.0, std: float = 0.05) -> Mixture:
    """Make equal Gaussians spaced evenly on a circle, the first at angle 0."""
    validate.count(modes, "modes", minimum=1)
    validate.finite(validate.array(radius, "radius"), "radius")
    angle = jnp.arange(modes, dtype=float) * (2 * np.pi / modes)
    return mixture(radius * jnp.stack([jnp.cos(angle), jnp.sin(angle)], -1), std)


def grid(side: int = 5, spacing: float = 2.0, std: float = 0.05) -> Mixture:
    """Make side x side equal Gaussians on a square grid centred on 0."""
    validate.count(side, "side", minimum=1)
    validate.finite(validate.array(spacing, "spacing"), "spacing")
    axis = spacing * (jnp.arange(side, dtype=float) - (side - 1) / 2)
    return mixture(jnp.stack(jnp.meshgrid(axis, axis), -1).reshape(-1, 2), std)


def points(array, std: float) -> Mixture:
    """Make a smooth distribution from given points, such as a drawing.

    Sampling picks a point at random and adds noise; the density is a kernel estimate.

    Args:
        array: (N, dim) points.
        std: width of the Gaussian kernel, above 0.

    Returns:
        Mixture without modes.
    """
    array = jnp.asarray(validate.points(array, "array"), dtype=float)
    std = jnp.asarray(validate.positive(std, "std"), dtype=float)
    return Mixture(array, std, _normalised(None, len(array)), named_modes=False)


def uniform(low, high) -> Box:
    """Make the uniform distribution on a box.

    Args:
        low: a number for an interval, or (dim,).
        high: like low, larger on every axis.
    """
    low, high = validate.array(low, "low"), validate.array(high, "high")
    low, high = (jnp.atleast_1d(jnp.asarray(end, dtype=float)) for end in (low, high))
    if low.shape != high.shape:
        raise ValueError(
            f"low is {validate.describe(low)} and high is {validate.describe(high)}; "
            "expected equal shapes."
        )
    validate.positive(high - low, "high - low")
    return Box(low, high)


def _normalised(weights, count):
    if weights is None:
        return jnp.full((count,), 1.0 / count, dtype=float)
    weights = jnp.asarray(validate.array(weights, "weights"), dtype=float)
    if weights.shape != (count,):
        raise ValueError(
            f"weights is {validate.describe(weights)}; expected one a component, shape "
            f"({count},)."
        )
    validate.not_negative(weights, "weights")
    validate.positive(weights.sum(), "the sum of weights")
    return weights / weights.sum()
