"""The training loop: chunks of compiled updates with bar, guard and checkpoints."""

import time
import warnings
from functools import partial
from typing import NamedTuple

import jax
import numpy as np
from tqdm.auto import tqdm

from gan_utils import validate
from gan_utils.data.batches import batches as make_batches
from gan_utils.training import checkpoints
from gan_utils.training.guard import find_fault
from gan_utils.training.runner import run


class _Plan(NamedTuple):
    """Steps at which the loop must come up for air."""

    stop: int
    frame_every: int | None
    checkpoint_every: int | None

    def next_stop(self, step: int, chunk: int) -> int:
        marks = [self.stop, step + chunk]
        for every in (self.frame_every, self.checkpoint_every):
            if every:
                marks.append((step // every + 1) * every)
        return min(marks)


def train(
    gan,
    state,
    source,
    steps: int,
    batch_size: int = 128,
    progress: bool = True,
    on_frame=None,
    frame_every: int = 100,
    checkpoint_dir=None,
    checkpoint_every: int | None = None,
    resume: bool = False,
    divergence: float = 1e6,
):
    """Train a GAN, or an ensemble of them, for a number of updates.

    Args:
        gan: structure.
        state: where to start; it is not changed.
        source: a distribution, an array (N, ...), a pair (x, y), or `data.Batches`.
        steps: updates to make, 0 or more; with `resume`, the total to reach.
        batch_size: rows in a batch, unless `source` is `data.Batches`.
        progress: show a bar with steps/s and both losses.
        on_frame: called as on_frame(state, history) at the start, every `frame_every`
            updates and at the end; it draws, it does not change the run.
        frame_every: updates between two frames, 1 or more.
        checkpoint_dir: folder for checkpoints, or None for none.
        checkpoint_every: updates between checkpoints; the end always makes one.
        resume: go on from the newest checkpoint in `checkpoint_dir` when there is one.
        divergence: losses beyond this size stop the run.

    Returns:
        (state, history). When the guard or an interrupt ends the run early, `state` is
        the last good one and `history.stopped` says why.

    Raises:
        ValueError: for bad arguments or data, or a folder that already holds
            checkpoints and `resume` is False (nothing is overwritten).
    """
    validate.count(steps, "steps")
    validate.count(frame_every, "frame_every", minimum=1)
    source = make_batches(source, batch_size, gan.update.draws)
    _check_source(gan, source)
    state, history = checkpoints.start(gan, state, checkpoint_dir, resume)
    first = int(np.max(state.step))
    stop = max(first, steps) if resume else first + steps
    plan = _Plan(stop, frame_every if on_frame else None, checkpoint_every)
    save = partial(checkpoints.save, checkpoint_dir, gan)
    bar = tqdm(
        total=stop, initial=first, disable=not progress, unit="step", leave=False
    )
    with bar:
        state = _chunks(
            gan, state, source, history, plan, bar, on_frame, save, divergence
        )
    if history.stopped and not history.stopped.startswith("interrupted"):
        warnings.warn(history.stopped, RuntimeWarning, stacklevel=2)
    return state, history


def _chunks(gan, state, source, history, plan, bar, on_frame, save, divergence):
    step, chunk = int(np.max(state.step)), 1
    saved, shown = None, None
    try:
        while True:
            if on_frame and (step == plan.stop or step % plan.frame_every == 0):
                on_frame(state, history)
                shown = step
            if (
                plan.checkpoint_every
                and step % plan.checkpoint_every == 0
                and len(history)
            ):
                save(state, history)
                saved = step
            if step >= plan.stop or history.stopped:
                break
            target = plan.next_stop(step, chunk)
            clock = time.perf_counter()
            state, made = _guarded(
                gan, state, source, target - step, history, divergence
            )
            chunk = _next_chunk(chunk, time.perf_counter() - clock)
            step += made
            _show(bar, made, history)
    except KeyboardInterrupt:
        step = int(np.max(state.step))
        history.cut(step - history.first_step)
        history.stopped = f"interrupted after {len(history)} steps; nothing is lost"
    if on_frame and shown != step:
        on_frame(state, history)
    if saved != step:
        save(state, history)
    return state


def _guarded(gan, state, source, n, history, divergence):
    """Run n updates; on a fault, replay to the last good state and say what broke."""
    after, reports = jax.block_until_ready(run(gan, state, source, n))
    reports = jax.device_get(reports)
    fault = find_fault(gan, state, after, reports, source, divergence)
    if fault is None:
        history.append(reports)
        return after, n
    history.append(jax.tree.map(lambda x: x[: fault.good], reports))
    history.stopped = fault.message
    return fault.state, fault.good


def _next_chunk(chunk: int, seconds: float, target: float = 0.25) -> int:
    """Aim at four updates of the bar a second; results do not depend on the chunk."""
    if seconds < target:
        return chunk * 2
    return max(1, chunk // 2) if seconds > 3 * target else chunk


def _show(bar, made, history):
    bar.update(made)
    if len(history):
        d, g = history.latest()
        bar.set_postfix(D=f"{d:.3f}", G=f"{g:.3f}", refresh=False)


def _check_source(gan, source):
    key = jax.random.key(0)
    x = jax.eval_shape(lambda: source.batch(key, 0)).x
    expected = (gan.update.draws, source.batch_size, *gan.sample_shape)
    if x.shape != expected:
        raise ValueError(
            f"source gives batches of shape {x.shape}; expected {expected}, because "
            f"the generator makes samples of shape {gan.sample_shape}. Likely cause: "
            "another data set, one channel against three, or labels in place of images."
        )
