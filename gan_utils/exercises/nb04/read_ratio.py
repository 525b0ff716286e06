"""Exercise: a density ratio from a critic's logits."""

import jax.numpy as jnp
import numpy as np
from jax.nn import sigmoid

from gan_utils.exercises.exercise import Exercise, register


def _ratio(logits, n_real, n_fake):
    return jnp.exp(logits) * n_fake / n_real


def _clipped_odds(d, eps):
    d = jnp.clip(d, eps, 1 - eps)
    return d / (1 - d)


def _padded_odds(d, eps):
    return d / (1 - d + eps)


def _count_cases(rng):
    def logits(n):
        return np.float32(rng.normal(size=n) * 2)

    large = np.float32([25.0, -25.0, 0.0])
    return [(logits(6), 300, 100), (logits(4), 50, 400), (large, 200, 100)]


task = register(
    Exercise(
        name="read_ratio",
        notebook="04",
        difficulty=2,
        minutes=8,
        reference=_ratio,
        cases=_count_cases,
    )
)

task.wrong(
    lambda logits, n_real, n_fake: jnp.exp(logits),
    "these are the odds that a sample of this training set is real. Divide by the "
    "odds before looking, n_real / n_fake.",
)
task.wrong(
    lambda logits, n_real, n_fake: jnp.exp(logits) * n_real / n_fake,
    "the counts are upside down: where data are frequent in the training set, odds "
    "are high for that reason alone. Divide that out.",
)
task.wrong(
    lambda logits, n_real, n_fake: jnp.exp(-logits) * n_real / n_fake,
    "this is q / p. The exercise asks for p / q.",
)
task.wrong(
    lambda logits, n_real, n_fake: (
        sigmoid(logits) / (1 - sigmoid(logits)) * n_fake / n_real
    ),
    "right for small logits, infinite for large ones: 1 - sigmoid(u) rounds to 0. The "
    "odds are exp(u), without a detour.",
)
task.wrong(
    lambda logits, n_real, n_fake: sigmoid(logits) * n_fake / n_real,
    "this starts from D, a probability. The ratio starts from the odds, D / (1 - D) = "
    "exp(u).",
)
task.wrong(
    lambda logits, n_real, n_fake: sigmoid(logits) / (1 - sigmoid(logits)),
    "these are the odds of this training set, and infinite for large logits. The odds "
    "are exp(u); divide them by n_real / n_fake.",
)

for way, guards in (
    (_clipped_odds, (1e-4, 1e-5, 1e-6, 1e-7)),
    (_padded_odds, (1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12)),
):
    for eps in guards:
        task.wrong(
            lambda logits, n_real, n_fake, eps=eps, way=way: (
                way(sigmoid(logits), eps) * n_fake / n_real
            ),
            "right for small logits only: clipping D hides the overflow and cuts the "
            "ratio off. The odds are exp(u), without a detour.",
        )
task.wrong(
    lambda logits, n_real, n_fake: sigmoid(logits),
    "this is D, the chance that a sample of this training set is real. The ratio "
    "starts from the odds, D / (1 - D) = exp(u).",
)
task.wrong(
    lambda logits, n_real, n_fake: jnp.exp(-logits) * n_fake / n_real,
    "the sign of the logit is wrong: a large logit means real, so p is large beside q.",
)
task.wrong(
    lambda logits, n_real, n_fake: jnp.exp(logits) * n_fake / (n_real + n_fake),
    "you divided by all samples. The odds before looking are n_real / n_fake, so "
    "multiply by n_fake / n_real.",
)
task.wrong(
    lambda logits, n_real, n_fake: logits + jnp.log(n_fake / n_real),
    "this is log p / q. Take its exponential.",
)
