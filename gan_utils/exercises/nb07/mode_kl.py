"""Exercise: how unevenly the modes are visited."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _distances(points, centres):
    gap = np.asarray(points)[:, None] - np.asarray(centres)
    return np.sqrt((gap**2).sum(-1))


def _counts(points, centres, reach):
    """Count the points of each mode that lie within reach of it."""
    distance = _distances(points, centres)
    good = distance.min(1) < reach
    return np.bincount(distance.argmin(1)[good], minlength=len(centres))


def _from_uniform(counts):
    h = counts / counts.sum()
    return (h * np.log(np.where(h > 0, h, 1) * len(h))).sum()


def _mode_kl(points, centres, width):
    return _from_uniform(_counts(points, centres, 3 * width))


def _shares(points, centres, width):
    counts = _counts(points, centres, 3 * width)
    return counts / counts.sum()


def _forward(points, centres, width):
    h = _shares(points, centres, width)
    return -np.log(h * len(h)).mean()


def _entropy(points, centres, width):
    h = _shares(points, centres, width)
    return -(h * np.log(np.where(h > 0, h, 1))).sum()


def _share_of_all(points, centres, width):
    h = _counts(points, centres, 3 * width) / len(points)
    return (h * np.log(np.where(h > 0, h, 1) * len(h))).sum()


def _of_captured(points, centres, width):
    counts = _counts(points, centres, 3 * width)
    return _from_uniform(counts[counts > 0])


def _without_care(points, centres, width):
    h = _shares(points, centres, width)
    return (h * np.log(h * len(h))).sum()


def _divided_by_modes(points, centres, width):
    h = _shares(points, centres, width)
    return (h * np.log(np.where(h > 0, h, 1) / len(h))).sum()


def _of_counts(points, centres, width):
    counts = _counts(points, centres, 3 * width)
    return (
        np.log(len(counts)) + (counts * np.log(np.where(counts > 0, counts, 1))).sum()
    )


def _squared_reach(points, centres, width):
    squared = _distances(points, centres) ** 2
    good = squared.min(1) < 3 * width
    labels = squared.argmin(1)[good]
    return _from_uniform(np.bincount(labels, minlength=len(centres)))


def _clouds(rng):
    """Clouds of unequal size with strays; one mode of the last is never visited."""
    cases = []
    for modes, width, lost in ((4, 0.2, 0), (6, 0.1, 0), (5, 0.15, 1)):
        angle = 2 * np.pi * (np.arange(modes) + rng.uniform()) / modes
        centres = 1.5 * np.stack([np.cos(angle), np.sin(angle)], 1)
        weights = rng.dirichlet(np.full(modes - lost, 3.0))
        labels = rng.choice(modes - lost, 240, p=weights)
        points = centres[labels] + width * rng.normal(size=(240, 2))
        strays = centres[0] + rng.uniform(1.3, 2.5, (60, 1)) * width * _unit(rng, 60)
        far = centres[1] + rng.uniform(3.2, 4.0, (40, 1)) * width * _unit(rng, 40)
        cases.append((np.concatenate([points, strays, far]), centres, width))
    return cases


def _unit(rng, n):
    angle = rng.uniform(0, 2 * np.pi, n)
    return np.stack([np.cos(angle), np.sin(angle)], 1)


task = register(
    Exercise(
        name="mode_kl",
        notebook="07",
        difficulty=2,
        minutes=12,
        reference=_mode_kl,
        cases=_clouds,
        rtol=1e-3,
        atol=1e-5,
    )
)

task.wrong(
    lambda points, centres, width: _from_uniform(_counts(points, centres, np.inf)),
    "You counted every point. Only those within three widths of their nearest centre "
    "count; leave the others out first.",
)
task.wrong(
    _forward,
    "This is KL(u ‖ h), the other way round: infinite as soon as one mode is lost. "
    "Weight the logarithm by h.",
)
task.wrong(
    _entropy,
    "This is the entropy of the shares, large when they are even. The divergence from "
    "even shares is log K minus that.",
)
task.wrong(
    lambda points, centres, width: -_mode_kl(points, centres, width),
    "The sign is wrong: a divergence is never below 0.",
)
task.wrong(
    _divided_by_modes,
    "You divided h by K inside the logarithm. Equal shares are 1/K each, so the ratio "
    "is h K.",
)
task.wrong(
    _of_counts,
    "You put counts in the place of shares. Divide them by their sum.",
)
task.wrong(
    _share_of_all,
    "You divided by all points, so your shares do not sum to 1. Divide by the number "
    "of points that count.",
)
task.wrong(
    _of_captured,
    "Your K counts only the modes that were visited. A lost mode must cost something: "
    "use np.bincount(..., minlength=K).",
)
task.wrong(
    _without_care,
    "A mode without points gives 0 log 0, which NumPy makes NaN; it counts as 0. "
    "Replace h by 1 inside the logarithm where h is 0.",
)
task.wrong(
    lambda points, centres, width: _mode_kl(points, centres, width) / np.log(2),
    "This is in bits. The course, and the tables, use nats: np.log.",
)
task.wrong(
    lambda points, centres, width: _from_uniform(_counts(points, centres, width)),
    "You kept the points within one width. Of high quality are those within three.",
)
task.wrong(
    _squared_reach,
    "You compared the squared distance with three widths. Take the square root first.",
)
