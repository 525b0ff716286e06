"""Exercise: precision and recall from balls of nearest neighbours."""

import numpy as np

from gan_utils import metrics
from gan_utils.exercises.exercise import Exercise, register


def _apart(a, b):
    return np.linalg.norm(np.asarray(a)[:, None] - np.asarray(b), axis=-1)


def _reach(x, k):
    return np.sort(_apart(x, x), axis=1)[:, k]  # column 0 is the point itself


def _precision_recall(real, fake, k):
    found = metrics.neighbours(real, fake, k)
    return found.precision, found.recall


def _share(points, centres, radii):
    """Compute the share of points that lie in some ball."""
    return (_apart(centres, points) <= radii[:, None]).any(0).mean()


def _counts_itself(real, fake, k):
    return (
        _share(fake, real, _reach(real, k - 1)),
        _share(real, fake, _reach(fake, k - 1)),
    )


def _own_balls(real, fake, k):
    """Ask whether a fake's own ball holds data, and the other way round."""
    apart = _apart(real, fake)
    return (
        (apart <= _reach(fake, k)).any(0).mean(),
        (apart <= _reach(real, k)[:, None]).any(1).mean(),
    )


def _one_radius(real, fake, k):
    return (
        _share(fake, real, np.full(len(real), _reach(real, k).mean())),
        _share(real, fake, np.full(len(fake), _reach(fake, k).mean())),
    )


def _only_the_nearest(real, fake, k):
    apart = _apart(real, fake)
    by_fake, by_real = apart.argmin(0), apart.argmin(1)
    return (
        (apart.min(0) <= _reach(real, k)[by_fake]).mean(),
        (apart.min(1) <= _reach(fake, k)[by_real]).mean(),
    )


def _radii_in_the_other_set(real, fake, k):
    apart = np.sort(_apart(real, fake), axis=1)[:, k - 1]
    across = np.sort(_apart(fake, real), axis=1)[:, k - 1]
    return _share(fake, real, apart), _share(real, fake, across)


def _inside(real, fake, k):
    """Tell, pair by pair, whether a fake lies in a real ball, and the reverse."""
    apart = _apart(real, fake)
    return apart <= _reach(real, k)[:, None], apart <= _reach(fake, k)


def _summed_up(summary):
    """Make a wrong answer from the two tables of `_inside`."""

    def wrong(real, fake, k):
        in_real, in_fake = _inside(real, fake, k)
        return summary(in_real, 0), summary(in_fake, 1)

    return wrong


def _squared_in_the_balls(real, fake, k):
    apart = _apart(real, fake) ** 2
    return (
        (apart <= _reach(real, k)[:, None]).any(0).mean(),
        (apart <= _reach(fake, k)).any(1).mean(),
    )


def _of_neighbours(first, second):
    """Return two other numbers of `metrics.neighbours` in the place of the right."""

    def wrong(real, fake, k):
        found = metrics.neighbours(real, fake, k)
        return getattr(found, first), getattr(found, second)

    return wrong


def _clouds(rng):
    cases = []
    for n, m, dim, k in ((40, 30, 2, 3), (35, 50, 3, 2), (60, 45, 2, 5)):
        real = rng.normal(size=(n, dim)) * np.r_[2.0, np.ones(dim - 1)]
        fake = rng.normal(size=(m, dim)) * np.r_[1.0, 2 * np.ones(dim - 1)] + 0.6
        cases.append((real, fake, k))
    return cases


task = register(
    Exercise(
        name="precision_recall",
        notebook="07",
        difficulty=3,
        minutes=15,
        reference=_precision_recall,
        cases=_clouds,
    )
)

task.wrong(
    _of_neighbours("recall", "precision"),
    "The two are exchanged. Precision is a share of the fakes, recall a share of the "
    "data.",
)
task.wrong(
    _counts_itself,
    "Your balls are too small: each point is its own nearest neighbour, at distance "
    "0, and does not count. In a sorted row, take column k.",
)
task.wrong(
    lambda real, fake, k: _precision_recall(real, fake, k + 1),
    "Your balls reach to the neighbour after the k-th. In a sorted row the point "
    "itself stands at index 0, its k-th neighbour at index k.",
)
task.wrong(
    _summed_up(lambda inside, axis: inside.mean()),
    "You averaged over all pairs. First ask of each point whether it lies in some "
    "ball (.any over the balls), then average over the points.",
)
task.wrong(
    _summed_up(lambda inside, axis: inside.any(axis).sum()),
    "These are counts. Divide by the number of points asked about.",
)
task.wrong(
    _summed_up(lambda inside, axis: inside.any(1 - axis).mean()),
    "You asked the balls whether they hold a point. Ask the points whether they lie "
    "in a ball: .any over the other axis.",
)
task.wrong(
    _squared_in_the_balls,
    "You compared squared distances with radii. Take the square root.",
)
task.wrong(
    _own_balls,
    "You drew the balls around the points that are asked about. Precision asks "
    "whether a fake lies in a ball around a datum.",
)
task.wrong(
    _one_radius,
    "You gave all balls one radius. Each point has its own: small where points are "
    "dense.",
)
task.wrong(
    _only_the_nearest,
    "You looked only at the ball of the nearest point. A fake may lie in the larger "
    "ball of a point farther away: any ball counts.",
)
task.wrong(
    _radii_in_the_other_set,
    "Your radii reach to neighbours in the other set. A ball reaches to the k-th "
    "neighbour in its centre's own set.",
)
task.wrong(
    _of_neighbours("precision", "coverage"),
    "Precision is right. Your second number is the share of real balls that hold a "
    "fake, which is coverage; recall uses balls around fakes.",
)
task.wrong(
    _of_neighbours("coverage", "recall"),
    "Recall is right. Your first number is the share of real balls that hold a fake. "
    "Count the fakes that lie in some ball.",
)
task.wrong(
    _of_neighbours("density", "recall"),
    "Recall is right. Your first number counts a fake once for every ball around it; "
    "precision counts it once.",
)
task.wrong(
    lambda real, fake, k: _precision_recall(real, fake, k)[0],
    "This is precision alone. Return both: (precision, recall).",
)
