"""The guard: finds a chunk's first bad update and the last good state before it."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.engine import run

ORDER = (  # in the order in which a fault spreads within one update, with its origin
    ("d_real", "discriminator"),
    ("d_fake", "generator"),  # the same discriminator was sound on data
    ("d_loss", "discriminator"),
    ("d_grad_norm", "discriminator"),
    ("g_loss", "discriminator"),  # sound fakes, judged after the discriminator moved
    ("g_grad_norm", "generator"),
)


class Fault(NamedTuple):
    """Where a run broke."""

    state: object  # the last good state
    good: int  # good updates in the chunk
    message: str


def find_fault(gan, before, after, reports, source, divergence: float) -> Fault | None:
    """Find the first update with a loss or gradient that is not finite or too large.

    An ensemble stops only when every member has failed.

    Args:
        gan: structure.
        before: state at the start of the chunk.
        after: state at its end.
        reports: reports of the chunk, arrays of shape (n,) or (n, members).
        source: batches, to replay the good updates.
        divergence: losses beyond this size count as a fault.

    Returns:
        None when all is well, else the Fault with the last good state.
    """
    largest = np.maximum(np.abs(reports.d_loss), np.abs(reports.g_loss))
    finite = np.all([np.isfinite(values) for values in reports], axis=0)
    good = finite & ~(largest > divergence)
    n = len(good)
    if good.ndim == 2:
        good = good.any(axis=1)
    if good.all():
        return None if _finite(after) else _replay(gan, before, source, n, None)
    first = int(np.argmin(good))
    name = _culprit(reports, first, divergence)
    return _replay(gan, before, source, first, name)


def _replay(gan, before, source, good: int, name: str | None) -> Fault:
    """Repeat the good updates; the runner gives the same bits again."""
    step = int(np.asarray(before.step).max())
    while good > 0:
        state, _ = run(gan, before, source, good)
        if _finite(state):
            break
        name = _broken_network(state)
        good -= 1
    else:
        state = before
    message = (
        f"stopped at step {step + good}: the {name or 'discriminator'} diverged (its "
        "loss, gradient or parameters are NaN, infinite or huge). The state returned "
        "is the last good one. Try a smaller learning rate, or check the data's range."
    )
    return Fault(state, good, message)


def _culprit(reports, step: int, divergence: float) -> str:
    for field, name in ORDER:
        value = np.abs(getattr(reports, field)[step]).max()
        if not np.isfinite(value) or (field.endswith("loss") and value > divergence):
            return name
    return "discriminator"


def _broken_network(state) -> str:
    sound = _finite_members(state, [state.d.variables.params]).all()
    return "generator" if sound else "discriminator"


def _finite(state) -> bool:
    networks = [state.d.variables.params, state.g.variables.params]
    return bool(_finite_members(state, networks).any())  # good while any member is


def _finite_members(state, params) -> np.ndarray:
    """Tell which members have finite parameters; a single run is one member."""
    members = state.step.size
    if {device.platform for device in state.step.devices()} == {"cpu"}:
        return _flags(np, members, params)  # without a program to compile
    return np.asarray(_flags_on_device(jnp, members, params))


def _flags(xp, members: int, params):
    rows = [xp.asarray(x).reshape(members, -1) for x in jax.tree.leaves(params)]
    return xp.stack([xp.isfinite(row).all(1) for row in rows]).all(0)


_flags_on_device = jax.jit(_flags, static_argnums=(0, 1))
