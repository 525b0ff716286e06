"""Optimisers: Optax's own, as constructors whose numbers stand in the state, or built.

A constructor such as `optax.adam` is called in every update with the learning rate and
decays of `state.hyper`. These are arrays: changing one compiles nothing, and members of
an ensemble may differ in them. A transformation that is built already, such as
`optax.adam(1e-3)` or a chain with schedules and clipping, brings its own numbers. What
may stand as an optimiser at all is settled in `training/checks/optimizers.py`.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any

import jax
import optax

from gan_utils.by_value import by_value

# Adam for rules that differentiate through an optimiser's step. Adam divides by a root,
# which has no finite slope at 0: a weight that never had a gradient would turn every
# slope into NaN. With 1e-16 under the root no step moves by more than rounding unless
# gradients are below 1e-8.
adam_through = by_value(functools.partial(optax.adam, eps_root=1e-16))

NUMBERS = {  # argument of a constructor: number that `build` is given
    "learning_rate": "learning_rate",
    "b1": "beta1",
    "b2": "beta2",
    "decay": "beta2",
}


def is_built(optimizer: Any) -> bool:
    """Tell whether an optimiser is a transformation, with numbers of its own."""
    return hasattr(optimizer, "init") and hasattr(optimizer, "update")


def build(optimizer: Any, rate, beta1, beta2) -> optax.GradientTransformation:
    """Make the transformation of one update.

    Args:
        optimizer: constructor or transformation.
        rate: learning rate; for a transformation, a factor of its updates.
        beta1: decay of Adam's mean gradient, in [0, 1).
        beta2: decay of Adam's or RMSProp's mean squared gradient, in [0, 1).
    """
    if is_built(optimizer):
        return _scaled(optimizer, rate)
    hyper = {"learning_rate": rate, "beta1": beta1, "beta2": beta2}
    return optimizer(**{name: hyper[NUMBERS[name]] for name in open_numbers(optimizer)})


def _scaled(transformation, factor) -> optax.GradientTransformation:
    """Multiply a transformation's updates; its state stays its own."""

    def update(gradient, state, params=None, **extra):
        updates, state = transformation.update(gradient, state, params, **extra)
        return jax.tree.map(lambda u: factor * u, updates), state

    return optax.GradientTransformationExtraArgs(transformation.init, update)


@functools.cache
def open_numbers(constructor: Callable) -> tuple[str, ...]:
    """Name the numbers of ours that a constructor takes and that are not settled."""
    held = getattr(constructor, "keywords", ())
    names = inspect.signature(constructor).parameters  # without those given by place
    return tuple(name for name in NUMBERS if name in names and name not in held)
