"""A case: a GAN with all that a run of it needs; and a run: what is left to read."""

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.training import GAN, GANState, History, train


class Case(NamedTuple):
    """A GAN with its hyper-parameters, its data and the length of its run."""

    gan: GAN
    hyper: dict[str, Any]  # keyword arguments of `GAN.init`
    source: Any  # what the run trains on: a distribution, or an array (N, ...)
    held_out: Any  # the same kind of data, which the run never sees
    steps: int
    batch_size: int


class Run(NamedTuple):
    """What is left of a run, and all that `diagnose` reads; of one seed or several."""

    case: Case
    states: tuple[GANState, ...]  # snapshots: the start, at equal distances, the end
    history: History

    @property
    def start(self) -> GANState:
        """Return the state before the first update."""
        return self.states[0]

    @property
    def end(self) -> GANState:
        """Return the last good state."""
        return self.states[-1]

    def member(self, i: int) -> "Run":
        """Take one run out of an ensemble, up to its first number that is not finite.

        An ensemble goes on until every member has failed; alone, this one would have
        been stopped there.
        """
        arrays = {name: rows[:, i] for name, rows in self.history.arrays().items()}
        finite = np.all([np.isfinite(values) for values in arrays.values()], axis=0)
        good = len(finite) if finite.all() else int(np.argmin(finite))
        history = History(
            self.history.first_step, {k: v[:good] for k, v in arrays.items()}
        )
        if good < len(finite):
            history.stopped = f"stopped at step {good}: a report is NaN or infinite."
        elif self.history.stopped:
            history.stopped = self.history.stopped
        states = [_take(state, i) for state in self.states]
        return Run(self.case, tuple(filter(_is_finite, states)), history)


def play(case: Case, seeds: int | Sequence[int], frames: int = 8) -> Run:
    """Train a case from one seed, or from several in one call.

    Args:
        case: what to train.
        seeds: a whole number for one run; several for an ensemble.
        frames: snapshots after the first one, 1 or more.

    Returns:
        Run. With several seeds its arrays have an axis of members; see `Run.member`.
        A run that the guard stopped says so in `history.stopped`, without a warning.
    """
    if np.ndim(seeds):
        keys = jax.vmap(jax.random.key)(jnp.asarray(seeds, "uint32"))
        state = case.gan.init_ensemble(keys, **case.hyper)
    else:
        state = case.gan.init(jax.random.key(seeds), **case.hyper)
    states = []
    with warnings.catch_warnings():
        for known in ("stopped at step", "every output of the discriminator"):
            warnings.filterwarnings("ignore", known, RuntimeWarning)
        _, history = train(
            case.gan,
            state,
            case.source,
            case.steps,
            case.batch_size,
            progress=False,
            on_frame=lambda state, _: states.append(state),
            frame_every=max(1, case.steps // frames),
        )
    return Run(case, tuple(states), history)


def _take(state: GANState, i: int) -> GANState:
    def one(leaf):
        if jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key):
            return leaf[i]
        return jnp.asarray(np.asarray(leaf)[i])

    return jax.tree.map(one, state)


def _is_finite(state: GANState) -> bool:
    params = state.d.variables.params, state.g.variables.params
    return all(np.isfinite(leaf).all() for leaf in jax.tree.leaves(params))
