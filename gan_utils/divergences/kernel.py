"""Maximum mean discrepancy: two samples compared by a kernel, without any critic."""

from functools import partial
from numbers import Real

import jax
import jax.numpy as jnp
import numpy as np
import scipy  # its parts load when they are first used

from gan_utils import validate
from gan_utils.divergences.arrays import samples


def mmd_squared(x, y, bandwidths=(1.0,), unbiased: bool = True):
    """Estimate the squared maximum mean discrepancy with Gaussian kernels.

    The kernel is the mean of exp(-|a - b|^2 / 2 s^2) over the bandwidths s. The
    unbiased form leaves out each point's kernel with itself, and may fall below 0. The
    biased form is never negative; it is too large by about 1 / N + 1 / M at most.
    NumPy arrays take memory for N M dim differences, JAX's for N M numbers.

    Args:
        x: (N, dim), N of 2 or more.
        y: (M, dim), M of 2 or more.
        bandwidths: kernel widths s, above 0, in the units of x; or one of them.
        unbiased: leave out the pairs of a point with itself.

    Returns:
        A scalar.

    Raises:
        ValueError: when a shape, a value or a bandwidth is wrong.

    References:
        Gretton et al., A kernel two-sample test, JMLR 2012.
    """
    xp, x, y = _two_or_more(x, y)
    widths = _widths(bandwidths)
    kernel = _compiled_kernel if xp is jnp else partial(_kernel, np)
    return _squared(lambda a, b: kernel(a, b, widths), x, y, unbiased)


def polynomial_mmd_squared(x, y, degree: int = 3, unbiased: bool = True):
    """Estimate the squared maximum mean discrepancy with (a.b / dim + 1)^degree.

    Blind to what lies beyond moments of this degree: sets that share them are at 0.

    Args:
        x: (N, dim), N of 2 or more.
        y: (M, dim), M of 2 or more.
        degree: of the polynomial, 1 or more.
        unbiased: as in `mmd_squared`.

    Returns:
        A scalar.

    Raises:
        ValueError: when a shape, a value or the degree is wrong.

    References:
        Binkowski et al., Demystifying MMD GANs, arXiv:1801.01401.
    """
    _, x, y = _two_or_more(x, y)
    validate.count(degree, "degree", minimum=1)
    return _squared(lambda a, b: (a @ b.T / a.shape[1] + 1) ** degree, x, y, unbiased)


def energy_distance(x, y, unbiased: bool = True) -> float:
    """Estimate the energy distance 2 E|X - Y| - E|X - X'| - E|Y - Y'|.

    It is a squared maximum mean discrepancy, with the kernel -|a - b|; computed on the
    host.

    Args:
        x: (N, dim), N of 2 or more.
        y: (M, dim), M of 2 or more.
        unbiased: as in `mmd_squared`.

    Returns:
        A number, in the units of the points.

    Raises:
        ValueError: when a shape or a value is wrong.

    References:
        Szekely and Rizzo, Energy statistics, 2013; Sejdinovic et al., arXiv:1207.6076.
    """
    x, y = validate.array(x, "x"), validate.array(y, "y")
    _, x, y = _two_or_more(np.asarray(x, float), np.asarray(y, float))
    return float(
        _squared(lambda a, b: -scipy.spatial.distance.cdist(a, b), x, y, unbiased)
    )


def _two_or_more(x, y):
    xp, x, y = samples(x, y)
    validate.count(len(x), "the number of points in x", minimum=2)
    validate.count(len(y), "the number of points in y", minimum=2)
    return xp, x, y


def _widths(bandwidths) -> list:
    one = isinstance(bandwidths, Real) or getattr(bandwidths, "ndim", 1) == 0
    widths = [bandwidths] if one else list(bandwidths)
    if not widths or any(map(np.ndim, widths)):
        raise ValueError(
            f"bandwidths is {validate.describe(bandwidths)}; expected a number above "
            "0, or at least one in a row."
        )
    return [validate.positive(s, "bandwidths") for s in widths]


def _squared(kernel, x, y, unbiased):
    mean = _mean_off_diagonal if unbiased else lambda k: k.mean()
    return mean(kernel(x, x)) + mean(kernel(y, y)) - 2 * kernel(x, y).mean()


def _kernel(xp, x, y, widths):
    squared = ((x[:, None, :] - y[None, :, :]) ** 2).sum(-1)  # (N, M)
    return sum(xp.exp(-squared / (2 * s**2)) for s in widths) / len(widths)


# Compiled, the (N, M, dim) differences are summed without ever being stored.
_compiled_kernel = jax.jit(partial(_kernel, jnp))


def _mean_off_diagonal(kernel):
    n = len(kernel)
    return (kernel.sum() - kernel.trace()) / (n * (n - 1))
