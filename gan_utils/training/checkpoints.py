"""Checkpoints: a run's whole state and history, through orbax, never overwritten."""

import errno
import hashlib
import json
import os
import re
import warnings
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.cautions import caution
from gan_utils.engine import measured
from gan_utils.training import made_with as making
from gan_utils.training import orbax_store
from gan_utils.training.history import History
from gan_utils.training.state import GANState

ASIDE = "damaged"  # folder for those that cannot be read
_STEP = re.compile("0|[1-9][0-9]*")  # a folder with any other name is not orbax's


class Damaged(ValueError):
    """A checkpoint that cannot be read: truncated, or changed since it was written."""


def start(gan, state: GANState, directory, resume: bool, made_with: dict | None = None):
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


def steps(directory) -> list[int]:
    """List the steps with a complete checkpoint in a folder, oldest first."""
    folder = Path(directory)
    if not folder.is_dir():
        return []
    names = (p.name for p in folder.iterdir() if p.is_dir())
    return sorted(int(n) for n in names if _STEP.fullmatch(n))


def save(
    directory, gan, state: GANState, history: History, made_with: dict | None = None
) -> None:
    """Write a checkpoint of the run; does nothing when `directory` is None.

    Orbax writes into a temporary folder and renames it, so a checkpoint is there whole
    or not at all. The newest two are kept. The first in a folder is read back.

    Raises:
        OSError: the disk is full, nothing may be written there, or the first checkpoint
            cannot be read back. Older checkpoints are whole, and what was written of
            this one is gone.
    """
    if directory is not None:
        with orbax_store.silence():
            _save(directory, gan, state, history, made_with or {})


def _save(directory, gan, state: GANState, history: History, made_with: dict) -> None:
    import orbax.checkpoint as ocp

    leaves, _ = _leaves(state)
    about = _about(gan, state) | {"made": measured.record(), "made_with": made_with}
    about["sum"] = _sum(about)  # orbax has sums of the arrays, none of this
    items = ocp.args.Composite(
        state=ocp.args.StandardSave(leaves),
        history=ocp.args.StandardSave(history.arrays() | {"first": history.first_step}),
        about=ocp.args.JsonSave(about),
    )
    step, first = state.updates, not steps(directory)
    try:
        with orbax_store.manager(directory, writes=True) as manager:
            if step not in manager.all_steps() and len(history):
                manager.save(step, args=items)
    except ValueError as error:  # of orbax's store, whatever the system's error was
        code = re.search(r"os_error_code='(\d+)'", str(error))
        if not code:
            raise
        orbax_store.remove(Path(directory), f"{step}.*tmp*")
        warnings.filterwarnings("ignore", "coroutine '.*' was never awaited")
        number = int(code[1])
        raise OSError(number, os.strerror(number), str(directory)) from error
    if first and len(history):
        _read_back(directory, step, leaves)


def _read_back(directory, step: int, leaves: dict) -> None:
    """Refuse a folder whose checkpoints cannot be read, before work is lost in it."""
    try:
        _read(directory, step, leaves)
    except Exception as error:
        orbax_store.remove(Path(directory), str(step))
        raise OSError(
            errno.EIO,
            "The first checkpoint could not be read back; another folder, of plain "
            "letters and on a local disk, may work",
            str(directory),
        ) from error


def restore(directory, gan, state: GANState, step: int | None = None):
    """Read a checkpoint back.

    Args:
        directory: folder of checkpoints.
        gan: structure, equal to the one that was saved.
        state: any state of that structure, for its shapes. Its keys may be of another
            kind: those that were saved come back as they were.
        step: which checkpoint, or None for the newest.

    Returns:
        (state, history), equal to what was saved to the last bit. From now on updates
        are compiled as they were there; a warning says where they cannot be.

    Raises:
        ValueError: when there is no such checkpoint, or it belongs to another
            structure.
        Damaged: a ValueError; it is truncated or damaged. Nothing is changed on disk.
    """
    return _restore(directory, gan, state, step)[:2]


def newest(directory, gan, state: GANState):
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


def set_aside(directory, step: int) -> Path:
    """Move a checkpoint out of the way, and return where it lies now."""
    shelf = Path(directory) / ASIDE
    shelf.mkdir(exist_ok=True)
    place = shelf / f"{step}-{sum(1 for _ in shelf.iterdir())}"
    return (Path(directory) / str(step)).rename(place)


def _restore(directory, gan, state: GANState, step: int | None = None):
    """Read (state, history, what the run was made with)."""
    held = steps(directory)
    if not held or (step is not None and step not in held):
        raise ValueError(
            f"directory {str(directory)!r} holds checkpoints of steps {held}; expected "
            f"{'one' if step is None else f'step {step}'}. "
            "Likely cause: another folder."
        )
    step = held[-1] if step is None else step
    about = _careful(lambda: _read_about(directory, step), directory, step)
    made, made_with = about.pop("made", None), about.pop("made_with", {})
    about.setdefault("keys", _kinds(state))  # older ones do not say
    expected = _about(gan, state, about["keys"])
    _check_structure(about, expected, directory)
    leaves, rebuild = _leaves(state, about["keys"])

    def back():
        items = _read(directory, step, leaves)
        arrays = {name: np.asarray(x) for name, x in items.history.items()}
        return rebuild(items.state), History(int(arrays.pop("first")), arrays)

    found = _careful(back, directory, step)
    if doubt := made and measured.adopt(made):
        warnings.warn(f"{directory}: {doubt}", RuntimeWarning, stacklevel=2)
    return *found, made_with


def _careful(read, directory, step: int):
    """Return read(); what orbax makes of damage becomes Damaged, without a trace."""
    try:
        return orbax_store.quietly(read)
    except orbax_store.Failed as failure:
        kind = str(failure)
    raise _damaged(directory, step, kind)


def _read_about(directory, step: int) -> dict:
    """Read what a checkpoint says of itself.

    Raises:
        ValueError: it was changed since it was written.
    """
    import orbax.checkpoint as ocp

    with orbax_store.manager(directory) as manager:
        args = ocp.args.Composite(about=ocp.args.JsonRestore())
        about = manager.restore(step, args=args).about
    known = {"gan", "shapes", "keys", "made", "made_with", "sum"}  # older ones: fewer
    if not {"gan", "shapes"} <= set(about) <= known:
        raise ValueError("other words than were written")
    if about.pop("sum", None) not in (None, _sum(about)):
        raise ValueError("another sum than was written")
    return about


def _sum(about: dict) -> str:
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def _read(directory, step: int, leaves: dict):
    """Read the arrays of a checkpoint."""
    import orbax.checkpoint as ocp

    with orbax_store.manager(directory) as manager:
        return manager.restore(
            step,
            args=ocp.args.Composite(
                state=ocp.args.StandardRestore(leaves),
                history=ocp.args.StandardRestore(),
            ),
        )


def _is_key(leaf) -> bool:
    return jax.dtypes.issubdtype(leaf.dtype, jax.dtypes.prng_key)


def _kinds(state) -> list[str]:
    """List of what kind each key of a state is; JAX_DEFAULT_PRNG_IMPL has the names."""
    keys = filter(_is_key, jax.tree.leaves(state))
    return [str(jax.random.key_impl(key)) for key in keys]


def _leaves(state, kinds: list[str] | None = None):
    """Split a state into named plain arrays and a function that puts them back.

    With `kinds`, its keys become those of that kind, in their shapes.
    """
    leaves, structure = jax.tree.flatten(state)
    named = iter(_kinds(state) if kinds is None else kinds)
    keys = [next(named) if _is_key(leaf) else None for leaf in leaves]
    whole = {
        f"{i:04d}": _key_data(leaf, kind) if kind else leaf
        for i, (leaf, kind) in enumerate(zip(leaves, keys, strict=True))
    }
    given = {name: leaf for name, leaf in whole.items() if leaf.size}  # orbax wants one

    def rebuild(plain):
        plain = whole | plain
        values = [_place(plain[name], array) for name, array in whole.items()]
        back = [
            jax.random.wrap_key_data(v, impl=kind) if kind else v
            for v, kind in zip(values, keys, strict=True)
        ]
        return jax.tree.unflatten(structure, back)

    return given, rebuild


def _key_data(key, kind: str):
    """Return the numbers of a key, or room for those of another kind of key."""
    if kind == str(jax.random.key_impl(key)):
        return jax.random.key_data(key)
    room = jax.random.key_data(jax.random.key(0, impl=kind)).shape
    return jnp.zeros((*key.shape, *room), "uint32")


def _place(numbers, given):
    """Leave an array free to move if the given one is: tied ones compile anew."""
    free = not getattr(given, "committed", False)
    return jnp.asarray(np.asarray(numbers)) if free else numbers


def _about(gan, state, kinds: list[str] | None = None) -> dict:
    kinds = _kinds(state) if kinds is None else kinds
    leaves, _ = _leaves(state, kinds)
    shapes = [f"{leaf.dtype}{list(leaf.shape)}" for leaf in leaves.values()]
    return {"gan": gan.describe(), "shapes": shapes, "keys": kinds}


def _check_structure(saved: dict, expected: dict, directory) -> None:
    if saved == expected:
        return
    both = saved, expected
    pairs = zip(*(x["gan"].split("\n") for x in both), strict=False)
    lines = [f"saved {a}, given {b}" for a, b in pairs if a != b]
    if not lines:
        pairs = zip(saved["shapes"], expected["shapes"], strict=False)
        pairs = [(a, b) for a, b in pairs if a != b]
        a, b = pairs[0] if pairs else (f"{len(x['shapes'])} arrays" for x in both)
        lines = [f"saved {a}, given {b}; likely cause: {_cause(a, b)}"]
    difference = "; ".join(lines)
    raise ValueError(
        f"checkpoint in {str(directory)!r} is of another architecture ({difference}). "
        "Expected the GAN that wrote it. Nothing was changed."
    )


def _cause(saved: str, given: str) -> str:
    """Say what makes two arrays differ, "float32[3, 2]" for example."""
    if saved.replace("64[", "32[") == given.replace("64[", "32["):
        return "JAX_ENABLE_X64, which was set otherwise when it was saved"
    if {saved, given} == {"uint32[2]", "uint32[4]"}:
        return "JAX_DEFAULT_PRNG_IMPL, which was set otherwise when it was saved"
    return "another number of members"


def _damaged(directory, step: int, kind: str) -> Damaged:
    others = [s for s in steps(directory) if s != step]
    hint = f" Earlier steps there: {others}; pass step=." if others else ""
    return Damaged(
        f"checkpoint of step {step} in {str(directory)!r} cannot be read: truncated or "
        f"damaged ({kind}). Nothing was changed.{hint}"
    )
