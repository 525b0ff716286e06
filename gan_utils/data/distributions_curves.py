"""Curves with noise: pick a place on a curve, add isotropic Gaussian noise.

A place is a number t in [0, 1], drawn uniformly. The density is the integral over t of
the noise density around curve(t). Gauss-Legendre panels as long as the noise is wide
give it with a relative error below 1e-6 up to ten widths from the curve.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import logsumexp

from gan_utils import validate
from gan_utils.data.distributions import Distribution, register

ORDER = 8  # Gauss-Legendre nodes in one panel


@partial(register, data_fields=["shape", "std"], meta_fields=["curve", "panels"])
@dataclass(frozen=True, eq=False)
class Curve(Distribution):
    """A curve in the plane thickened by Gaussian noise; make one with `circle` or kin.

    `shape` holds the numbers that `curve(t, *shape)` needs. To vmap over `std`, keep
    `panels` large enough for the smallest width.
    """

    shape: tuple  # arrays
    std: jax.Array  # () noise width
    curve: Callable  # (t (n,), *shape) -> (n, 2)
    panels: int  # quadrature panels along the curve
    dim = 2

    def sample(self, key: jax.Array, n: int) -> jax.Array:
        """Draw n points: a place on the curve, then noise; shape (n, 2)."""
        validate.draw(key, n, (self.dim,))
        return _curve_sample(self, key, n)

    def log_prob(self, x: jax.Array) -> jax.Array:
        """Integrate the noise density along the curve; x (n, 2) gives shape (n,)."""
        return _curve_log_prob(self, self._points(x))


@partial(jax.jit, static_argnums=2)
def _curve_sample(distribution, key, n):
    place, noise = jax.random.split(key)
    std = distribution.std
    t = jax.random.uniform(place, (n,), std.dtype)
    unit = jax.random.normal(noise, (n, 2), std.dtype)
    return distribution.curve(t, *distribution.shape) + std * unit


@jax.jit
def _curve_log_prob(distribution, x):
    t, weights = (jnp.asarray(a, x.dtype) for a in _nodes(distribution.panels))
    centres = distribution.curve(t, *distribution.shape)
    scaled = (x[:, None, :] - centres[None]) / distribution.std
    along = logsumexp(-0.5 * (scaled**2).sum(-1), b=weights[None], axis=-1)
    return along - 2 * jnp.log(distribution.std) - np.log(2 * np.pi)


@lru_cache
def _nodes(panels):
    t, weights = np.polynomial.legendre.leggauss(ORDER)
    starts = np.arange(panels)[:, None]
    t = (starts + (t[None] + 1) / 2) / panels
    return t.ravel(), np.tile(weights / 2 / panels, panels)


def _make(curve, shape, std, length) -> Curve:
    """Give every noise width along the curve a panel; an even number, for two moons."""
    shape = tuple(jnp.asarray(part, dtype=float) for part in shape)
    for part in shape:
        validate.finite(part, "the shape of the curve")
    validate.positive(std, "std")
    if validate.is_traced(std) or any(validate.is_traced(part) for part in shape):
        raise ValueError(
            "a curve was made inside jit, grad or vmap; expected plain numbers, which "
            "choose the number of quadrature nodes. Make it outside, and change its "
            "arrays with dataclasses.replace."
        )
    panels = 2 * math.ceil(max(length / float(std), 4.0) / 2)
    return Curve(shape, jnp.asarray(std, dtype=float), curve, panels)


def _line(t, start, end):
    return start[None] + t[:, None] * (end - start)[None]


def line(start=(-1.0, 0.0), end=(1.0, 0.0), std: float = 0.05) -> Curve:
    """Make a straight segment from start (2,) to end (2,) with noise std."""
    length = np.hypot(*np.subtract(end, start))
    return _make(_line, (start, end), std, length)


def _ellipse(t, centre, radii):
    angle = 2 * np.pi * t
    return centre[None] + radii[None] * jnp.stack([jnp.cos(angle), jnp.sin(angle)], -1)


def circle(radius: float = 1.0, std: float = 0.05, centre=(0.0, 0.0)) -> Curve:
    """Make a circle with noise std."""
    return ellipse((radius, radius), std, centre)


def ellipse(radii=(1.0, 0.5), std: float = 0.05, centre=(0.0, 0.0)) -> Curve:
    """Make an ellipse, uniform in its angle, with radii (2,) on the two axes."""
    length = 2 * math.pi * np.max(radii)
    return _make(_ellipse, (centre, radii), std, length)


def _spiral(t, turns, inner, outer):
    radius = jnp.sqrt(inner**2 + (outer**2 - inner**2) * t)  # nearly uniform in length
    angle = 2 * np.pi * turns * (radius - inner) / (outer - inner)
    return radius[:, None] * jnp.stack([jnp.cos(angle), jnp.sin(angle)], -1)


def spiral(
    turns: float = 1.5, inner: float = 0.2, outer: float = 1.0, std: float = 0.03
) -> Curve:
    """Make an Archimedean spiral from radius `inner` (above 0) out to `outer`."""
    validate.positive(inner, "inner")
    validate.positive(outer - inner, "outer - inner")
    radial = (outer**2 - inner**2) / (2 * inner)
    length = radial + math.pi * turns * (inner + outer)
    return _make(_spiral, (turns, inner, outer), std, length)


def _moons(t, radius, gap):
    first = (t < 0.5)[:, None]
    angle = 2 * np.pi * jnp.where(t < 0.5, t, t - 0.5)
    arc = jnp.stack([jnp.cos(angle), jnp.sin(angle)], -1)
    upper = radius * (arc - jnp.asarray([0.5, 0.0], t.dtype)[None]) + 0.5 * gap[None]
    lower = radius * (jnp.asarray([0.5, 0.0], t.dtype)[None] - arc) - 0.5 * gap[None]
    return jnp.where(first, upper, lower)


def moons(radius: float = 1.0, std: float = 0.05, gap=(0.0, -0.5)) -> Curve:
    """Make two interleaved half circles, equally likely, shifted by gap (2,)."""
    return _make(_moons, (radius, gap), std, 2 * math.pi * radius)
