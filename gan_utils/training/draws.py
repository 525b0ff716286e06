"""What updates draw: the data and latents of a block of them, in one call each.

A small draw costs its call, so the runner draws for BLOCK updates at once. Update t
gets row t % BLOCK of block t // BLOCK, however a run is cut into pieces.

The runner draws some blocks ahead, by a program of its own. Runs on the same data that
differ in their networks, loss or penalty share that program, and each of their loops
compiles in two thirds of the time.
"""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.data.batches import Batch
from gan_utils.threefry import unrolled

BLOCK = 16
AHEAD = 32  # most blocks of updates that are drawn for at once
NUMBERS = 2**20  # aimed at in what is drawn at once; so large blocks come one by one
DATA, LATENTS = np.uint32(2**32 - 1), np.uint32(2**32 - 2)  # no step gets this far


class Block(NamedTuple):
    """Draws of consecutive updates, their first axis (after that of members)."""

    data: Any  # what `Batches.draw` returned
    z: jax.Array | None  # (updates, moves, B, size); None when the rule draws its own


def draw(gan, batches, state) -> Block:
    """Draw the block that holds the next update of a run or of every member.

    Args:
        gan: structure; `gan.update.moves` latents are drawn for each update.
        batches: `data.Batches`.
        state: where the run stands; its key and step decide.
    """
    return _block(*structure(gan), batches, state.key, state.step // BLOCK)


def structure(gan) -> tuple:
    """Pick what a program that draws depends on: the prior, and latents an update."""
    return gan.latent, getattr(gan.update, "moves", 0)


@partial(jax.jit, static_argnums=(0, 1))
def ahead(prior, moves: int, batches, key, step, updates) -> Block:
    """Draw for the next updates of a run or of every member, from their block's start.

    Args:
        prior, moves: from `structure`.
        batches: `data.Batches`.
        key, step: of the state.
        updates: wanted, 1 or more; another number compiles nothing.

    Returns:
        Block with rows for `room(block)` updates, wherever in a block the run stands.
        As many of them are drawn as are wanted; the rows after them hold 0.
    """
    block = partial(_block, prior, moves, batches, key)
    kind = jax.eval_shape(block, step)
    size = sum(x.size for x in jax.tree.leaves(kind))
    blocks = 1 + min(max(NUMBERS // size, 1), AHEAD)
    axis = step.ndim

    def empty(x):
        shape = (*x.shape[:axis], blocks * BLOCK, *x.shape[axis + 1 :])
        return jnp.zeros(shape, x.dtype)

    def put(i, drawn):
        new = block(step // BLOCK + i)
        write = partial(
            jax.lax.dynamic_update_slice_in_dim, start_index=i * BLOCK, axis=axis
        )
        return jax.tree.map(write, drawn, new)

    last = jnp.max(step) % BLOCK + jnp.minimum(updates, (blocks - 1) * BLOCK)
    needed = (last + BLOCK - 1) // BLOCK
    return jax.lax.fori_loop(0, needed, put, jax.tree.map(empty, kind))


def cut(block: Block, start, members: bool) -> Block:
    """Take BLOCK updates, from `start` on, out of what `ahead` returned."""
    take = partial(
        jax.lax.dynamic_slice_in_dim,
        start_index=start,
        slice_size=BLOCK,
        axis=int(members),
    )
    return jax.tree.map(take, block)


def room(block: Block, members: bool) -> int:
    """Count the updates that a block from `ahead` has room for, wherever they begin."""
    return jax.tree.leaves(block)[0].shape[int(members)] - BLOCK


def pick(batches, block: Block, row, members: bool) -> Batch:
    """Take one update's batch out of a block, `row` counted from the block's start."""

    def one(block):
        data, z = jax.tree.map(lambda x: x[row], block)
        return batches.gather(data)._replace(z=z)

    return (jax.vmap(one) if members else one)(block)


def position(state) -> jax.Array:
    """Count the updates from the start of a block to where the run stands, ()."""
    return jnp.max(state.step) % BLOCK


def _block(prior, moves, batches, key, number) -> Block:
    """Draw block `number` of a run, or of every member."""

    def one(key, number):
        key = unrolled(key)
        data_key, latent_key = (
            jax.random.fold_in(jax.random.fold_in(key, use), number)
            for use in (DATA, LATENTS)
        )
        data = batches.draw(data_key, BLOCK)
        if not moves:
            return Block(data, None)
        z = prior.sample(latent_key, BLOCK * moves * batches.batch_size)
        return Block(data, z.reshape(BLOCK, moves, batches.batch_size, *z.shape[1:]))

    return (jax.vmap(one) if number.ndim else one)(key, number)
