"""Noise floors: what a metric says of real data, and how far its answers scatter."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import numpy as np

from gan_utils import validate


class Spread(NamedTuple):
    """A metric's answers over seeds. Mean and std are of the metric's own type."""

    mean: Any
    std: Any
    values: Any  # each number as (seeds,)
    n: tuple[int, ...]  # rows in each set

    def __str__(self) -> str:
        names = getattr(self.mean, "_fields", ("",))
        means, stds = (jax.tree.leaves(part) for part in (self.mean, self.std))
        numbers = [
            f"{name} {mean:.4g} ± {std:.2g}".strip()
            for name, mean, std in zip(names, means, stds, strict=True)
        ]
        seeds = len(jax.tree.leaves(self.values)[0])
        rows = ", ".join(f"{n:,}" for n in self.n)
        return f"{', '.join(numbers)} ({seeds} draws, n = {rows})"


def floor(metric: Callable, real, n, seeds: int = 10) -> Spread:
    """Score real data against other real data: what a perfect generator would get.

    Each seed draws disjoint sets from `real` and calls `metric(*sets)`:

        floor(frechet_distance, features, 5000)
        floor(inception_score, probabilities, (5000,))
        floor(memorisation, digits, (3000, 1000, 1000))

    Models whose scores differ by less than `std` have not been told apart.

    Args:
        metric: maps sets of rows to a number, or to a NamedTuple of numbers.
        real: rows of real data, shape (N, ...): features, images or probabilities.
        n: rows in each of two sets; or a tuple with the rows of each set, for metrics
            of one set, (n,), of three, (n, m, k), or of unequal ones.
        seeds: how many draws.

    Returns:
        Spread. The draws share the same N rows: `std` tells how a metric scatters from
        one split to the next, not what other real data would change.

    Raises:
        ValueError: `real` holds fewer rows than the sets need.
    """
    real = np.asarray(real)
    sizes = tuple(n) if np.iterable(n) else (n, n)
    sizes = tuple(validate.count(size, "n", minimum=1) for size in sizes)
    if sum(sizes) > len(real):
        raise ValueError(
            f"n asks for {sum(sizes):,} rows in {len(sizes)} disjoint sets; real holds "
            f"{len(real):,}. Likely cause: a floor needs as many real rows again."
        )

    def draw(rng):
        order = rng.permutation(len(real))
        return [real[rows] for rows in np.split(order, np.cumsum(sizes))[:-1]]

    return spread(metric, draw, sizes, seeds)


def repeat(metric: Callable, sets, n, seeds: int = 10) -> Spread:
    """Score draws of n rows from each set: the row that stands beside a floor.

    Args:
        metric: maps sets of rows to a number, or to a NamedTuple of numbers.
        sets: the sets, such as (real, fake), each of shape (N, ...).
        n: rows to draw from each set, without replacement; or a tuple, one for each.
        seeds: how many draws.

    Returns:
        Spread. Draws of one set share rows, so `std` falls to 0 as n nears N. At
        n = N / 2 it is about the standard error of a score of all N rows.

    Raises:
        ValueError: a set holds fewer rows than that.

    References:
        Shao and Wu, A general theory for jackknife variance estimation, 1989.
    """
    sets = several(sets)
    sizes = tuple(n) if np.iterable(n) else (n,) * len(sets)
    if len(sizes) != len(sets):
        raise ValueError(f"n has {len(sizes)} sizes for {len(sets)} sets.")
    for rows, size in zip(sets, sizes, strict=True):
        validate.count(size, "n", minimum=1)
        if size > len(rows):
            raise ValueError(f"n is {size:,}, but a set holds {len(rows):,} rows.")

    def draw(rng):
        return [
            rows[rng.permutation(len(rows))[:size]]
            for rows, size in zip(sets, sizes, strict=True)
        ]

    return spread(metric, draw, sizes, seeds)


def several(sets) -> list[np.ndarray]:
    """Check a tuple of sets of rows, and make each NumPy's."""
    if not isinstance(sets, tuple | list) or not sets:
        raise ValueError(
            f"sets is {validate.describe(sets)}; expected a tuple of sets of rows. "
            "Likely cause: one set alone; write (x,)."
        )
    return [np.asarray(rows) for rows in sets]


def spread(metric: Callable, draw: Callable, sizes, seeds: int) -> Spread:
    """Score what `draw(generator)` returns, once for each seed."""
    validate.count(seeds, "seeds", minimum=2)
    validate.function(metric, "metric")
    answers = [metric(*draw(np.random.default_rng(seed))) for seed in range(seeds)]
    values = jax.tree.map(lambda *a: np.asarray(a, float), *answers)
    return Spread(
        mean=jax.tree.map(lambda a: a.mean(0), values),
        std=jax.tree.map(lambda a: a.std(0, ddof=1), values),
        values=values,
        n=tuple(sizes),
    )
