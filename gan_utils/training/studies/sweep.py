"""Sweeps: every combination of settings and seeds, trained side by side.

A sweep is an ensemble whose members differ in their hyper-parameters. Members are dealt
into groups of one size, so memory stays bounded and one program serves all of them.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax
import numpy as np

from gan_utils import validate
from gan_utils.data.batches import batches as make_batches
from gan_utils.engine import run
from gan_utils.metrics.modes import mode_report
from gan_utils.progress import bar as make_bar
from gan_utils.training.checks import inputs
from gan_utils.training.state import Cosine, Geometric, Hyper, make_hyper
from gan_utils.training.studies import sweep_files

GROUP = 64  # members trained together; fixed, as a result's last bits depend on it
RECORDS = 10  # times that a run is scored, unless the caller says otherwise
SEED, STEP = "seed", "step"
NAMES = ("lr", "ratio", "learning_rate", *Hyper._fields)


class Sweep(NamedTuple):
    """Scores of all runs as arrays with named axes.

    Every array has the axes of `axes` in their order: one for each swept
    hyper-parameter, then "seed", then "step".
    """

    axes: dict[str, np.ndarray]  # name -> values along the axis
    scores: dict[str, np.ndarray]  # name -> array with those axes

    def mean(self, name: str, *over: str) -> np.ndarray:
        """Average a score over named axes; the others keep their order.

        Raises:
            ValueError: when there is no such axis.
        """
        names = list(self.axes)
        if unknown := sorted(set(over) - set(names)):
            raise ValueError(f"over is {unknown}; expected some of {names}.")
        axes = tuple(names.index(axis) for axis in over)
        return np.asarray(self._score(name), float).mean(axes)

    def last(self, name: str) -> np.ndarray:
        """Take a score at the last step; "step" is no axis of the result."""
        return self._score(name)[..., -1]

    def _score(self, name: str) -> np.ndarray:
        validate.one_of(name, "name", tuple(self.scores))
        return self.scores[name]


def sweep(
    gan,
    keys: jax.Array,
    source,
    steps: int,
    *,
    batch_size: int = 128,
    every: int | None = None,
    score: Callable[[jax.Array], Any] | None = None,
    samples: int = 2500,
    group: int = GROUP,
    directory=None,
    progress: bool = True,
    **hyper,
) -> Sweep:
    """Train a GAN once for each combination of settings and seeds.

    All settings share the seeds: the same starting weights, data and latents.

    Args:
        gan: structure.
        keys: PRNG keys of the seeds, shape (seeds,).
        source: a distribution, an array (N, ...), or `data.Batches`.
        steps: updates of each run, 1 or more.
        batch_size: rows in a batch, unless `source` is `data.Batches`.
        every: updates between two scores; None for a tenth of the run.
        score: function from samples (N, ...) to a NamedTuple or dict of numbers; None
            takes `mode_report` if the source has modes, else nothing.
        samples: samples scored each time, of the averaged generator.
        group: members trained together; more need more memory.
        directory: folder that keeps finished groups. A call that was interrupted goes
            on from there, and returns to the last bit what one call returns.
        progress: show a bar.
        **hyper: keywords of `make_hyper`. A list or array is an axis of the sweep, a
            number or a schedule is shared. `lr` is short for `learning_rate`; `ratio`
            multiplies D's rate and leaves G's.

    Returns:
        Sweep whose scores are those of `score`, both losses at the recorded step, and
        `alive`: true while everything that the updates reported was finite.

    Raises:
        ValueError: when a setting is unknown or out of range, or the folder holds
            another sweep.
    """
    validate.count(steps, "steps", minimum=1)
    validate.count(group, "group", minimum=1)
    inputs.require_gan(gan)
    validate.key(keys, "keys", many=True)
    if score is not None:
        validate.function(score, "score")
    axes, shared = _axes(hyper)
    source = make_batches(source, batch_size, gan.update.draws)
    inputs.require_source(gan, source)
    ends = _ends(steps, every)
    axes |= {SEED: np.arange(len(keys)), STEP: ends}
    score = score or _default_score(source.source)
    members = _members(axes)
    count = len(members[SEED])
    folder = sweep_files.Folder(
        directory,
        sweep_files.fingerprint(gan, keys, source, axes, shared, group, samples, score),
    )
    # One program for all groups and steps; one member after the other bounds memory.
    scored = jax.jit(partial(jax.lax.map, score))
    work = _Work(gan, keys, source, ends, scored, samples, group, shared, members)
    with make_bar(total=count * steps, disable=not progress, unit="update") as bar:
        parts = [
            _group(work, number, folder, bar)
            for number in range(math.ceil(count / group))
        ]
    shape = tuple(map(len, axes.values()))
    joined = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    return Sweep(axes, {name: x.reshape(shape) for name, x in joined.items()})


class _Work(NamedTuple):
    """What all groups of a sweep have in common."""

    gan: Any
    keys: jax.Array  # (seeds,)
    source: Any
    ends: np.ndarray  # updates at which a run is scored
    scored: Callable
    samples: int
    group: int
    shared: dict  # hyper-parameters that no axis has
    members: dict[str, np.ndarray]  # every member's value on each axis


def _group(work: _Work, number: int, folder, bar) -> dict:
    """Read a group's scores, or train it; arrays (kept, steps)."""
    count = len(work.members[SEED])
    first = number * work.group
    rows = np.arange(first, min(first + work.group, count))
    part = folder.read(number, (len(rows), len(work.ends)))
    if part is None:
        folder.compile_as_before()
        part = _train(work, _start(work, rows), len(rows), bar)
        folder.write(number, part)
    else:
        bar.update(len(rows) * int(work.ends[-1]))
    return part


def _axes(hyper: dict) -> tuple[dict, dict]:
    """Part the swept hyper-parameters from the shared ones."""
    if unknown := sorted(set(hyper) - set(NAMES)):
        raise ValueError(f"settings {unknown} are unknown; expected some of {NAMES}.")
    axes, shared = {}, {}
    for name, value in hyper.items():
        if isinstance(value, (Cosine, Geometric)) or np.ndim(value) == 0:
            shared[name] = value
            continue
        validate.finite(np.asarray(value, float), name)
        if np.ndim(value) != 1 or not len(value):
            raise ValueError(
                f"{name} is {validate.describe(value)}; expected a number, a schedule, "
                "or a list of numbers, which makes an axis."
            )
        axes[name] = np.asarray(value, float)
    return axes, shared


def _ends(steps: int, every: int | None) -> np.ndarray:
    if every is None:
        every = max(1, steps // RECORDS)
    validate.count(every, "every", minimum=1)
    return np.unique(np.append(np.arange(every, steps, every), steps))


def _default_score(source):
    if getattr(source, "modes", None) is None:
        return lambda samples: {}

    def score(samples):
        report = mode_report(samples, source)._asdict()
        return {name: x for name, x in report.items() if x.ndim == 0}

    return score


def _members(axes: dict) -> dict[str, np.ndarray]:
    """List every member's value on each axis but that of steps, shape (members,)."""
    names = [name for name in axes if name != STEP]
    values = np.meshgrid(*(axes[name] for name in names), indexing="ij")
    return dict(zip(names, (v.ravel() for v in values), strict=True))


def _start(work: _Work, rows: np.ndarray):
    """Make the states of a group; the last member fills up the last group."""
    rows = np.append(rows, np.full(work.group - len(rows), rows[-1], int))
    chosen = {name: values[rows] for name, values in work.members.items()}
    seeds = chosen.pop(SEED)
    hyper = work.shared | chosen
    if "lr" in hyper:
        hyper["learning_rate"] = hyper.pop("lr")
    ratio = hyper.pop("ratio", None)
    if ratio is not None:
        usual = make_hyper().d_learning_rate
        rate = hyper.get("d_learning_rate", hyper.get("learning_rate", usual))
        hyper["d_learning_rate"] = _scaled(rate, ratio)
    return work.gan.init_ensemble(work.keys[seeds], **hyper)


def _scaled(rate, ratio):
    if isinstance(rate, (Cosine, Geometric)):
        return rate._replace(start=rate.start * ratio, end=rate.end * ratio)
    return rate * ratio


def _train(work: _Work, state, kept: int, bar) -> dict:
    """Train one group and score it at the given steps; arrays (kept, steps)."""
    alive = np.ones(len(state.step), bool)
    rows, done = [], 0
    for end in work.ends:
        state, reports = run(work.gan, state, work.source, int(end - done))
        finite = np.all([np.isfinite(np.asarray(r)).all(0) for r in reports], axis=0)
        alive = alive & finite
        row = _scores(work, state)
        row |= {name: getattr(reports, name)[-1] for name in ("d_loss", "g_loss")}
        rows.append({name: np.asarray(x)[:kept] for name, x in row.items()})
        rows[-1]["alive"] = alive[:kept]
        bar.update(kept * int(end - done))
        done = end
    return {name: np.stack([row[name] for row in rows], axis=1) for name in rows[0]}


def _scores(work: _Work, state) -> dict:
    samples = work.gan.sample(state, jax.random.key(0), work.samples)
    scores = work.scored(samples)
    return dict(scores._asdict() if hasattr(scores, "_asdict") else scores)
