"""What a checkpoint says of itself beside its arrays, and what does not fit it."""

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
