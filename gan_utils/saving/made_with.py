"""What a run is made with besides its state: its data, its batches, JAX's switches.

A checkpoint keeps it, so that a run that goes on says what is not as it was.
"""

import zlib

import jax
import numpy as np

from gan_utils.cautions import caution

SWITCHES = ("jax_enable_x64", "jax_threefry_partitionable")  # both change the numbers


def found(source) -> dict:
    """Describe a source of batches and JAX's switches, as what JSON holds.

    The whole content is summed up, about 0.2 s for 200 MB.

    Args:
        source: Batches.

    Returns:
        Facts by name: the same for the same data in any process.
    """
    x, y, _ = jax.eval_shape(lambda: source.batch(jax.random.key(0), 0))
    stored = isinstance(source.source, tuple)
    kind = type(source.source)
    return {
        "shape": list(x.shape[2:]),
        "batch_size": source.batch_size,
        "kind": "array" if stored else f"{kind.__module__}.{kind.__qualname__}",
        "rows": len(source.source[0]) if stored else None,
        "labels": y is not None,
        "content": _checksum(source.source),
        "switches": {name: bool(getattr(jax.config, name)) for name in SWITCHES},
    }


def _checksum(tree) -> int:
    total = 0
    for leaf in jax.tree.leaves(tree):
        if hasattr(leaf, "dtype"):  # others are objects, known by their kind alone
            values = np.ascontiguousarray(leaf)
            total = zlib.crc32(f"{values.dtype}{values.shape}".encode(), total)
            total = zlib.crc32(values.reshape(-1).view("uint8"), total)
    return total


def compare(saved: dict, given: dict, directory) -> None:
    """Say what is not as it was when the checkpoint was written.

    Args:
        saved: what `found` returned then; {} when nothing was kept.
        given: what it returns now.
        directory: of the checkpoints, for the message.

    Raises:
        ValueError: samples of another shape.
    """
    if not saved:
        return
    if saved["shape"] != given["shape"]:
        raise ValueError(
            f"source gives samples of shape {_tuple(given)}; the run in "
            f"{str(directory)!r} was trained on shape {_tuple(saved)}. Likely cause: "
            "another data set, or another folder. Nothing was changed."
        )
    changes = _changes(saved, given)
    if changes:
        caution(
            f"the run in {str(directory)!r} goes on, but not as it began: "
            f"{'; '.join(changes)}. It is no longer the run that one call would have "
            "made. If that is not meant, give it what it had, or start in an empty "
            "folder.",
            RuntimeWarning,
        )


def _changes(saved: dict, given: dict) -> list[str]:
    names = {"batch_size": "batch_size", "rows": "rows of data"}
    changes = [
        f"{words} {given[name]}, was {saved[name]}"
        for name, words in names.items()
        if saved[name] != given[name] and None not in (saved[name], given[name])
    ]
    if saved["kind"] != given["kind"]:
        changes.append(f"data from {given['kind']}, was {saved['kind']}")
    elif saved["labels"] != given["labels"]:
        changes.append(f"{'with' if given['labels'] else 'without'} labels")
    elif saved["content"] != given["content"] and saved["rows"] == given["rows"]:
        changes.append("other data than before, or the same in another order or scale")
    for name, was in saved["switches"].items():
        if given["switches"].get(name, was) != was:
            changes.append(f"{name.upper()} is {not was}, was {was}")
    return changes


def _tuple(facts: dict) -> tuple[int, ...]:
    return tuple(facts["shape"])


def compare_states(saved, given, directory) -> None:
    """Say where the numbers that a resumed run was given differ from its own.

    Its own are used; those given only lend their shapes.
    """
    names = [
        f"{name} {_numbers(mine)}, not {_numbers(theirs)}"
        for name, mine, theirs in zip(
            saved.hyper._fields, saved.hyper, given.hyper, strict=True
        )
        if not _same(mine, theirs)
    ]
    if not _same(_key(saved), _key(given)):
        names.append("its own key, not that of the state given")
    if names:
        caution(
            f"the run in {str(directory)!r} goes on with what it was saved with: "
            f"{'; '.join(names)}. To go on with other numbers, restore it by "
            "checkpoints.restore, replace them, and train into an empty folder.",
            RuntimeWarning,
        )


def _key(state):
    typed = jax.dtypes.issubdtype(state.key.dtype, jax.dtypes.prng_key)
    kind = (str(jax.random.key_impl(state.key)),) if typed else ()
    return (*kind, jax.random.key_data(state.key) if typed else state.key)


def _same(a, b) -> bool:
    if jax.tree.structure(a) != jax.tree.structure(b):
        return False
    pairs = zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True)
    return all(np.array_equal(x, y) for x, y in pairs)


def _numbers(value) -> str:
    """Write a hyper-parameter, or the ends of a schedule, briefly."""
    parts = [np.unique(np.asarray(part)) for part in jax.tree.leaves(value)]
    texts = [" to ".join(f"{p:.4g}" for p in {v[0]: 0, v[-1]: 0}) for v in parts]
    kind = type(value).__name__.lower()
    return texts[0] if len(texts) == 1 else f"{kind}({', '.join(texts)})"
