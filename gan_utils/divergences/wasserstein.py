"""Wasserstein distances between samples: on a line, in a small space, and sliced."""

import jax
import jax.numpy as jnp
import numpy as np
import scipy  # its parts load when they are first used

from gan_utils import validate
from gan_utils.divergences.arrays import samples


def wasserstein_1d(x, y):
    """Compute W1 between two samples on a line, exactly, by sorting.

    Equal sizes: the k-th smallest x travels to the k-th smallest y. Other sizes: the
    area between the two staircases of cumulative probability. As an estimate of the
    distance between the distributions it is biased upwards, by about 1 / sqrt(n) when
    they are equal.

    Args:
        x: (N,) or (N, 1).
        y: (M,) or (M, 1).

    Returns:
        A scalar, 0 or more, in the units of x.

    Raises:
        ValueError: when points have more than one coordinate or are not finite.
    """
    x, y = (a[:, None] if np.ndim(a) == 1 else a for a in map(_array, (x, y)))
    xp, x, y = samples(x, y)
    if x.shape[1] != 1:
        raise ValueError(
            f"x is {validate.describe(x)}; expected points on a line, shape (N,) or "
            "(N, 1). Use wasserstein or sliced_wasserstein in more dimensions."
        )
    x, y = xp.sort(x[:, 0]), xp.sort(y[:, 0])
    if len(x) == len(y):
        return xp.abs(x - y).mean()
    places = xp.sort(xp.concatenate([x, y]))
    below = places[:-1]
    staircase_x = xp.searchsorted(x, below, side="right") / len(x)
    staircase_y = xp.searchsorted(y, below, side="right") / len(y)
    return (xp.abs(staircase_x - staircase_y) * xp.diff(places)).sum()


def optimal_assignment(x, y, order: int = 1):
    """Pair the points of two equal samples so that the mean cost of moving is least.

    Args:
        x: (N, dim); a few thousand at most, the work grows like N^3.
        y: (N, dim).
        order: power of the distance that moving costs, 1 or more.

    Returns:
        partner (N,), so that x[i] travels to y[partner[i]], and the N costs.

    Raises:
        ValueError: when the sizes or coordinates differ, a point is not finite, or the
            order is no whole number.
    """
    _, x, y = samples(np.asarray(x), np.asarray(y))
    validate.count(order, "order", minimum=1)
    if len(x) != len(y):
        raise ValueError(
            f"x holds {len(x)} points and y {len(y)}; expected equal numbers, because "
            "the assignment pairs them one to one. Drop some of the larger set."
        )
    cost = scipy.spatial.distance.cdist(x, y) ** order
    rows, partner = scipy.optimize.linear_sum_assignment(cost)
    return partner, cost[rows, partner]


def wasserstein(x, y, order: int = 1) -> float:
    """Compute the Wasserstein distance of two equal samples by optimal assignment.

    Exact for the samples. As an estimate of the distance between the distributions it
    is biased upwards, by about n^(-1/dim) in dim > 2: many points are needed.

    Args:
        x: (N, dim).
        y: (N, dim).
        order: 1 for the earth mover's distance, 2 for W2.

    Returns:
        The distance, 0 or more, in the units of x.

    Raises:
        ValueError: as `optimal_assignment`.
    """
    _, cost = optimal_assignment(x, y, order)
    return float(cost.mean() ** (1 / order))


def sliced_wasserstein(x, y, key: jax.Array, directions: int = 64) -> jax.Array:
    """Average W1 over projections on random directions; jit keeps it differentiable.

    The random directions add no bias; the finite samples bias it upwards by about
    1 / sqrt(n) in any dimension.

    Args:
        x: (N, dim).
        y: (M, dim).
        key: PRNG key of the directions.
        directions: how many, 1 or more.

    Returns:
        A scalar, at most W1.

    Raises:
        ValueError: when the coordinates differ, a point is not finite, or the key is
            none.

    References:
        Bonneel et al., Sliced and Radon Wasserstein barycenters of measures, 2015.
    """
    _, x, y = samples(jnp.asarray(x), jnp.asarray(y))
    validate.key(key, "key")
    validate.count(directions, "directions", minimum=1)
    normal = jax.random.normal(key, (directions, x.shape[1]), x.dtype)
    unit = normal / jnp.linalg.norm(normal, axis=1, keepdims=True)
    return jax.vmap(lambda u: wasserstein_1d(x @ u, y @ u))(unit).mean()


def _array(x):
    return x if hasattr(x, "dtype") else np.asarray(x)
