"""The compiled runner: many updates in one call, always by the same program."""

from functools import cache, partial

import jax
import jax.numpy as jnp

from gan_utils.compilation import convolution_options, loop_options
from gan_utils.training import cores, draws
from gan_utils.training.moves import loops_well
from gan_utils.training.state import GANState, Report

CAPACITY = 512  # most updates in one call of the loop


def run(gan, state: GANState, batches, steps: int) -> tuple[GANState, Report]:
    """Make `steps` updates and return the reports of all of them.

    The loop's length is an argument of one compiled program, so that on one machine the
    result does not depend, to the last bit, on how a run is cut into calls.

    Args:
        gan: structure.
        state: of one run or of an ensemble.
        batches: `data.Batches`.
        steps: updates to make, 1 or more.

    Returns:
        (state, reports): reports hold arrays of shape (steps,) or (steps, members).
    """
    parts = []
    while steps > 0:
        n = min(steps, CAPACITY)
        state, reports = call(gan, state, batches, n)
        parts.append(jax.tree.map(lambda x, n=n: x[:n], reports))
        steps -= n
    return state, jax.tree.map(lambda *x: jnp.concatenate(x), *parts)


def call(gan, state: GANState, batches, n: int) -> tuple[GANState, Report]:
    """Make up to CAPACITY updates in one call of the program that `run` calls.

    For callers that ask for ever other numbers of updates: to cut JAX's arrays to a new
    length compiles a program, to cut NumPy's does not.

    Args:
        gan: structure.
        state: of one run or of an ensemble.
        batches: `data.Batches`.
        n: updates to make, 1 to CAPACITY.

    Returns:
        (state, reports): rows of the reports beyond the first n mean nothing.
    """
    if not loops_well(gan):
        return _dispatch(gan, state, batches, n)
    if cores.count(state) > 1:
        return cores.run(loop(state, batches), gan, state, batches, n)
    return loop(state, batches)(gan, state, batches, n)


def update(gan, state: GANState, batches):
    """Make one update of a run, or of every member of an ensemble, on its own data."""
    block = draws.draw(gan, batches, state)
    return _step(gan, state, batches, block, draws.position(state))


def _step(gan, state, batches, block, row):
    members = state.step.ndim > 0
    batch = draws.pick(batches, block, row, members)
    return (jax.vmap(gan.step) if members else gan.step)(state, batch)


def _updates(gan, state, batches, n):
    _, report = jax.eval_shape(partial(update, gan), state, batches)
    rows = jnp.zeros((CAPACITY, len(report), *state.step.shape))  # one write an update

    def block(carry):
        first, state, _ = carry
        drawn, row = draws.draw(gan, batches, state), draws.position(state)
        last = jnp.minimum(first + draws.BLOCK - row, n)

        def body(carry):
            i, state, rows = carry
            state, report = _step(gan, state, batches, drawn, row + i - first)
            numbers = jnp.stack(report).astype(rows.dtype)
            rows = jax.lax.dynamic_update_index_in_dim(rows, numbers, i, axis=0)
            return i + 1, state, rows

        return jax.lax.while_loop(lambda carry: carry[0] < last, body, carry)

    start = (jnp.zeros((), "int32"), state, rows)
    _, state, rows = jax.lax.while_loop(lambda carry: carry[0] < n, block, start)
    return state, type(report)(*jnp.moveaxis(rows, 1, 0))


def loop(state: GANState, batches):
    """Return the compiled loop of updates for dense networks of that size."""
    weights = jax.tree.leaves((state.d.variables.params, state.g.variables.params))
    bias = state.step.ndim + 1  # one number for each unit
    units = sum(x.size for x in weights if x.ndim == bias)
    return _loop(tuple(loop_options(units * batches.batch_size).items()))


@cache
def _loop(options):
    return jax.jit(
        _updates, static_argnames=("gan",), compiler_options=dict(options) or None
    )


def _dispatch(gan, state, batches, n):
    reports = []
    state = jax.tree.map(jnp.copy, state)  # the first step may then overwrite it
    one_update = _one_update()
    for _ in range(n):
        state, report = one_update(gan, state, batches)
        reports.append(report)
    return state, jax.tree.map(lambda *r: jnp.stack(r), *reports)


@cache
def _one_update():
    """Compile `update` for networks with convolutions; the state is given up."""
    return jax.jit(
        update,
        static_argnames=("gan",),
        donate_argnums=(1,),
        compiler_options=convolution_options() or None,
    )
