"""Exercise: how many samples lie suspiciously close to the training data."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _gaps(a, b):
    difference = np.asarray(a)[:, None] - np.asarray(b)
    return np.sqrt((difference**2).sum(-1))


def _nearest(a, b):
    return _gaps(a, b).min(axis=1)


def _copied_share(train, held_out, samples, q):
    limit = np.quantile(_nearest(held_out, train), q)
    return (_nearest(samples, train) < limit).mean()


def _manhattan(train, held_out, samples, q):
    def nearest(a):
        return np.abs(np.asarray(a)[:, None] - np.asarray(train)).sum(-1).min(axis=1)

    return (nearest(samples) < np.quantile(nearest(held_out), q)).mean()


def _percent(train, held_out, samples, q):
    limit = np.percentile(_nearest(held_out, train), q)
    return (_nearest(samples, train) < limit).mean()


def _own_limit(train, held_out, samples, q):
    made = _nearest(samples, train)
    return (made < np.quantile(made, q)).mean()


def _limit_of_all_gaps(train, held_out, samples, q):
    limit = np.quantile(_gaps(held_out, train), q)
    return (_nearest(samples, train) < limit).mean()


def _other_tail(train, held_out, samples, q):
    limit = np.quantile(_nearest(held_out, train), 1 - q)
    return (_nearest(samples, train) < limit).mean()


def _to_held_out(train, held_out, samples, q):
    limit = np.quantile(_nearest(held_out, train), q)
    return (_nearest(samples, held_out) < limit).mean()


def _of_training_rows(train, held_out, samples, q):
    limit = np.quantile(_nearest(held_out, train), q)
    return (_nearest(train, samples) < limit).mean()


def _limit_within_training(train, held_out, samples, q):
    gaps = _gaps(train, train) + np.diag(np.full(len(train), np.inf))
    return (_nearest(samples, train) < np.quantile(gaps.min(axis=1), q)).mean()


def _mean_gap(train, held_out, samples, q):
    limit = np.quantile(_gaps(held_out, train).mean(axis=1), q)
    return (_gaps(samples, train).mean(axis=1) < limit).mean()


def _one_norm_for_all(train, held_out, samples, q):
    def nearest(a):
        return [np.linalg.norm(np.asarray(train) - row) for row in np.asarray(a)]

    return (nearest(samples) < np.quantile(nearest(held_out), q)).mean()


def _training_rows_to_held_out(train, held_out, samples, q):
    limit = np.quantile(_nearest(train, held_out), q)
    return (_nearest(samples, train) < limit).mean()


def _count(train, held_out, samples, q):
    limit = np.quantile(_nearest(held_out, train), q)
    return (_nearest(samples, train) < limit).sum()


def _farther(train, held_out, samples, q):
    return 1 - _copied_share(train, held_out, samples, q)


def _place_of_nearest(train, held_out, samples, q):
    limit = np.quantile(_gaps(held_out, train).argmin(axis=1), q)
    return (_gaps(samples, train).argmin(axis=1) < limit).mean()


def _farthest(train, held_out, samples, q):
    limit = np.quantile(_gaps(held_out, train).max(axis=1), q)
    return (_gaps(samples, train).max(axis=1) < limit).mean()


def _sets(rng):
    """Training rows, fresh rows, and samples of which a part are near copies."""
    cases = []
    for dim, copies, q in ((2, 12, 0.1), (5, 60, 0.3), (8, 45, 0.45)):
        train, held_out = rng.normal(size=(40, dim)), rng.normal(size=(70, dim))
        near = train[rng.integers(0, 40, copies)]
        near = near + 0.02 * rng.normal(size=near.shape)
        samples = np.concatenate([near, rng.normal(size=(150 - copies, dim))])
        cases.append((train, held_out, samples, q))
    return cases


task = register(
    Exercise(
        name="copied_share",
        notebook="09",
        difficulty=2,
        minutes=10,
        reference=_copied_share,
        cases=_sets,
    )
)

task.wrong(
    _own_limit,
    "You took the limit from the samples' own distances, so the share is q whatever "
    "they are. The limit comes from the held-out rows.",
)
task.wrong(
    _manhattan,
    "You summed the absolute differences. The distance here is the root of the summed "
    "squares: np.linalg.norm.",
)
task.wrong(
    _percent,
    "np.percentile counts in hundredths, so your limit is the quantile of q / 100. "
    "Use np.quantile(values, q).",
)
task.wrong(
    _limit_of_all_gaps,
    "Your limit comes from the distances of all pairs. For each held-out row take the "
    "distance to its nearest training row first.",
)
task.wrong(
    _other_tail,
    "You used the quantile 1 - q: almost every sample is nearer than that. Suspicious "
    "is who is nearer than all but a few held-out rows.",
)
task.wrong(
    _to_held_out,
    "You measured the samples' distance to the held-out rows. Copies are copies of "
    "training rows.",
)
task.wrong(
    _of_training_rows,
    "You counted training rows that have a sample nearby. Asked for is the share of "
    "samples: one distance a sample.",
)
task.wrong(
    _limit_within_training,
    "Your limit comes from distances within the training set. Fresh data against the "
    "training set is the fair comparison.",
)
task.wrong(
    _mean_gap,
    "You averaged the distances to all training rows. Copying is about one row, the "
    "nearest: take the minimum.",
)
task.wrong(
    _place_of_nearest,
    "You took the place of the nearest row (argmin). Take its distance: min.",
)
task.wrong(
    _farthest,
    "You took the distance to the farthest training row. A copy is near one row: take "
    "the minimum.",
)
task.wrong(
    _one_norm_for_all,
    "np.linalg.norm without axis=1 gives one number for the whole table of "
    "differences. You need one distance for each training row.",
)
task.wrong(
    _training_rows_to_held_out,
    "Your limit comes from each training row's nearest held-out row. Turn it round: "
    "for each held-out row, the nearest training row.",
)
task.wrong(
    _count,
    "You counted the suspicious samples. Asked for is their share.",
)
task.wrong(
    _farther,
    "You returned the share of samples that are not suspicious.",
)
