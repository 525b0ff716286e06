"""The warm-up of notebook 00."""

import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, Mistake, register


def _share_within(points, centre, radius):
    distance = jnp.sqrt(((points - centre) ** 2).sum(axis=1))
    return (distance <= radius).mean()


def _cases(rng):
    return [
        (
            jnp.asarray(rng.normal(size=(n, 2)), "float32"),
            jnp.asarray(rng.normal(size=2), "float32"),
            radius,
        )
        for n, radius in ((40, 0.5), (200, 1.5), (75, 2.5))
    ]


register(
    Exercise(
        name="share_within",
        notebook="00",
        difficulty=1,
        minutes=3,
        reference=_share_within,
        cases=_cases,
        mistakes=(
            Mistake(
                lambda p, c, r: (((p - c) ** 2).sum(axis=1) <= r).mean(),
                "You compared the squared distance with the radius. Take the square "
                "root of the sum first, or compare with the squared radius.",
            ),
            Mistake(
                lambda p, c, r: (jnp.abs(p - c) <= r).mean(),
                "You compared each coordinate with the radius and averaged over both. "
                "A point has one distance: sum its squared differences over axis=1.",
            ),
            Mistake(
                lambda p, c, r: (jnp.sqrt((p**2).sum(axis=1)) <= r).mean(),
                "You measured the distance from the origin. Subtract the centre first.",
            ),
            Mistake(
                lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) > r).mean(),
                "You returned the share of points outside. Use <= where you have >.",
            ),
            Mistake(
                lambda p, c, r: (jnp.sqrt(((p - c) ** 2).sum(axis=1)) <= r).sum(),
                "You returned a count. A fraction is the mean, not the sum.",
            ),
        ),
    )
)
