"""An ensemble on all cores of a CPU: each core runs some of the members.

XLA runs the small operations of one program one after the other, mostly on one core.
The members of an ensemble are independent, so each core can have a program of its own.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.training.members import join, take

MOST = 32  # members of one program; more would crowd a core's cache
SETTINGS = ("jax_enable_x64", "jax_default_matmul_precision", "jax_debug_nans")


def count(state) -> int:
    """Count the cores on which the members of a state can run, 1 for a single run."""
    here = state.step.devices()
    if state.step.ndim == 0 or len(here) > 1 or {d.platform for d in here} != {"cpu"}:
        return 1
    available = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))
    return min(len(available(0)), state.step.shape[0])


def run(loop, gan, state, batches, n: int):
    """Run the members in equal shares; the last member fills up the last shares.

    Args:
        loop: jitted function of (gan, state, batches, n), `gan` static; returns the
            state and reports whose second axis is that of the members.
        gan: structure.
        state: of an ensemble.
        batches: `data.Batches`.
        n: updates.

    Returns:
        What `loop` returns for all members.
    """
    members, cores = state.step.shape[0], count(state)
    shares = cores * -(-members // (cores * MOST))
    size = -(-members // shares)
    rows = np.minimum(np.arange(shares * size), members - 1).reshape(shares, size)
    parts = [take(state, row) for row in rows]
    n = np.int32(n)
    program = _compile(loop, gan, parts[0], batches, n)

    def work(part):
        return jax.block_until_ready(program(part, batches, n))

    with ThreadPoolExecutor(cores) as pool:
        states, reports = zip(*pool.map(work, parts), strict=True)
    return join(states, members), join(reports, members, axis=1)


def _compile(loop, gan, *arguments):
    """Compile in the caller's thread, or find the program of an earlier call.

    A new thread does not inherit settings made by a context manager, such as
    `default_matmul_precision`.
    """
    leaves, tree = jax.tree.flatten(arguments)
    kinds = tuple(jax.ShapeDtypeStruct(np.shape(x), jnp.result_type(x)) for x in leaves)
    settings = tuple(getattr(jax.config, name) for name in SETTINGS)
    return _compiled(loop, gan, tree, kinds, settings)


@lru_cache(maxsize=32)
def _compiled(loop, gan, tree, kinds, settings):
    return loop.lower(gan, *jax.tree.unflatten(tree, kinds)).compile()
