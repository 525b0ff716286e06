"""The training loop: chunks of compiled updates with bar, guard and checkpoints."""

import dataclasses
import time
import warnings
from functools import partial
from typing import Any

import jax

from gan_utils import engine
from gan_utils.data.batches import batches as make_batches
from gan_utils.history import History
from gan_utils.progress import bar as make_bar
from gan_utils.saving import checkpoints
from gan_utils.saving.made_with import found
from gan_utils.training.checks import call, inputs
from gan_utils.training.gan import GAN
from gan_utils.training.guard import find_fault
from gan_utils.training.state import GANState

LOOK_AT = 16  # updates after which the discriminator's outputs are looked at


def train(
    gan: GAN,
    state: GANState,
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
) -> tuple[GANState, History]:
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
            The run keeps its own hyper-parameters and key; a warning says where those
            of `state`, the data or the batch size are not what they were.
        divergence: losses beyond this size stop the run.

    Returns:
        (state, history). When the guard or an interrupt ends the run early, `state` is
        the last good one; `history.stopped` and a warning say why.

    Raises:
        ValueError: for bad arguments or data, or a folder that already holds
            checkpoints and `resume` is False (nothing is overwritten), or those of a
            run on samples of another shape.
        OSError: a checkpoint cannot be written.
    """
    call.require_numbers(
        steps, frame_every, checkpoint_every, divergence, on_frame, progress
    )
    call.require_folder(checkpoint_dir, checkpoint_every, resume)
    inputs.require_gan(gan)
    inputs.require_own(gan, state, "d", "g", "ema")
    call.require_members(state)
    source = make_batches(source, batch_size, gan.update.draws)
    inputs.require_source(gan, source)
    made_with = found(source) if checkpoint_dir is not None else None
    state, history = checkpoints.start(gan, state, checkpoint_dir, resume, made_with)
    first = state.updates
    stop = max(first, steps) if resume else first + steps
    frames = _Every(frame_every if on_frame else None, on_frame)
    save = partial(checkpoints.save, checkpoint_dir, gan, made_with=made_with)
    saves = _Every(checkpoint_every, save)
    work = _Run(gan, source, state, history, stop, divergence, frames, saves)
    with make_bar(
        total=stop, initial=first, disable=not progress, unit="step", leave=False
    ) as bar:
        work.advance(bar)
    if history.stopped:
        warnings.warn(history.stopped, RuntimeWarning, stacklevel=2)
    return work.state, history


class _Every:
    """Something that is done every so many updates, and at most once in each."""

    def __init__(self, every: int | None, do):
        self.every, self.do, self.last = every, do, None

    def __call__(self, state, history) -> None:
        """Do it, unless it was done in this update."""
        if self.do is not None and self.last != state.updates:
            self.do(state, history)
            self.last = state.updates

    def is_due(self, step: int) -> bool:
        """Tell whether it falls on this update."""
        return bool(self.every) and step % self.every == 0

    def next(self, step: int) -> list[int]:
        """List the next update that it falls on, if it ever does."""
        return [(step // self.every + 1) * self.every] if self.every else []


@dataclasses.dataclass
class _Run:
    """One call of `train`: where it stands, and what it owes on the way."""

    gan: GAN
    source: Any
    state: GANState
    history: History
    stop: int
    divergence: float
    frames: _Every
    saves: _Every
    looked: bool = False  # at the discriminator's outputs

    @property
    def step(self) -> int:
        return self.state.updates

    def advance(self, bar) -> None:
        """Run to the end, to a fault or to an interrupt, chunk by chunk."""
        chunk = 1 if self.gan.convolves else 16  # the engine draws for 16 at once
        try:
            self.frames(self.state, self.history)
            while self.step < self.stop and not self.history.stopped:
                clock = time.perf_counter()
                made = self.updates(self.next_stop(chunk) - self.step)
                chunk = _next_chunk(chunk, made, time.perf_counter() - clock)
                _show(bar, made, self.history)
                self.look()
                for each in (self.frames, self.saves):
                    if each.is_due(self.step):
                        each(self.state, self.history)
            self.frames(self.state, self.history)
        except KeyboardInterrupt:
            self.history.cut(self.step - self.history.first_step)
            done = f"interrupted after {len(self.history)} steps"
            self.history.stopped = f"{done}; the state returned is that of the last one"
        finally:  # whatever else went wrong, what was trained is kept
            self.saves(self.state, self.history)

    def next_stop(self, chunk: int) -> int:
        """Find the next step at which to come up for air."""
        marks = self.frames.next(self.step) + self.saves.next(self.step)
        return min(self.stop, self.step + chunk, *marks)

    def updates(self, n: int) -> int:
        """Run n updates; on a fault, go back to the last good state and say so."""
        after, reports = engine.run(self.gan, self.state, self.source, n)
        chunk = self.gan, self.state, after, reports, self.source
        if fault := find_fault(*chunk, self.divergence):
            after, n, self.history.stopped = fault
        self.history.append(jax.tree.map(lambda x: x[:n], reports))
        self.state = after
        return n

    def look(self) -> None:
        """Warn, once and early, where the discriminator returns probabilities."""
        early = len(self.history) < LOOK_AT and self.step < self.stop
        if self.looked or early or self.history.stopped:
            return
        self.looked = True
        means = self.history.d_real, self.history.d_fake
        if all(((mean > 0) & (mean < 1)).all() for mean in means):
            doubt = inputs.sigmoid_left(self.gan, self.state, self.source)
            if doubt:
                warnings.warn(doubt, RuntimeWarning, stacklevel=4)


def _next_chunk(chunk: int, made: int, seconds: float, target: float = 0.25) -> int:
    """Aim at four updates of the bar a second; results do not depend on the chunk.

    Only a whole chunk shows that a longer one would do; a short way to the next frame
    says nothing of it.
    """
    if seconds < target:
        return chunk * 2 if made == chunk else chunk
    return max(1, chunk // 2) if seconds > 3 * target else chunk


def _show(bar, made, history):
    bar.update(made)
    if len(history):
        d, g = history.latest()
        bar.set_postfix(D=f"{d:.3f}", G=f"{g:.3f}", refresh=False)
