"""Optimisers: brought into one form, and refused where they cannot train a GAN.

How one is called in an update: `training/optimizers.py`.
"""

import contextlib
import functools
import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from gan_utils import validate
from gan_utils.by_value import by_value, describe, require_hashable
from gan_utils.training.optimizers import build, is_built, open_numbers

WARM = 16  # updates in which an optimiser may stand still, gathering or warming up


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
    return optimizer if "learning_rate" in open_numbers(optimizer) else _made(optimizer)


def _maker(constructor) -> str:
    """Name the file that a constructor's own code stands in, whatever it wraps."""
    while hasattr(constructor, "func"):
        constructor = constructor.func
    return getattr(constructor, "__globals__", {}).get("__name__", "")


@functools.cache  # so that equal settings stay equal
def _made(constructor):
    return constructor()


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


@functools.cache
def has_no_slope(optimizer: Any) -> bool:
    """Tell whether a step has no finite slope where a gradient is 0, as Adam's."""
    made = build(optimizer, 1.0, 0.5, 0.5)
    standard = jax.numpy_dtype_promotion("standard")
    slope = np.zeros(())
    with standard, jax.ensure_compile_time_eval(), contextlib.suppress(Exception):
        point = jnp.ones(2)  # one number has a gradient, the other never had one
        step = lambda gradient: made.update(gradient, made.init(point), point)[0]  # noqa: E731
        slope = jax.jit(jax.jacobian(step))(jnp.array([0.0, 1.0]))
    return not np.isfinite(slope).all()


def _arguments(constructor: Callable) -> tuple[str, ...]:
    """Name all that a constructor takes, whatever a partial has settled."""
    while hasattr(constructor, "func"):
        constructor = constructor.func
    try:
        return tuple(inspect.signature(constructor).parameters)
    except (TypeError, ValueError):  # not a function that says what it takes
        return ()
