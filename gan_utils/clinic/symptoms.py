"""Symptoms: a sentence, the number that it speaks of, and the bound that it names."""

import itertools
from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.clinic import clouds
from gan_utils.clinic.case import Case, Run
from gan_utils.clinic.rescaled import draw

N = 512  # samples in a measurement


def as_it_is(case: Case) -> Case:
    """Return the case: the experiment is the run itself."""
    return case


class Symptom(NamedTuple):
    """What a fault shows; `sick` is true of the sick run and false of the healthy."""

    sentence: str
    measure: Callable[[Run], float]
    sick: Callable[[float], bool]
    steps: int = 400  # updates after which it shows on the ring
    experiment: Callable[[Case], Case] = as_it_is  # made with both of them


def last(field: str) -> Callable[[Run], float]:
    """Measure the mean of a report's field over the last tenth of the run."""

    def measure(run: Run) -> float:
        values = getattr(run.history, field)
        if len(values) == 0:
            return float("nan")
        return float(np.mean(values[-max(1, len(values) // 10) :]))

    return measure


def lowest(field: str) -> Callable[[Run], float]:
    """Measure the least value of a report's field."""
    return lambda run: float(np.min(getattr(run.history, field)))


def stopped(run: Run) -> float:
    """Return 1 when the run ended early, else 0."""
    return float(run.history.stopped is not None)


def fakes(run: Run, state=None) -> np.ndarray:
    """Draw samples (N, ...) of the current generator, always from the same latents."""
    state = run.end if state is None else state
    return np.asarray(run.case.gan.sample(state, jax.random.key(1), N, ema=False))


def held_out(run: Run) -> np.ndarray:
    """Take data that the run has not seen, (N, ...), or all of fewer."""
    source = run.case.held_out
    if hasattr(source, "sample"):
        return np.asarray(draw(source, jax.random.key(2), N))
    return np.asarray(source)[:N]


def coverage(run: Run) -> float:
    """Measure the share of held-out data with a sample nearby, 0 to 1."""
    return clouds.compare(held_out(run), fakes(run)).coverage


def precision(run: Run) -> float:
    """Measure the share of samples with a datum nearby, 0 to 1."""
    return clouds.compare(held_out(run), fakes(run)).precision


def spread(run: Run) -> float:
    """Measure the samples' deviation in that of the data.

    The median of the last five snapshots: a cloud that only passes through a point has
    not collapsed.
    """
    frames = [clouds.spread(fakes(run, state)) for state in run.states[-5:]]
    return float(np.median(frames)) / clouds.spread(held_out(run))


def travel(run: Run) -> float:
    """Measure how far samples moved lately, in standard deviations of the data.

    The root mean square way of G(z), z fixed, from one of the last five snapshots to
    the next.
    """
    pairs = itertools.pairwise(fakes(run, state) for state in run.states[-5:])
    ways = [np.sqrt(((a - b) ** 2).mean()) for a, b in pairs]
    return float(np.mean(ways)) / _deviation(held_out(run)) if ways else 0.0


def _deviation(data: np.ndarray) -> float:
    """Compute the root mean square deviation of a coordinate."""
    return float(np.sqrt(data.var(0).mean()))


def closeness(run: Run) -> float:
    """Measure how much nearer fakes lie to the training data than other data do.

    The ratio of the median distances to the nearest stored datum: about 1 or more for a
    generator that has learned the distribution, 0 for one that repeats what it saw. It
    is 1 where data are drawn anew each time.
    """
    stored = run.case.source
    if hasattr(stored, "sample"):
        return 1.0
    near = np.median(clouds.nearest(fakes(run), stored))
    return float(near / np.median(clouds.nearest(held_out(run), stored)))


def advantage(run: Run) -> float:
    """Measure how far D's mean logit on held-out data lies above that on fakes."""
    logits = run.case.gan.logits(run.end, jnp.asarray(held_out(run)))
    return float(np.mean(logits)) - fake_logit(run)


def fake_logit(run: Run) -> float:
    """Measure the mean logit that D, asked outside training, gives to fakes."""
    return float(np.mean(run.case.gan.logits(run.end, jnp.asarray(fakes(run)))))


def changes_its_mind(run: Run) -> float:
    """Measure what D says of fakes outside training, less what it says in training."""
    return fake_logit(run) - last("d_fake")(run)


def drift(player: str) -> Callable[[Run], float]:
    """Measure how far a player's parameters moved, in their length at the end."""

    def measure(run: Run) -> float:
        start, end = (_vector(state, player) for state in (run.start, run.end))
        return float(np.linalg.norm(end - start) / np.linalg.norm(end))

    return measure


def _vector(state, player: str) -> np.ndarray:
    params = getattr(state, player).variables.params
    return np.concatenate([np.ravel(leaf) for leaf in jax.tree.leaves(params)])
