"""Exercise: what a metric says of real data against real data."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def gap_of_means(a, b):
    """Compare two sets by the squared distance of their means."""
    return ((a.mean(0) - b.mean(0)) ** 2).sum()


def gap_of_widths(a, b):
    """Compare two sets by the squared difference of their standard deviations."""
    return ((a.std(0) - b.std(0)) ** 2).sum()


def shift_of_means(a, b):
    """Compare two sets by a number that may be negative, as unbiased metrics are."""
    return b.mean() - a.mean()


def _scores(metric, real, orders, n):
    pairs = ((real[order[:n]], real[order[n : 2 * n]]) for order in orders)
    return np.array([metric(a, b) for a, b in pairs])


def _noise_floor(metric, real, orders, n):
    scores = _scores(metric, real, orders, n)
    return scores.mean(), scores.std(ddof=1)


def _summed_up(pick):
    """Make a wrong floor from a wrong choice of the two sets."""

    def floor(metric, real, orders, n):
        scores = np.array([metric(*pick(real, order, n)) for order in orders])
        return scores.mean(), scores.std(ddof=1)

    return floor


def _of_scores(summary):
    """Make a wrong floor from right scores."""
    return lambda metric, real, orders, n: summary(_scores(metric, real, orders, n))


def _pools(rng):
    cases = []
    for metric, rows, features, n, draws in (
        (gap_of_means, 60, 3, 20, 5),
        (gap_of_widths, 80, 2, 25, 4),
        (shift_of_means, 40, 1, 10, 7),
    ):
        real = rng.normal(size=(rows, features)) * rng.uniform(0.5, 2, features)
        orders = np.stack([rng.permutation(rows) for _ in range(draws)])
        cases.append((metric, real, orders, n))
    return cases


task = register(
    Exercise(
        name="noise_floor",
        notebook="07",
        difficulty=2,
        minutes=10,
        reference=_noise_floor,
        cases=_pools,
    )
)

task.wrong(
    _summed_up(lambda real, order, n: (real[order[:n]], real[order[:n]])),
    "You compared a set with itself, which is 0 for every metric. The second set must "
    "be other rows: order[n:2 * n].",
)
task.wrong(
    _summed_up(lambda real, order, n: (real[order[:n]], real)),
    "You compared n rows with all of them. The sets must share no row and be as large "
    "as those you will compare: n each.",
)
task.wrong(
    _summed_up(lambda real, order, n: (real[order[:n]], real[order[n:]])),
    "Your second set has all the remaining rows. A larger set has less noise, so the "
    "floor comes out too low: take n rows.",
)
task.wrong(
    _summed_up(lambda real, order, n: (real[:n], real[n : 2 * n])),
    "You made the same two sets in every draw, so nothing scatters. Choose rows by "
    "the order of that draw: real[order[:n]].",
)
task.wrong(
    _summed_up(lambda real, order, n: (real[order[:n]], real[order[-n:]])),
    "Two sets without a common row, which is right in spirit; the exercise asks for "
    "the next n rows, order[n:2 * n].",
)
task.wrong(
    _of_scores(lambda s: (s.mean(), s.std())),
    "Your standard deviation divides by the number of draws. With few draws that is "
    "too small: use ddof=1.",
)
task.wrong(
    _of_scores(lambda s: (s.mean(), s.std(ddof=1) / len(s) ** 0.5)),
    "You divided by the root of the number of draws: that is the error of the mean. A "
    "single score scatters by the standard deviation.",
)
task.wrong(
    _of_scores(lambda s: (s.mean(), s.var(ddof=1))),
    "The second number is the variance. Take its root.",
)
task.wrong(
    _of_scores(lambda s: (s.sum(), s.std(ddof=1))),
    "You summed the scores. The floor is their mean.",
)
task.wrong(
    _of_scores(lambda s: s.mean()),
    "This is the mean alone. Return how far the scores scatter as well: (mean, "
    "standard deviation).",
)
task.wrong(
    _of_scores(lambda s: s),
    "These are the scores of all draws. Return their mean and their standard "
    "deviation.",
)
