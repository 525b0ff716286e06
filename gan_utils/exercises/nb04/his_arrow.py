"""Exercise: the arrow that a fake feels under the non-saturating loss."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import sigmoid, softplus

from gan_utils.exercises.exercise import Exercise, register


def _uphill(logit, x):
    return jax.grad(lambda x: logit(x).sum())(x)


def _arrow(logit, x):
    return -jax.grad(lambda x: softplus(-logit(x)).sum())(x)


def _scaled(factor):
    """Make the logit's arrow times a function of D, one number for each sample."""

    def wrong(logit, x):
        return factor(sigmoid(logit(x)))[:, None] * _uphill(logit, x)

    return wrong


def _by_mean(logit, x):
    return -jax.grad(lambda x: softplus(-logit(x)).mean())(x)


def _through_probabilities(logit, x):
    return jax.grad(lambda x: jnp.log(sigmoid(logit(x))).sum())(x)


def _of_length_1(logit, x):
    arrows = _arrow(logit, x)
    return arrows / jnp.sqrt((arrows**2).sum(axis=1, keepdims=True))


def _arrow_cases(rng):
    def case(n, dim, height):
        w, v = np.float32(rng.normal(size=(2, dim)))
        x = np.float32(rng.normal(size=(n, dim)))
        return lambda x: height + jnp.tanh(x @ w) + 0.3 * (x @ v) ** 2, x

    return [case(5, 2, -1.0), case(4, 3, 0.5), case(3, 2, -300.0)]


task = register(
    Exercise(
        name="his_arrow",
        notebook="04",
        difficulty=3,
        minutes=10,
        reference=_arrow,
        cases=_arrow_cases,
    )
)

task.wrong(
    _uphill,
    "this is the arrow of her logit. His loss is -log D: by the chain rule the logit's "
    "arrow is multiplied by 1 - D, for every sample its own.",
)
task.wrong(
    _scaled(lambda d: d),
    "this is the arrow of the saturating loss, D times that of the logit. -log D gives "
    "the factor 1 - D.",
)
task.wrong(
    _scaled(lambda d: d * (1 - d)),
    "this is the slope of D itself. He goes down the slope of -log D, which gives the "
    "factor 1 - D.",
)
task.wrong(
    lambda logit, x: -_arrow(logit, x),
    "this arrow leads uphill on his loss. He goes downhill: put a minus before the "
    "gradient.",
)
task.wrong(
    _by_mean,
    "every arrow is divided by the number of samples. Each fake has an arrow of its "
    "own: take the gradient of the sum, not of the mean.",
)
task.wrong(
    _of_length_1,
    "the directions are right, but you made all arrows 1 long. Their lengths say how "
    "much each fake has to gain: leave them.",
)
task.wrong(
    _through_probabilities,
    "right for moderate logits, but where she is sure, D rounds to 0 and its logarithm "
    "has no slope. Write -log D as softplus(-u).",
)
