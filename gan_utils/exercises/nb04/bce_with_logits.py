"""Exercise: binary cross-entropy on logits."""

import jax.numpy as jnp
import numpy as np
from jax.nn import sigmoid, softplus

from gan_utils.exercises.exercise import Exercise, register


def _cross_entropy(logits, labels):
    return (softplus(logits) - labels * logits).mean()


def _through_probabilities(logits, labels):
    d = sigmoid(logits)
    return -(labels * jnp.log(d) + (1 - labels) * jnp.log(1 - d)).mean()


def _clipped(logits, labels, eps):
    d = jnp.clip(sigmoid(logits), eps, 1 - eps)
    return -(labels * jnp.log(d) + (1 - labels) * jnp.log(1 - d)).mean()


def _padded(logits, labels, eps):
    d = sigmoid(logits)
    terms = labels * jnp.log(d + eps) + (1 - labels) * jnp.log(1 - d + eps)
    return -terms.mean()


def _labelled_cases(rng):
    def case(scale, labels):
        return np.float32(rng.normal(size=len(labels)) * scale), np.float32(labels)

    hard, soft = rng.integers(0, 2, 7), rng.uniform(size=5)
    extreme = np.float32([300.0, -300.0, 300.0, -300.0]), np.float32([1, 0, 0, 1])
    return [case(2.0, hard), case(3.0, soft), extreme]


task = register(
    Exercise(
        name="bce_with_logits",
        notebook="04",
        difficulty=2,
        minutes=8,
        reference=_cross_entropy,
        cases=_labelled_cases,
    )
)

task.wrong(
    lambda logits, labels: (labels * softplus(-logits) + softplus(logits)).mean(),
    "the fakes' term lacks its weight 1 - labels: real samples pay for it too.",
)
task.wrong(
    _through_probabilities,
    "right for small logits, infinite or NaN for large ones: a sigmoid rounds to 0 or "
    "1, an exp overflows. Use softplus on the logit.",
)

for way, guards in (
    (_clipped, (1e-4, 1e-5, 1e-6, 1e-7)),
    (_padded, (1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12)),
):
    for eps in guards:
        task.wrong(
            lambda logits, labels, eps=eps, way=way: way(logits, labels, eps),
            "right for small logits, too small for large ones: the guard against "
            "log(0) hides how wrong the critic is, and takes the slope away. Use "
            "softplus on the logit.",
        )
task.wrong(
    lambda logits, labels: (
        -(labels * jnp.log(logits) + (1 - labels) * jnp.log(1 - logits)).mean()
    ),
    "logits are not probabilities: the logarithm of a negative one is NaN. D is "
    "sigmoid(u), and -log D is softplus(-u).",
)
task.wrong(
    lambda logits, labels: softplus(-labels * logits).mean(),
    "the labels are 0 and 1, not -1 and 1: a fake pays log 2 whatever she says. Use 2 "
    "* labels - 1 as the sign.",
)
task.wrong(
    lambda logits, labels: ((1 - labels) * softplus(logits)).mean(),
    "only the fakes pay. Add label * softplus(-u) for the data.",
)
task.wrong(
    lambda logits, labels: (softplus(logits) + labels * logits).mean(),
    "a sign is wrong: softplus(-u) = softplus(u) - u, so the label's term is "
    "subtracted.",
)
task.wrong(
    lambda logits, labels: _cross_entropy(logits, 1 - labels),
    "the labels are exchanged: label 1 means real, and costs softplus(-u).",
)
task.wrong(
    lambda logits, labels: (softplus(logits) - labels * logits).sum(),
    "you summed over the batch. Take the mean, or the learning rate would depend on "
    "the batch size.",
)
task.wrong(
    lambda logits, labels: softplus(logits) - labels * logits,
    "one number for each sample. Return their mean.",
)
task.wrong(
    lambda logits, labels: _cross_entropy(sigmoid(logits), labels),
    "a sigmoid too many: softplus already contains it.",
)
task.wrong(
    lambda logits, labels: (labels * softplus(-logits)).mean(),
    "only the real samples pay. Add (1 - label) * softplus(u) for fakes.",
)
task.wrong(
    lambda logits, labels: jnp.where(
        labels > 0.5, softplus(-logits), softplus(logits)
    ).mean(),
    "right for labels 0 and 1, wrong between: weigh the two terms by label and 1 - "
    "label instead of choosing one.",
)
