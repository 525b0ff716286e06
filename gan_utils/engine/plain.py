"""The plain engine: updates by `jax.jit` and `lax.scan`, and nothing else."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

TOGETHER = 16  # updates of one scan; what is left over is made one by one


def run(gan, state, source, steps: int):
    """Make updates; see `engine.run`."""
    parts = []
    while steps > 0 or not parts:
        n = min(steps, TOGETHER)
        if n == TOGETHER and not gan.convolves:
            state, reports = _scan(gan, state, source, n)
        else:
            state, reports = _one_by_one(gan, state, source, n)
        parts.append(reports)
        steps -= n
    return state, jax.tree.map(lambda *rows: np.concatenate(rows), *parts)


def update(gan, state, source):
    """Make one update of a run, or of every member of an ensemble, on its own data."""
    if state.step.ndim:
        return jax.vmap(lambda state: update(gan, state, source))(state)
    return gan.advance(state, source.batch(state.key, state.step))


@partial(jax.jit, static_argnames=("gan", "n"))
def _scan(gan, state, source, n):
    if state.step.ndim:
        members = jax.vmap(lambda state: _scan(gan, state, source, n), out_axes=(0, 1))
        return members(state)

    def batch(later):
        drawn = source.batch(state.key, state.step + later)
        z = gan.latents(state.key, state.step + later, source.batch_size)
        return drawn._replace(z=z) if drawn.z is None else drawn

    return jax.lax.scan(gan.advance, state, jax.vmap(batch)(jnp.arange(n)))


def _one_by_one(gan, state, source, n):
    reports = []
    for _ in range(n):
        state, report = _once(gan, state, source)
        reports.append(report)
    return joined(gan, state, source, reports)


def joined(gan, state, source, reports: list):
    """Return a state and the stacked reports of some updates, or of none."""
    if reports:
        return state, jax.tree.map(lambda *rows: np.stack(rows), *reports)
    like = jax.eval_shape(partial(update, gan), state, source)[1]
    return state, jax.tree.map(lambda x: np.zeros((0, *x.shape), x.dtype), like)


_once = jax.jit(update, static_argnames=("gan",))
