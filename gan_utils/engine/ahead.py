"""Draw ahead: the data and latents of many updates in one call.

A small draw costs its call. A program of its own draws for many updates at once, each
from its own key, so that they get the bits that they would have drawn themselves. Runs
on the same data that differ in their networks, loss or penalty share that program, and
each of their loops compiles faster without it.
"""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.data import latents

BLOCK = 16  # updates drawn for in one piece
MOST = 16  # most blocks at once
NUMBERS = 2**20  # aimed at in what is drawn at once


class Drawn(NamedTuple):
    """Draws of consecutive updates, their first axis; then, if any, that of members."""

    data: Any  # what `source.draw` returned
    z: jax.Array  # latents, (updates, [members,] moves, B, size)


@partial(jax.jit, static_argnums=(0, 1))
def draw(prior, moves: int, source, key, step, updates) -> Drawn:
    """Draw for the next updates of a run, or of every member.

    Args:
        prior, moves: latents an update, see `latents.draw`.
        source: `data.Batches`.
        key, step: of the state.
        updates: wanted, 0 or more; another number compiles nothing.

    Returns:
        Drawn with `room` rows. As many blocks of them are drawn as are wanted; the rows
        after them hold 0.
    """

    def one(key, step):
        z = latents.draw(prior, moves, key, step, source.batch_size)
        return Drawn(source.draw(key, step), z)

    def block(i):
        every = jax.vmap(one) if step.ndim else one
        offsets = i * BLOCK + jnp.arange(BLOCK)
        return jax.vmap(lambda offset: every(key, step + offset))(offsets)

    def put(i, drawn):
        write = partial(
            jax.lax.dynamic_update_slice_in_dim, start_index=i * BLOCK, axis=0
        )
        return jax.tree.map(write, drawn, block(i))

    kind = jax.eval_shape(block, 0)
    size = sum(leaf.size for leaf in jax.tree.leaves(kind))
    blocks = min(max(NUMBERS // size, 1), MOST)
    needed = jnp.minimum((updates + BLOCK - 1) // BLOCK, blocks)
    empty = jax.tree.map(
        lambda x: jnp.zeros((blocks * BLOCK, *x.shape[1:]), x.dtype), kind
    )
    return jax.lax.fori_loop(0, needed, put, empty)


def room(drawn: Drawn) -> int:
    """Count the updates that there is room for."""
    return drawn.z.shape[0]


def row(drawn: Drawn, i) -> Drawn:
    """Take what was drawn for update i, counted from where the drawing began."""
    return jax.tree.map(lambda rows: rows[i], drawn)
