"""Exercise: a density ratio from what a classifier says."""

import jax
import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, register


def _ratio_from_classifier(logits, n_p, n_q):
    return jnp.exp(logits) * n_q / n_p


task = register(
    Exercise(
        name="ratio_from_classifier",
        notebook="01",
        difficulty=3,
        minutes=8,
        reference=_ratio_from_classifier,
        cases=lambda rng: [
            (jnp.asarray(rng.normal(size=size), "float32"), n_p, n_q)
            for size, n_p, n_q in ((20, 500, 1500), (5, 900, 100), (12, 70, 70))
        ],
    )
)

task.wrong(
    lambda logits, n_p, n_q: jnp.exp(logits),
    "You returned the odds of the two classes. They contain how often each class "
    "appeared in training; divide by n_p / n_q.",
)
task.wrong(
    lambda logits, n_p, n_q: jnp.exp(logits) * n_p / n_q,
    "You corrected for the class sizes in the wrong direction. With more samples of p "
    "the classifier leans towards p; the ratio must be smaller than the odds.",
)
task.wrong(
    lambda logits, n_p, n_q: jax.nn.sigmoid(logits),
    "You returned the probability of the class p, which is at most 1. The ratio "
    "follows from the odds, exp(logit).",
)
task.wrong(
    lambda logits, n_p, n_q: jnp.exp(-logits) * n_p / n_q,
    "You returned q / p. The logit belongs to the class p: keep its sign.",
)
task.wrong(
    lambda logits, n_p, n_q: logits + jnp.log(n_q / n_p),
    "You returned the logarithm of the ratio. Take exp of it.",
)
task.wrong(
    lambda logits, n_p, n_q: jnp.exp(logits + n_q / n_p),
    "You added n_q / n_p to the logit. The correction of a logit is its logarithm; or "
    "multiply after taking exp.",
)
task.wrong(
    lambda logits, n_p, n_q: jnp.exp(logits) * n_q / (n_p + n_q),
    "You multiplied by the share of q in the pile. Odds are corrected by the ratio of "
    "the classes, n_q / n_p.",
)
task.wrong(
    lambda logits, n_p, n_q: jax.nn.sigmoid(logits) * n_q / n_p,
    "You corrected the probability of the class p. Correct the odds, exp(logit).",
)
