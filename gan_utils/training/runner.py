"""The compiled runner: many updates in one call, always by the same program."""

from functools import partial

import jax
import jax.numpy as jnp

from gan_utils.training import cores
from gan_utils.training.state import GANState, Report
from gan_utils.training.updates import loops_well

CAPACITY = 512  # most updates in one call of the loop
BLOCK = 16  # updates whose data are drawn together: small draws cost their call


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
    call = _dispatch
    if loops_well(gan):
        call = partial(cores.run, _loop) if cores.count(state) > 1 else _loop
    parts = []
    while steps > 0:
        n = min(steps, CAPACITY)
        state, reports = call(gan, state, batches, n)
        parts.append(jax.tree.map(lambda x, n=n: x[:n], reports))
        steps -= n
    return state, jax.tree.map(lambda *x: jnp.concatenate(x), *parts)


def update(gan, state: GANState, batches):
    """Make one update of a run, or of every member of an ensemble, on its own data."""
    return _step(gan, state, _data(batches, state, 0))


def _step(gan, state, batch):
    return (jax.vmap(gan.step) if state.step.ndim else gan.step)(state, batch)


def _data(batches, state, ahead):
    """Draw the data of the update that comes `ahead` updates after the next one."""

    def one(key, step):
        key = jax.random.fold_in(key, 1)  # apart from the keys of the updates
        return batches.batch(key, step + ahead)

    return (jax.vmap(one) if state.step.ndim else one)(state.key, state.step)


@partial(jax.jit, static_argnames=("gan",))
def _loop(gan, state, batches, n):
    report = jax.eval_shape(partial(update, gan), state, batches)[1]
    reports = jax.tree.map(lambda r: jnp.zeros((CAPACITY, *r.shape), r.dtype), report)

    def block(carry):
        first, state, _ = carry
        data = jax.vmap(partial(_data, batches, state))(jnp.arange(BLOCK))

        def body(carry):
            i, state, reports = carry
            batch = jax.tree.map(lambda x: x[i - first], data)
            state, report = _step(gan, state, batch)
            reports = jax.tree.map(lambda all, r: all.at[i].set(r), reports, report)
            return i + 1, state, reports

        last = jnp.minimum(first + BLOCK, n)
        return jax.lax.while_loop(lambda carry: carry[0] < last, body, carry)

    start = (jnp.zeros((), "int32"), state, reports)
    _, state, reports = jax.lax.while_loop(lambda carry: carry[0] < n, block, start)
    return state, reports


def _dispatch(gan, state, batches, n):
    reports = []
    state = jax.tree.map(jnp.copy, state)  # the first step may then overwrite it
    for _ in range(n):
        state, report = _one_update(gan, state, batches)
        reports.append(report)
    return state, jax.tree.map(lambda *r: jnp.stack(r), *reports)


@partial(jax.jit, static_argnames=("gan",), donate_argnums=(1,))
def _one_update(gan, state, batches):
    return update(gan, state, batches)
