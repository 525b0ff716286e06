"""The f-GAN table: one row for each f-divergence, with everything a critic needs.

For a convex f with ratio u = p / q, D_f(p || q) = sum q f(u). Its conjugate f*(t) gives
the lower bound D_f >= E_p[T] - E_q[f*(T)] for every critic T with values in the domain
of f*; the bound is tight at T*(x) = f'(u(x)).

References:
    Nowozin et al., f-GAN, arXiv:1606.00709, tables 1 and 2.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.divergences.arrays import namespace

INF = math.inf


class FDivergence(NamedTuple):
    """One row: each function takes an array or a number and keeps its dtype."""

    name: str
    f: Callable  # of the ratio u >= 0
    derivative: Callable  # f'(u)
    conjugate: Callable | None  # f*(t); infinite outside the domain
    domain: tuple[float, float] | None  # the interval of values a critic may take
    activation: Callable  # maps any real number into the domain, increasing
    slope_at_infinity: float  # the limit of f(u) / u: the price of q = 0 < p

    def optimal_critic(self, u):
        """Evaluate T* = f'(u) at the ratio u = p / q, where the bound is tight."""
        return self.derivative(u)

    @property
    def f_prime_at_1(self) -> float:
        """Return f'(1), the critic's value where p = q: the threshold of real/fake."""
        return float(self.derivative(np.float64(1.0)))


def _of_array(function):
    """Let a formula written with `xp` take NumPy or JAX arrays, and numbers."""

    def wrapped(x):
        xp = namespace(x)
        x = x if hasattr(x, "dtype") else np.float64(x)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return function(xp, x)

    return wrapped


def _within(domain, function):
    """Make a conjugate infinite outside its domain, with clean gradients inside."""

    def masked(xp, t):
        inside = (t >= domain[0]) & (t <= domain[1])
        anchor = min(max(domain[0], -0.25), domain[1] - 0.5)
        return xp.where(inside, function(xp, xp.where(inside, t, anchor)), xp.inf)

    return _of_array(masked)


def _xlogx(xp, u):
    return xp.where(u > 0, u * xp.log(xp.where(u > 0, u, 1)), 0)


def _softplus(xp, v):
    return jax.nn.softplus(v) if xp is jnp else np.logaddexp(v, 0)


def _row(name, f, derivative, conjugate, domain, activation, slope) -> FDivergence:
    return FDivergence(
        name=name,
        f=_of_array(f),
        derivative=_of_array(derivative),
        conjugate=_within(domain, conjugate),
        domain=domain,
        activation=_of_array(activation),
        slope_at_infinity=slope,
    )


F_DIVERGENCES: dict[str, FDivergence] = {
    "kl": _row(
        "KL",
        f=_xlogx,
        derivative=lambda xp, u: 1 + xp.log(u),
        conjugate=lambda xp, t: xp.exp(t - 1),
        domain=(-INF, INF),
        activation=lambda xp, v: v,
        slope=INF,
    ),
    "reverse_kl": _row(
        "reverse KL",
        f=lambda xp, u: -xp.log(u),
        derivative=lambda xp, u: -1 / u,
        conjugate=lambda xp, t: -1 - xp.log(-t),
        domain=(-INF, 0.0),
        activation=lambda xp, v: -xp.exp(-v),
        slope=0.0,
    ),
    "pearson": _row(
        "Pearson chi-squared",
        f=lambda xp, u: (u - 1) ** 2,
        derivative=lambda xp, u: 2 * (u - 1),
        conjugate=lambda xp, t: t**2 / 4 + t,
        domain=(-INF, INF),
        activation=lambda xp, v: v,
        slope=INF,
    ),
    "neyman": _row(
        "Neyman chi-squared",
        f=lambda xp, u: (1 - u) ** 2 / u,
        derivative=lambda xp, u: 1 - 1 / u**2,
        conjugate=lambda xp, t: 2 - 2 * xp.sqrt(1 - t),
        domain=(-INF, 1.0),
        activation=lambda xp, v: 1 - xp.exp(-v),
        slope=1.0,
    ),
    "squared_hellinger": _row(
        "squared Hellinger",
        f=lambda xp, u: (xp.sqrt(u) - 1) ** 2,
        derivative=lambda xp, u: (xp.sqrt(u) - 1) / xp.sqrt(u),
        conjugate=lambda xp, t: t / (1 - t),
        domain=(-INF, 1.0),
        activation=lambda xp, v: 1 - xp.exp(-v),
        slope=1.0,
    ),
    "js": _row(
        "twice Jensen-Shannon",
        f=lambda xp, u: -(u + 1) * xp.log((1 + u) / 2) + _xlogx(xp, u),
        derivative=lambda xp, u: xp.log(2 * u / (1 + u)),
        conjugate=lambda xp, t: -xp.log(2 - xp.exp(t)),
        domain=(-INF, math.log(2)),
        activation=lambda xp, v: math.log(2) - _softplus(xp, -v),
        slope=math.log(2),
    ),
    "gan": _row(
        "GAN: twice Jensen-Shannon, minus log 4",
        f=lambda xp, u: _xlogx(xp, u) - (u + 1) * xp.log(u + 1),
        derivative=lambda xp, u: xp.log(u / (1 + u)),
        conjugate=lambda xp, t: -xp.log(-xp.expm1(t)),
        domain=(-INF, 0.0),
        activation=lambda xp, v: -_softplus(xp, -v),
        slope=0.0,
    ),
    "total_variation": _row(
        "total variation",
        f=lambda xp, u: xp.abs(u - 1) / 2,
        derivative=lambda xp, u: xp.sign(u - 1) / 2,
        conjugate=lambda xp, t: t,
        domain=(-0.5, 0.5),
        activation=lambda xp, v: xp.tanh(v) / 2,
        slope=0.5,
    ),
}


def row_of(f) -> FDivergence:
    """Return the row that is meant by its key, itself or a plain function.

    Of a plain function f nothing else is known: its row can give D_f, and no bound.

    Raises:
        ValueError: none is.
    """
    if isinstance(f, FDivergence):
        return f
    if callable(f):
        return FDivergence("plain function", f, None, None, None, None, float("nan"))
    if isinstance(f, str) and f in F_DIVERGENCES:
        return F_DIVERGENCES[f]
    raise ValueError(
        f"f is {f!r}; expected a function, an FDivergence, or one of "
        f"{', '.join(F_DIVERGENCES)}."
    )


def conjugate_of(f) -> Callable:
    """Return the conjugate f* of a row, or of its key.

    Raises:
        ValueError: there is no such row, or f is a plain function.
    """
    conjugate = row_of(f).conjugate
    if conjugate is None:
        raise ValueError(
            "f is a plain function; expected an FDivergence or one of "
            f"{', '.join(F_DIVERGENCES)}, because the bound needs the conjugate f*."
        )
    return conjugate
