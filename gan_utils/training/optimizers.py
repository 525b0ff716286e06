"""Optimisers: Optax's own, as constructors whose numbers stand in the state, or built.

A constructor such as `optax.adam` is called in every update with the learning rate and
decays of `state.hyper`. These are arrays: changing one compiles nothing, and members of
an ensemble may differ in them. A transformation that is built already, such as
`optax.adam(1e-3)` or a chain with schedules and clipping, brings its own numbers.
"""

import contextlib
import functools
import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import optax

from gan_utils import validate
from gan_utils.by_value import by_value, describe, require_hashable

# Adam for rules that differentiate through an optimiser's step. Adam divides by a root,
# which has no finite slope at 0: a weight that never had a gradient would turn every
# slope into NaN. With 1e-16 under the root no step moves by more than rounding unless
# gradients are below 1e-8.
adam_through = by_value(functools.partial(optax.adam, eps_root=1e-16))

WARM = 16  # updates in which an optimiser may stand still, gathering or warming up
NUMBERS = {  # argument of a constructor: number that `build` is given
    "learning_rate": "learning_rate",
    "b1": "beta1",
    "b2": "beta2",
    "decay": "beta2",
}


def settled(optimizer: Any) -> tuple:
    """Return the optimisers of D and of G, each a constructor or a transformation.

    Args:
        optimizer: for both players, or a pair of them.

    Raises:
        ValueError: it is no optimiser of Optax's.
    """
    pair = isinstance(optimizer, tuple) and not is_built(optimizer)
    if pair and len(optimizer) == 2:
        return tuple(map(_settled, optimizer))
    return _settled(optimizer), _settled(optimizer)


def _settled(optimizer):
    if is_built(optimizer):
        require_hashable("optimizer", optimizer)
        return optimizer
    if not callable(optimizer) or "learning_rate" not in _arguments(optimizer):
        raise ValueError(
            f"optimizer is {validate.describe(optimizer)}; expected a constructor with "
            "a learning_rate, such as optax.adam, or what it makes, optax.adam(1e-3), "
            "or a pair of them for D and G. Likely cause: a direction without a rate; "
            "write optax.chain(direction, optax.scale_by_learning_rate(1e-3))."
        )
    if _maker(optimizer).startswith("optax."):
        optimizer = inspect.unwrap(optimizer)  # inject_hyperparams: the state has them
    optimizer = by_value(optimizer, "optimizer")
    return optimizer if "learning_rate" in _open(optimizer) else _made(optimizer)


def _maker(constructor) -> str:
    """Name the file that a constructor's own code stands in, whatever it wraps."""
    while hasattr(constructor, "func"):
        constructor = constructor.func
    return getattr(constructor, "__globals__", {}).get("__name__", "")


@functools.cache  # so that equal settings stay equal
def _made(constructor):
    return constructor()


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
    return optimizer(**{name: hyper[NUMBERS[name]] for name in _open(optimizer)})


def require_gradients_only(optimizer: Any, params: Any, name: str) -> None:
    """Refuse an optimiser that needs more than gradients and parameters.

    Raises:
        ValueError: naming the optimiser and what it asked for.
    """

    def trial(params):
        made = build(optimizer, 1.0, 0.5, 0.5)
        with jax.numpy_dtype_promotion("standard"):
            updates, _ = made.update(params, made.init(params), params)
            return optax.apply_updates(params, updates)

    try:
        moved = jax.eval_shape(trial, params)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise ValueError(
            f"optimizer of the {name}, {describe(optimizer)[:80]}, cannot make a step "
            f"from gradients and parameters alone ({reason[:160]}). Likely cause: one "
            "that needs the loss or a line search besides, which GANs have not, or "
            "parameters in a form of its own, as optax.lookahead does. Use optax.adam "
            "or another first-order method."
        ) from error
    if jax.tree.structure(moved) != jax.tree.structure(params):
        raise ValueError(f"optimizer of the {name} changes the parameters' structure.")
    if _climbs(optimizer):
        raise ValueError(
            f"optimizer of the {name}, {describe(optimizer)[:80]}, moves up its "
            "gradient; expected a descent. Likely cause: a chain without "
            "optax.scale_by_learning_rate(rate) at its end, or a rate below 0."
        )


@functools.cache
def _climbs(optimizer) -> bool:
    """Tell whether the first step that moves one number moves it up its gradient."""
    if _maker(optimizer).startswith("optax."):
        return False  # a constructor of Optax's own, with a rate of 0 or more
    made = build(optimizer, 1.0, 0.5, 0.5)
    step, moved = jax.jit(made.update), 0.0
    standard = jax.numpy_dtype_promotion("standard")
    with standard, jax.ensure_compile_time_eval(), contextlib.suppress(Exception):
        point = jnp.zeros(())  # an optimiser that needs the network's own fails on it
        state = jax.jit(made.init)(point)
        for _ in range(WARM):
            if moved == 0:
                moved, state = step(point + 100, state, point)  # far above noise
    return bool(moved > 0)


def _scaled(transformation, factor) -> optax.GradientTransformation:
    """Multiply a transformation's updates; its state stays its own."""

    def update(gradient, state, params=None, **extra):
        updates, state = transformation.update(gradient, state, params, **extra)
        return jax.tree.map(lambda u: factor * u, updates), state

    return optax.GradientTransformationExtraArgs(transformation.init, update)


@functools.cache
def _open(constructor: Callable) -> tuple[str, ...]:
    """Name the numbers of ours that a constructor takes and that are not settled."""
    held = getattr(constructor, "keywords", ())
    names = inspect.signature(constructor).parameters  # without those given by place
    return tuple(name for name in NUMBERS if name in names and name not in held)


def _arguments(constructor: Callable) -> tuple[str, ...]:
    """Name all that a constructor takes, whatever a partial has settled."""
    while hasattr(constructor, "func"):
        constructor = constructor.func
    try:
        return tuple(inspect.signature(constructor).parameters)
    except (TypeError, ValueError):  # not a function that says what it takes
        return ()
