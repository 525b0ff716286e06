"""Frames as bytes: a JSON head and raw arrays, read by `javascript/src/binary.js`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np

SHARES = {"heat", "best", "pictures"}  # numbers in [0, 1]: one byte each is enough
ALIGN = 4


def pack(thing, before: dict | None = None) -> bytes:
    """Write a dataclass or mapping of arrays, numbers and words as bytes.

    Arrays become float32, or one byte a number where `SHARES` says so. NaN and infinity
    outside arrays become null.

    Args:
        thing: a Frame, a Wall, or a mapping.
        before: arrays that the reader already has, by path; it is updated. An array
            that has not changed is named, not sent.

    Returns:
        Four bytes with the length of the head, the head, the arrays.
    """
    before = {} if before is None else before
    values, arrays = split(thing)
    head = {"values": plain(values), "arrays": [], "same": []}
    parts, at = [], 0
    for name, array in arrays.items():
        if name in before and np.array_equal(before[name], array):
            head["same"].append(name)
            continue
        before[name] = array
        kind, raw = _raw(name, array)
        head["arrays"].append(
            {"name": name, "at": at, "bytes": len(raw), "kind": kind}
            | {"shape": list(array.shape), "low": 0, "high": 1}
        )
        padding = b"\0" * (-len(raw) % ALIGN)
        parts += [raw, padding]
        at += len(raw) + len(padding)
    text = json.dumps(head, allow_nan=False).encode()
    return b"".join([np.uint32(len(text)).tobytes(), text, *parts])


def _raw(name: str, array: np.ndarray) -> tuple[str, bytes]:
    if name in SHARES:
        share = np.nan_to_num(np.clip(array, 0, 1), nan=0.5)
        return "u1", np.rint(255 * share).astype("u1").tobytes()
    return "f4", np.ascontiguousarray(array, "<f4").tobytes()


def unpack(buffer: bytes) -> dict:
    """Read what `pack` wrote: values, and arrays by path.

    Args:
        buffer: bytes in which no array was left out.
    """
    length = int(np.frombuffer(buffer[:4], "<u4")[0])
    head = json.loads(buffer[4 : 4 + length])
    found = dict(head["values"])
    for one in head["arrays"]:
        raw = buffer[4 + length + one["at"] :][: one["bytes"]]
        array = np.frombuffer(raw, f"<{one['kind']}").reshape(one["shape"])
        found[one["name"]] = array / 255 if one["kind"] == "u1" else array
    return found


def split(thing) -> tuple[dict, dict[str, np.ndarray]]:
    """Part a nested thing into values, and arrays by a path such as "arrows.origin"."""
    values, arrays = {}, {}
    for name, value in _items(thing):
        if isinstance(value, np.ndarray):
            arrays[name] = value
        elif is_dataclass(value) or isinstance(value, Mapping):
            values[name], inner = split(value)
            arrays |= {f"{name}.{path}": array for path, array in inner.items()}
        else:
            values[name] = value
    return values, arrays


def _items(thing) -> Iterator:
    if isinstance(thing, Mapping):
        return iter(thing.items())
    return ((field.name, getattr(thing, field.name)) for field in fields(thing))


def plain(value):
    """Return the value as JSON holds it: NumPy's numbers as Python's, NaN as None."""
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
