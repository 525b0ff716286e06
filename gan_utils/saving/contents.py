"""What a checkpoint says of itself beside its arrays, and what does not fit it.

The whole of it, with the state and the history, is put together in `checkpoints.save`.
"""

import hashlib
import json

from gan_utils.saving import leaves

WORDS = {"gan", "shapes", "keys", "made", "made_with", "sum"}  # older ones have fewer


def structure(gan, state, kinds: list[str] | None = None) -> dict:
    """Describe a GAN, and the arrays of its state.

    Args:
        gan: structure.
        state: of it.
        kinds: of its keys, see `leaves.split`.
    """
    kinds = leaves.kinds_of_keys(state) if kinds is None else kinds
    arrays, _ = leaves.split(state, kinds)
    shapes = [f"{array.dtype}{list(array.shape)}" for array in arrays.values()]
    return {"gan": gan.describe(), "shapes": shapes, "keys": kinds}


def require_same(saved: dict, expected: dict, directory) -> None:
    """Refuse a checkpoint of another structure.

    Raises:
        ValueError: naming what was saved and what was given.
    """
    if saved == expected:
        return
    both = saved, expected
    pairs = zip(*(x["gan"].split("\n") for x in both), strict=False)
    lines = [_told_apart(a, b) for a, b in pairs if a != b]
    cause = "a network or setting that was changed since, or the folder of another run"
    if not lines:
        pairs = zip(saved["shapes"], expected["shapes"], strict=False)
        pairs = [(a, b) for a, b in pairs if a != b]
        a, b = pairs[0] if pairs else (f"{len(x['shapes'])} arrays" for x in both)
        lines, cause = [f"saved {a}, given {b}"], _cause(a, b)
    raise ValueError(
        f"checkpoint in {str(directory)!r} is of another architecture "
        f"({'; '.join(lines)}). Expected the GAN that wrote it. Likely cause: {cause}. "
        "Nothing was changed."
    )


def _told_apart(saved: str, given: str) -> str:
    """Say where two lines of a description begin to differ."""
    pairs = enumerate(zip(saved, given, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(saved), len(given)))
    start = max(saved.rfind(mark, 0, same) + 1 for mark in (" ", "(", ","))
    name = saved.split(":")[0]
    cut = [
        text[start : start + 60] + "..." * (len(text) > start + 60)
        for text in (saved, given)
    ]
    return f"{name}: saved {cut[0]}, given {cut[1]}"


def _cause(saved: str, given: str) -> str:
    """Say what makes two arrays differ, "float32[3, 2]" for example."""
    if saved.replace("64[", "32[") == given.replace("64[", "32["):
        return "JAX_ENABLE_X64, which was set otherwise when it was saved"
    if {saved, given} == {"uint32[2]", "uint32[4]"}:
        return "JAX_DEFAULT_PRNG_IMPL, which was set otherwise when it was saved"
    return "another number of members"


def sealed(about: dict) -> dict:
    """Add a sum: orbax has sums of the arrays, none of these words."""
    return about | {"sum": _sum(about)}


def opened(about: dict) -> dict:
    """Take the sum off again.

    Raises:
        ValueError: the words were changed since they were written.
    """
    if not {"gan", "shapes"} <= set(about) <= WORDS:
        raise ValueError("other words than were written")
    words = {name: value for name, value in about.items() if name != "sum"}
    if about.get("sum") not in (None, _sum(words)):
        raise ValueError("another sum than was written")
    return words


def _sum(about: dict) -> str:
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
