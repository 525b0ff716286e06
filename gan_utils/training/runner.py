"""The compiled runner: many updates in one call, always by the same program."""

from functools import cache, partial

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.compilation import convolution_options, loop_options
from gan_utils.training import cores, draws
from gan_utils.training.members import widest_layer
from gan_utils.training.moves import loops_well
from gan_utils.training.state import GANState, Report


def run(gan, state: GANState, batches, steps: int) -> tuple[GANState, Report]:
    """Make `steps` updates and return the reports of all of them.

    The loop's length is an argument of one compiled program, so that on one machine the
    result does not depend, to the last bit, on how a run is cut into calls.

    Args:
        gan: structure.
        state: of one run or of an ensemble.
        batches: `data.Batches`.
        steps: updates to make, 1 or more (dense networks: 0 or more).

    Returns:
        (state, reports): reports hold NumPy arrays of shape (steps,) or (steps,
        members).
    """
    if not loops_well(gan):
        return _dispatch(gan, state, batches, steps)
    if cores.count(state) > 1:
        state, reports = cores.run(partial(_share, gan, batches, steps), state)
        return state, jax.tree.map(np.asarray, reports)
    draw = partial(draws.ahead, *draws.structure(gan))
    return _pieces(draw, partial(loop(state), gan), batches, steps, state)


def update(gan, state: GANState, batches):
    """Make one update of a run, or of every member of an ensemble, on its own data."""
    block = draws.draw(gan, batches, state)
    return _step(gan, state, batches, block, draws.position(state))


def _step(gan, state, batches, block, row):
    members = state.step.ndim > 0
    batch = draws.pick(batches, block, row, members)
    return (jax.vmap(gan.step) if members else gan.step)(state, batch)


def _share(gan, batches, steps, part):
    """Compile the programs for some members of an ensemble; return the work on them."""
    n = np.int32(0)
    wanted = *draws.structure(gan), batches, part.key, part.step, n
    draw, block = cores.compiled(draws.ahead, *wanted, static=2)
    arguments = gan, part, batches, block, n
    updates, _ = cores.compiled(loop(part), *arguments, static=1)
    return partial(_pieces, draw, updates, batches, steps)


def _pieces(draw, updates, batches, steps, state):
    """Draw and make updates by turns, as many at a time as are drawn ahead."""
    parts = []
    while steps > 0 or not parts:  # no updates: empty reports
        block = draw(batches, state.key, state.step, np.int32(steps))
        n = min(steps, draws.room(block, state.step.ndim > 0))
        state, reports = updates(state, batches, block, np.int32(n))
        parts.append((n, reports))
        steps -= n
    whole = [jax.tree.map(lambda x, n=n: np.asarray(x)[:n], rows) for n, rows in parts]
    return state, jax.tree.map(lambda *x: np.concatenate(x), *whole)


def _updates(gan, state, batches, ahead, n):
    """Make n updates with what was drawn ahead, a block at a time.

    To cut a block out first makes a small network's update a quarter faster than to
    read each update's row from all that was drawn.
    """
    members = state.step.ndim > 0
    row = draws.position(state)
    shape = draws.room(ahead, members), len(Report._fields), *state.step.shape
    reports = jnp.zeros(shape)  # one write an update

    def block(carry):
        first = carry[0] - (row + carry[0]) % draws.BLOCK  # the update of its row 0
        drawn = draws.cut(ahead, row + first, members)
        last = jnp.minimum(first + draws.BLOCK, n)

        def body(carry):
            i, state, reports = carry
            state, report = _step(gan, state, batches, drawn, i - first)
            numbers = jnp.stack(report).astype(reports.dtype)
            put = jax.lax.dynamic_update_index_in_dim
            return i + 1, state, put(reports, numbers, i, axis=0)

        return jax.lax.while_loop(lambda carry: carry[0] < last, body, carry)

    start = (jnp.zeros((), "int32"), state, reports)
    _, state, reports = jax.lax.while_loop(lambda carry: carry[0] < n, block, start)
    return state, Report(*jnp.moveaxis(reports, 1, 0))


def loop(state: GANState):
    """Return the compiled loop of updates for dense networks of that width."""
    units = widest_layer(state) * state.step.size
    return _loop(tuple(loop_options(units).items()))


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
    return state, jax.tree.map(lambda *r: np.stack(r), *reports)


@cache
def _one_update():
    """Compile `update` for networks with convolutions; the state is given up."""
    return jax.jit(
        update,
        static_argnames=("gan",),
        donate_argnums=(1,),
        compiler_options=convolution_options() or None,
    )
