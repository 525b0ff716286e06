"""The warm-up of notebook 00."""

import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, register


def _share_within(points, centre, radius):
    distance = jnp.sqrt(((points - centre) ** 2).sum(axis=1))
    return (distance <= radius).mean()


def _cases(rng):
    drawn = [
        (
            jnp.asarray(rng.normal(size=(n, 2)), "float32"),
            jnp.asarray(rng.normal(size=2), "float32"),
            radius,
        )
        for n, radius in ((40, 0.5), (200, 1.5), (75, 2.5))
    ]
    at_the_radius = jnp.array([[3.0, 4.0], [6.0, 8.0]])
    few = jnp.array([[3.0, 4.0], [6.0, 8.0], [0.0, 1.0]])
    edges = ((at_the_radius, 5.0), (few, 7.0), (few, 10.5), (few, 40.0))
    return [*drawn, *((points, jnp.zeros(2), radius) for points, radius in edges)]


task = register(
    Exercise(
        name="share_within",
        notebook="00",
        difficulty=1,
        minutes=3,
        reference=_share_within,
        cases=_cases,
    )
)

task.wrong(
    lambda p, c, r: (((p - c) ** 2).sum(axis=1) <= r).mean(),
    "You compared the squared distance with the radius. Take the square root of the "
    "sum first, or compare with the squared radius.",
)
task.wrong(
    lambda p, c, r: (jnp.abs(p - c) <= r).mean(),
    "You compared each coordinate with the radius and averaged over both. A point has "
    "one distance: sum its squared differences over axis=1.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=0)) <= r).mean(),
    "You summed over axis=0, down the columns: that mixes all points. Sum over "
    "axis=1, the two coordinates of each.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum()) <= r).mean(),
    "You summed over all points at once. Sum over axis=1, the two coordinates of each.",
)
task.wrong(
    lambda p, c, r: jnp.sqrt(((p - c) ** 2).sum(axis=1)).mean() <= r,
    "You compared the mean distance with the radius: one yes or no. Compare each "
    "distance first, then take the mean.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) <= r).all(),
    "You asked whether all points are near: one yes or no. Take the mean of the "
    "comparisons.",
)
task.wrong(
    lambda p, c, r: (jnp.abs(p - c).sum(axis=1) <= r).mean(),
    "You added the sizes of the two differences, or took a root of each square. "
    "Square both, sum over axis=1, then take one root.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) <= r**2).mean(),
    "You took the root and squared the radius too. Do one or the other.",
)
task.wrong(
    lambda p, c, r: (jnp.abs(p - c) <= r).all(axis=1).mean(),
    "You compared each coordinate with the radius: that is a square, and its corners "
    "are too far away. Compare the distance.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p + c) ** 2).sum(axis=1)) <= r).mean(),
    "You added the centre. Subtract it.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).mean(axis=1)) <= r).mean(),
    "You took the mean of the squared differences. Take their sum.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) < r).mean(),
    "A point exactly at the radius counts too: <= instead of <.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt((p**2).sum(axis=1)) <= r).mean(),
    "You measured the distance from the origin. Subtract the centre first.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) > r).mean(),
    "You returned the share of points outside. Use <= where you have >.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) >= r).mean(),
    "You returned the share of points outside. Turn the sign round: <=.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt((p[0] - c[0]) ** 2 + (p[1] - c[1]) ** 2) <= r).mean(),
    "You took points[0] for all first coordinates; it is the first point. The "
    "coordinates are columns: points[:, 0] and points[:, 1].",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) <= r).any(),
    "You asked whether any point is near: one yes or no. Take the mean of the "
    "comparisons.",
)
task.wrong(
    lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) <= r).sum(),
    "You returned a count. A fraction is the mean, not the sum.",
)
