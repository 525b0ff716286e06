"""What updates draw: the data and latents of a block of them, in one call each.

A small draw costs its call, so the runner draws for BLOCK updates at once. Update t
gets row t % BLOCK of block t // BLOCK, however a run is cut into pieces.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.data.batches import Batch
from gan_utils.threefry import unrolled

BLOCK = 16
DATA, LATENTS = np.uint32(2**32 - 1), np.uint32(2**32 - 2)  # no step gets this far


class Block(NamedTuple):
    """Draws of BLOCK updates, their first axis (after that of members)."""

    data: Any  # what `Batches.draw` returned
    z: jax.Array | None  # (BLOCK, moves, B, size); None when the rule draws its own


def draw(gan, batches, state) -> Block:
    """Draw the block that holds the next update of a run or of every member.

    Args:
        gan: structure; `gan.update.moves` latents are drawn for each update.
        batches: `data.Batches`.
        state: where the run stands; its key and step decide.
    """
    moves = getattr(gan.update, "moves", 0)

    def one(key, step):
        key = unrolled(key)
        number = step // BLOCK
        data_key, latent_key = (
            jax.random.fold_in(jax.random.fold_in(key, use), number)
            for use in (DATA, LATENTS)
        )
        data = batches.draw(data_key, BLOCK)
        if not moves:
            return Block(data, None)
        z = gan.latent.sample(latent_key, BLOCK * moves * batches.batch_size)
        return Block(data, z.reshape(BLOCK, moves, batches.batch_size, *z.shape[1:]))

    return (jax.vmap(one) if state.step.ndim else one)(state.key, state.step)


def pick(batches, block: Block, row, members: bool) -> Batch:
    """Take one update's batch out of a block, `row` counted from the block's start."""

    def one(block):
        data, z = jax.tree.map(lambda x: x[row], block)
        return batches.gather(data)._replace(z=z)

    return (jax.vmap(one) if members else one)(block)


def position(state) -> jax.Array:
    """Count the updates from the start of a block to where the run stands, ()."""
    return jnp.max(state.step) % BLOCK
