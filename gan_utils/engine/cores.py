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

from gan_utils.members import join, take

MOST = 32  # members of one program; more save nothing
UNITS = 1024  # of all their widest layers together; more take longer each
SETTINGS = (  # what a context manager sets in one thread, and a program depends on
    "jax_enable_x64",
    "jax_default_matmul_precision",
    "jax_default_prng_impl",
    "jax_threefry_partitionable",
    "jax_numpy_dtype_promotion",
    "jax_numpy_rank_promotion",
    "jax_default_device",
    "jax_debug_nans",
    "jax_debug_infs",
)


def count(state) -> int:
    """Count the cores on which the members of a state can run, 1 for a single run."""
    here = state.step.devices()
    if state.step.ndim == 0 or len(here) > 1 or {d.platform for d in here} != {"cpu"}:
        return 1
    available = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))
    return min(len(available(0)), state.step.shape[0])


def run(prepare, state, widest: int):
    """Run the members in equal shares; the last member fills up the last shares.

    Args:
        prepare: called with one share in the caller's thread, where it compiles what
            the work needs (see `compiled`); returns the work: a function that takes
            the state of a share and returns (state, reports), the second axis of each
            report being that of the members.
        state: of an ensemble.
        widest: units of the widest layer of a member's networks.

    Returns:
        (state, reports) of all members.
    """
    members, cores = state.step.shape[0], count(state)
    most = max(1, min(MOST, UNITS // widest))
    shares = cores * -(-members // (cores * most))
    size = -(-members // shares)
    rows = np.minimum(np.arange(shares * size), members - 1).reshape(shares, size)
    parts = [take(state, row) for row in rows]
    work = prepare(parts[0])
    with ThreadPoolExecutor(cores) as pool:
        done = pool.map(lambda part: jax.block_until_ready(work(part)), parts)
        states, reports = zip(*done, strict=True)
    return join(states, members), join(reports, members, axis=1)


def settings() -> tuple:
    """List the settings of this thread that a compiled program depends on."""
    return tuple(getattr(jax.config, name) for name in SETTINGS)


def alike(other: ThreadPoolExecutor) -> bool:
    """Tell whether another thread compiles as this one does."""
    return other.submit(settings).result() == settings()


def compiled(function, *arguments, static: int):
    """Compile in the caller's thread, or find the program of an earlier call.

    A new thread does not inherit settings made by a context manager, such as
    `default_matmul_precision`.

    Args:
        function: jitted.
        *arguments: what it will be called with; arrays, or their shapes and dtypes.
        static: how many of the first arguments are static.

    Returns:
        (program, result): a function of the arguments that are not static, and the
        shapes and dtypes of what it returns.
    """
    leaves, tree = jax.tree.flatten(arguments[static:])
    kinds = tuple(jax.ShapeDtypeStruct(np.shape(x), jnp.result_type(x)) for x in leaves)
    return _compiled(function, arguments[:static], tree, kinds, settings())


@lru_cache(maxsize=64)
def _compiled(function, static, tree, kinds, settings):
    lowered = function.lower(*static, *jax.tree.unflatten(tree, kinds))
    return lowered.compile(), lowered.out_info
