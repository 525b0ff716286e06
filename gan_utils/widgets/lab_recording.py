"""A recorded run in few bytes: thinned, rounded to a grid, as differences, deflated."""

import json
import zlib

import numpy as np

from gan_utils.widgets.binary import plain, split

POINTS = 150  # of data and of fakes in a recording
ARROWS = 60
COARSER = 3  # cells of a map that become one, on each side
THIN = 2  # every second node of the net
FINE, COARSE, ROUGH = 1023, 255, 63  # levels of positions, of curves, of maps
STILL = ("real", "latent", "manifold_start", "manifold_mass", "curves.x", "curves.p")
SERIES = ("losses", "charts")
VALUES = ("sentence", "step", "divergences", "bound", "modes", "accuracy", "gap")


def write(frames: list) -> bytes:
    """Write frames of one run as the bytes that `javascript/src/binary.js` plays.

    The curves over the run are those of the last frame. Positions are rounded to a
    thousandth of the view, what D says to a sixty-fourth; each track is stored as
    differences from frame to frame where that is shorter.

    Args:
        frames: Frames of the same data, in the order of their steps.

    Raises:
        ValueError: when there are none.
    """
    if not frames:
        raise ValueError("frames is empty; expected at least one frame to record.")
    parted = [split(frame) for frame in frames]
    last = frames[-1]
    shared = {"view": last.view, "settings": last.settings, "message": ""}
    shared |= {name: _series(getattr(last, name)) for name in SERIES}
    own = [{name: values[name] for name in VALUES} for values, _ in parted]
    for values, (all_values, _) in zip(own, parted, strict=True):
        values["arrows"] = {"kind": all_values["arrows"]["kind"]}
    heads, parts = [], []
    for name in parted[0][1]:
        if name.split(".")[0] not in SERIES:
            head, raw = _track(name, [arrays[name] for _, arrays in parted], last.view)
            heads.append(head)
            parts.append(raw)
    head = {"shared": shared, "frames": own, "arrays": heads}
    text = json.dumps(plain(_rounded(head)), allow_nan=False).encode()
    length = np.uint32(len(text)).tobytes()
    return zlib.compress(b"".join([length, text, *parts]), 9)


def _series(series) -> dict:
    values = {name: values.tolist() for name, values in series.values.items()}
    return {"step": series.step.tolist(), "values": values}


def _rounded(value):
    """Keep four digits of every number that is not whole."""
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    if isinstance(value, float) and np.isfinite(value):
        return float(f"{value:.4g}")
    return value


def _track(name: str, arrays: list[np.ndarray], view) -> tuple[dict, bytes]:
    still = name in STILL
    stack = np.stack([_thinned(name, a) for a in (arrays[:1] if still else arrays)])
    low, high, levels = _scale(name, stack, view)
    share = np.nan_to_num((stack - low) / (high - low), nan=0.0, posinf=1, neginf=0)
    whole = np.rint(np.clip(share, 0, 1) * levels).astype("<u2")
    flat = whole.reshape(len(whole), -1)
    changes = np.diff(flat, axis=0, prepend=np.zeros_like(flat[:1]))  # modulo 2^16
    raws = {"delta": _planes(changes, levels), "plain": _planes(flat, levels)}
    best = min(raws, key=lambda kind: len(zlib.compress(raws[kind], 6)))
    head = {"name": name, "shape": list(stack.shape[1:]), "still": still}
    head |= {"low": low, "high": high, "levels": levels, "delta": best == "delta"}
    return head, raws[best]


def _planes(whole: np.ndarray, levels: int) -> bytes:
    """Write the low bytes of all numbers, then the high ones where there are any."""
    low = (whole & 255).astype("u1").tobytes()
    return low if levels <= 255 else low + (whole >> 8).astype("u1").tobytes()


def _thinned(name: str, array: np.ndarray) -> np.ndarray:
    if name in ("heat", "best"):
        side = len(array) // COARSER
        return array.reshape(side, COARSER, side, COARSER).mean((1, 3))
    if name in ("manifold", "manifold_start"):
        return array[::THIN, :: THIN if array.shape[1] > 1 else 1]
    if name == "manifold_mass":
        across = THIN if array.shape[1] > 1 else 1
        shape = (len(array) // THIN, THIN, array.shape[1] // across, across)
        return array.reshape(shape).sum((1, 3))
    many = {"real": POINTS, "fake": POINTS, "latent": POINTS}.get(name)
    if name.startswith("arrows"):
        many = ARROWS
    return array[:many]


def _scale(name: str, stack: np.ndarray, view) -> tuple[float, float, int]:
    if name in ("heat", "best"):
        return 0.0, 1.0, ROUGH
    left, right = view[:2]
    room = 0.15 * (right - left)
    if name in ("real", "fake", "latent", "arrows.origin"):
        return left - room, right + room, FINE
    if name.startswith("manifold") and name != "manifold_mass":
        return left - room, right + room, FINE
    known = stack[np.isfinite(stack)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 1.0)
    return float(low), float(high if high > low else low + 1), COARSE
