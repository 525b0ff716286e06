"""Checkpoints: a run's whole state and history, through orbax, never overwritten."""

import errno
import warnings
from pathlib import Path

import numpy as np

from gan_utils import validate
from gan_utils.cautions import caution
from gan_utils.engine import measured
from gan_utils.history import History
from gan_utils.saving import contents, leaves, store
from gan_utils.saving import made_with as making
from gan_utils.saving.store import set_aside, steps


class Damaged(ValueError):
    """A checkpoint that cannot be read: truncated, or changed since it was written."""


def start(gan, state, directory, resume: bool, made_with: dict | None = None):
    """Decide where a run starts: at `state`, or at the newest checkpoint.

    A warning says where the state or the data given are not those of the checkpoint.
    Checkpoints that cannot be read are set aside, with a warning, where there is an
    older one to go on from.

    Args:
        gan: structure.
        state: where a new run starts.
        directory: folder of checkpoints, or None.
        resume: go on from the newest checkpoint where there is one.
        made_with: what `made_with.found` says of the source, or None.

    Raises:
        ValueError: when the folder holds checkpoints and `resume` is False, or holds
            those of another structure, of samples of another shape, or damaged ones
            alone.
    """
    fresh = History(first_step=state.updates)
    if directory is None or not steps(directory):
        return state, fresh
    if not resume:
        raise ValueError(
            f"checkpoint_dir {str(directory)!r} already holds checkpoints of steps "
            f"{steps(directory)}; expected an empty folder, so that nothing is "
            "overwritten. Pass resume=True to go on from there, or name another folder."
        )
    (back, history, saved_with), damaged = newest(directory, gan, state)
    for step in damaged:
        place = set_aside(directory, step)
        text = f"a checkpoint is damaged; it now lies in {place}, and the run goes on "
        caution(f"{text}from step {back.updates}.", RuntimeWarning)
    making.compare(saved_with, made_with or {}, directory)
    making.compare_states(back, state, directory)
    return back, history


def save(
    directory, gan, state, history: History, made_with: dict | None = None
) -> None:
    """Write a checkpoint of the run; does nothing when `directory` is None.

    It is there whole or not at all. The newest two are kept. The first in a folder is
    read back.

    Raises:
        ValueError: arguments in another order.
        OSError: the disk is full, nothing may be written there, or the first checkpoint
            cannot be read back. Older checkpoints are whole, and what was written of
            this one is gone.
    """
    if directory is None:
        return
    _require(directory, gan, state)
    if not isinstance(history, History):
        raise ValueError(
            f"history is {validate.describe(history)}; expected the History that "
            "`train` returned."
        )
    if not len(history):
        return
    arrays, _ = leaves.split(state)
    about = contents.structure(gan, state)
    about |= {"made": measured.record(), "made_with": made_with or {}}
    reports = history.arrays() | {"first": history.first_step}
    step, first = state.updates, not steps(directory)
    with store.silence():
        store.write(directory, step, arrays, reports, contents.sealed(about))
        if first:
            _read_back(directory, step, arrays)


def _require(directory, gan, state) -> None:
    """Refuse what no checkpoint is written to or read with."""
    validate.folder(directory, "directory")
    for value, name, mark, expected in (
        (gan, "gan", "describe", "GAN(generator, discriminator, latent)"),
        (state, "state", "updates", "what gan.init(key) returned"),
    ):
        if not hasattr(value, mark):
            raise ValueError(
                f"{name} is {validate.describe(value)}; expected {expected}. Likely "
                "cause: arguments in another order."
            )


def _read_back(directory, step: int, arrays: dict) -> None:
    """Refuse a folder whose checkpoints cannot be read, before work is lost in it."""
    try:
        store.read(directory, step, arrays)
    except Exception as error:
        store.remove(Path(directory), str(step))
        raise OSError(
            errno.EIO,
            "The first checkpoint could not be read back; another folder, of plain "
            "letters and on a local disk, may work",
            str(directory),
        ) from error


def restore(directory, gan, state, step: int | None = None):
    """Read a checkpoint back.

    Args:
        directory: folder of checkpoints.
        gan: structure, equal to the one that was saved.
        state: any state of that structure, for its shapes. Its keys may be of another
            kind: those that were saved come back as they were.
        step: which checkpoint, or None for the newest.

    Returns:
        (state, history), equal to what was saved to the last bit. From now on updates
        of such sizes are compiled as they were there, in the whole process: whatever
        updates this state next, `train`, `run` or `gan.step`, must give its bits, and
        neither a state nor a GAN holds words of a machine. A warning says where they
        cannot be.

    Raises:
        ValueError: when there is no such checkpoint, or it belongs to another
            structure.
        Damaged: a ValueError; it is truncated or damaged. Nothing is changed on disk.
    """
    return _restore(directory, gan, state, step)[:2]


def newest(directory, gan, state):
    """Read the newest checkpoint that can be read.

    Args:
        directory, gan, state: those of `restore`.

    Returns:
        ((state, history, what the run was made with), damaged): the steps of newer
        checkpoints, which cannot be read.

    Raises:
        ValueError: those of `restore`.
        Damaged: none can be read; the error of the oldest.
    """
    damaged = []
    for step in reversed(steps(directory)[1:]):
        try:
            return _restore(directory, gan, state, step), damaged
        except Damaged:
            damaged.append(step)
    return _restore(directory, gan, state, min(steps(directory), default=None)), damaged


def _restore(directory, gan, state, step: int | None = None):
    """Read (state, history, what the run was made with)."""
    _require(directory, gan, state)
    held = steps(directory)
    if not held or (step is not None and step not in held):
        raise ValueError(
            f"directory {str(directory)!r} holds checkpoints of steps {held}; expected "
            f"{'one' if step is None else f'step {step}'}. "
            "Likely cause: another folder."
        )
    step = held[-1] if step is None else step

    def words():
        return contents.opened(store.read_about(directory, step))

    about = _careful(words, directory, step)
    made, made_with = about.pop("made", None), about.pop("made_with", {})
    about.setdefault("keys", leaves.kinds_of_keys(state))  # older ones do not say
    expected = contents.structure(gan, state, about["keys"])
    contents.require_same(about, expected, directory)
    arrays, rebuild = leaves.split(state, about["keys"])

    def back():
        plain, reports = store.read(directory, step, arrays)
        reports = {name: np.asarray(x) for name, x in reports.items()}
        return rebuild(plain), History(int(reports.pop("first")), reports)

    found = _careful(back, directory, step)
    if doubt := made and measured.adopt(made):
        warnings.warn(f"{directory}: {doubt}", RuntimeWarning, stacklevel=2)
    return *found, made_with


def _careful(read, directory, step: int):
    """Return read(); what orbax makes of damage becomes Damaged, without a trace."""
    try:
        return store.quietly(read)
    except store.Failed as failure:
        kind = str(failure)
    raise _damaged(directory, step, kind)


def _damaged(directory, step: int, kind: str) -> Damaged:
    others = [s for s in steps(directory) if s != step]
    hint = f" Earlier steps there: {others}; pass step=." if others else ""
    return Damaged(
        f"checkpoint of step {step} in {str(directory)!r} cannot be read: truncated or "
        f"damaged ({kind}). Nothing was changed.{hint}"
    )
