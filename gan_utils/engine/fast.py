"""The fast engine: always the same compiled program, whatever the number of updates.

See also `run`, which chooses this engine or the plain one (GAN_UTILS_ENGINE=plain),
`compilation` for XLA's flags, and `libraries` for what computes the products.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.engine import ahead, cores, libraries, memory, plain

SMALL = 64  # units of the widest layer, up to which a loop leaves a core idle


def run(gan, state, source, steps: int):
    """Make updates; see `engine.run`."""
    if gan.convolves:
        return _one_by_one(gan, state, source, steps)
    if cores.count(state) > 1:
        share = partial(_share, gan, source, steps)
        state, reports = cores.run(share, state, libraries.widest_layer(state))
        return state, jax.tree.map(np.asarray, reports)
    draw = partial(ahead.draw, gan.latent, gan.update.moves)
    updates = partial(loop(state, source), gan)
    pieces = partial(_pieces, draw, updates, source, steps, state)
    if libraries.widest_layer(state) > SMALL:
        return pieces()
    with ThreadPoolExecutor(1) as beside:
        return pieces(beside)


def _share(gan, source, steps, part):
    """Compile the programs for some members of an ensemble; return the work on them."""
    n = np.int32(0)
    wanted = gan.latent, gan.update.moves, source, part.key, part.step, n
    draw, drawn = cores.compiled(ahead.draw, *wanted, static=2)
    updates, _ = cores.compiled(
        loop(part, source), gan, part, source, drawn, n, static=1
    )
    return partial(_pieces, draw, updates, source, steps)


def _pieces(draw, updates, source, steps, state, beside=None):
    """Draw and make updates by turns, as many at a time as are drawn ahead.

    With a thread `beside`, the next piece is drawn while this one's updates are made:
    a tenth of the time of the smallest networks, where a loop leaves a core idle.
    """
    key, first, made, parts = state.key, np.asarray(state.step), 0, []
    beside = beside if beside and steps > ahead.BLOCK and cores.alike(beside) else None
    drawn = draw(source, key, first, np.int32(steps))
    while made < steps or not parts:  # no updates: empty reports
        n = min(steps - made, ahead.room(drawn))
        made += n
        wanted = source, key, first + np.int32(made), np.int32(steps - made)
        later = beside.submit(draw, *wanted) if beside and made < steps else None
        state, reports = updates(state, source, drawn, np.int32(n))
        parts.append((n, reports))
        if made < steps:
            drawn = later.result() if later else draw(*wanted)
    rows = [jax.tree.map(lambda x, n=n: np.asarray(x)[:n], part) for n, part in parts]
    return state, jax.tree.map(lambda *parts: np.concatenate(parts), *rows)


def _updates(gan, state, source, drawn, n):
    """Make n updates with what was drawn ahead."""
    rows, fields = ahead.room(drawn), _report_like(gan, state, source, drawn)
    reports = jnp.zeros((rows, len(fields), *state.step.shape))  # one write an update

    def body(i, carry):
        state, reports = carry
        state, report = _update(gan, state, source, ahead.row(drawn, i))
        row = jnp.stack(report).astype(reports.dtype)
        return state, jax.lax.dynamic_update_index_in_dim(reports, row, i, axis=0)

    state, reports = jax.lax.fori_loop(0, n, body, (state, reports))
    return state, type(fields)(*jnp.moveaxis(reports, 1, 0))


def _report_like(gan, state, source, drawn):
    return jax.eval_shape(partial(_update, gan), state, source, ahead.row(drawn, 0))[1]


@partial(jax.jit, static_argnames=("gan",))  # traced once, for both of its callers
def _update(gan, state, source, drawn):
    if state.step.ndim:
        return jax.vmap(partial(_update, gan), (0, None, 0))(state, source, drawn)
    batch = source.gather(drawn.data)
    return gan.advance(state, batch._replace(z=drawn.z) if batch.z is None else batch)


def loop(state, source):
    """Return the compiled loop of updates, with the library that suits their sizes."""
    options = libraries.for_products(source.batch_size, state)
    return _loop(tuple(options.items()))


@cache
def _loop(options):
    return jax.jit(
        _updates, static_argnames=("gan",), compiler_options=dict(options) or None
    )


def _one_by_one(gan, state, source, steps):
    """Call one program for each update: a convolution is slow inside a loop."""
    memory.keep()
    options = libraries.for_convolutions(source.batch_size, gan.sample_shape[0], state)
    once, reports = _once(tuple(options.items())), []
    if steps:
        state = jax.tree.map(jnp.copy, state)  # the first update may then overwrite it
    for _ in range(steps):
        state, report = once(gan, state, source)
        reports.append(report)
    return plain.joined(gan, state, source, reports)


@cache
def _once(options):
    """Compile an update with convolutions; the state is given up."""
    return jax.jit(
        plain.update,
        static_argnames=("gan",),
        donate_argnums=(1,),
        compiler_options=dict(options) or None,
    )
