"""Exercise: one step of the moving average of parameters."""

import jax
import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, register
from gan_utils.exercises.nb05.games import normals


def _average(average, params, decay, step):
    decay = jnp.minimum(decay, (1 + step) / (10 + step))
    return jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, average, params)


def _average_variant(rule):
    """Make another average from a rule (a, p, decay, warm) -> new a."""

    def update(average, params, decay, step):
        warm = (1 + step) / (10 + step)
        return jax.tree.map(lambda a, p: rule(a, p, decay, warm), average, params)

    return update


def _parameters(rng):
    """Early steps, where the warm-up decides, and late ones, where it does not."""
    normal = normals(rng)
    return [
        (
            {"w": normal(3, 2), "b": normal(2)},
            {"w": normal(3, 2), "b": normal(2)},
            decay,
            step,
        )
        for decay, step in ((0.99, 0), (0.9, 7), (0.9, 5000), (0.999, 2000))
    ]


task = register(
    Exercise(
        name="average_step",
        notebook="05",
        difficulty=2,
        minutes=8,
        reference=_average,
        cases=_parameters,
    )
)

task.wrong(
    lambda average, params, decay, step: _average(average, params, decay, step + 1),
    "Your warm-up is one step ahead: the first call has step 0. Use (1 + step) / (10 "
    "+ step).",
)
task.wrong(
    _average_variant(lambda a, p, b, warm: (1 - min(b, warm)) * a + min(b, warm) * p),
    "You have the weights the wrong way round. The old average keeps the share decay; "
    "the new parameters enter with 1 - decay.",
)
task.wrong(
    _average_variant(lambda a, p, b, warm: b * a + (1 - b) * p),
    "Right, but without the warm-up. A young average must forget the untrained start: "
    "use the smaller of decay and (1 + step) / (10 + step).",
)
task.wrong(
    _average_variant(lambda a, p, b, warm: warm * a + (1 - warm) * p),
    "You used the warm-up alone. Late steps must use decay: take the smaller of the "
    "two.",
)
task.wrong(
    _average_variant(lambda a, p, b, warm: (1 - b) * a + b * p),
    "You have the weights the wrong way round, and no warm-up. The old average keeps "
    "the share decay; the new parameters enter with 1 - decay.",
)
task.wrong(
    _average_variant(lambda a, p, b, warm: max(b, warm) * a + (1 - max(b, warm)) * p),
    "You took the larger of decay and (1 + step) / (10 + step). The warm-up makes the "
    "decay smaller at first: take the smaller one.",
)
task.wrong(
    _average_variant(lambda a, p, b, warm: min(b, warm) * a + p),
    "Your weights do not add up to 1, so the average grows without end. Multiply the "
    "new parameters by 1 - decay.",
)
task.wrong(
    _average_variant(lambda a, p, b, warm: (a + p) / 2),
    "You took the plain mean of the two. The old average keeps the share decay, which "
    "is close to 1.",
)
