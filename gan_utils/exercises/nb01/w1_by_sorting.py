"""Exercise: the exact 1-D Wasserstein distance by sorting."""

import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, register


def _w1_by_sorting(x, y):
    return jnp.abs(jnp.sort(x) - jnp.sort(y)).mean()


def _samples_on_a_line(rng):
    sizes_and_widths = ((30, 2.0), (200, 0.3), (7, 1.0))
    return [
        tuple(
            jnp.asarray(a, "float32")
            for a in (rng.normal(size=n), rng.normal(0.4, width, size=n))
        )
        for n, width in sizes_and_widths
    ]


task = register(
    Exercise(
        name="w1_by_sorting",
        notebook="01",
        difficulty=1,
        minutes=5,
        reference=_w1_by_sorting,
        cases=_samples_on_a_line,
    )
)

task.wrong(
    lambda x, y: jnp.abs(x - y).mean(),
    "You paired the samples in the order in which they came, which is arbitrary. Sort "
    "both first.",
)
task.wrong(
    lambda x, y: jnp.abs(x.mean() - y.mean()),
    "You compared the means alone. Two samples with equal means can be far apart. "
    "Take the absolute value of each difference before averaging.",
)
task.wrong(
    lambda x, y: (jnp.sort(x) - jnp.sort(y)).mean(),
    "Your differences keep their signs, so they cancel and only the means are "
    "compared. Take absolute values before averaging.",
)
task.wrong(
    lambda x, y: jnp.abs(jnp.sort(x) - jnp.sort(y)).sum(),
    "You summed the distances. Each sample carries mass 1/n: average.",
)
task.wrong(
    lambda x, y: ((jnp.sort(x) - jnp.sort(y)) ** 2).mean(),
    "You squared the distances. That is the square of W2; W1 takes absolute values.",
)
task.wrong(
    lambda x, y: jnp.sqrt(((jnp.sort(x) - jnp.sort(y)) ** 2).mean()),
    "You took the root of the mean square. That is W2; W1 is the mean of the absolute "
    "values.",
)
task.wrong(
    lambda x, y: jnp.abs(jnp.argsort(x) - jnp.argsort(y)).mean(),
    "You compared positions: argsort returns where the sorted values are. Use "
    "jnp.sort.",
)
task.wrong(
    lambda x, y: jnp.abs(x[:, None] - y[None, :]).mean(),
    "You averaged over all pairs. A plan sends each x to one y: sort both and pair "
    "them in order.",
)
task.wrong(
    lambda x, y: jnp.abs(x[:, None] - y[None, :]).min(axis=1).mean(),
    "You sent each x to its nearest y. Then some y receive nothing and others too "
    "much. Sort both and pair them in order.",
)
