"""What a step costs as the batch, the width or the number of seeds grows."""

import dataclasses

import numpy as np
from scipy.optimize import nnls

from benchmarks import data, roofline, timing
from benchmarks.peers.ours import Ours
from benchmarks.spec import SPECS

BATCHES = (64, 128, 256, 512, 1024)
WIDTHS = (16, 32, 64, 128, 256, 512)
MEMBERS = (4, 16)  # at a width of 32, where one seed leaves a core idle
MODEL = ("seconds a step", "seconds an operation", "seconds a byte")


def measure(rounds: int, peers: list[str]) -> list[dict]:
    """Time variations of `ring` and fit seconds = a + b operations + c bytes, all >= 0.

    Args:
        rounds: how often each is timed.
        peers: not used; this case is about us.
    """
    ring = SPECS["ring"]
    source = data.load(ring.data, False)
    settings = {(b, 128, 1): _with(ring, b, 128) for b in BATCHES}
    settings |= {(256, w, 1): _with(ring, 256, w) for w in WIDTHS}
    settings |= {(256, 32, m): _with(ring, 256, 32) for m in MEMBERS}
    sides = {
        name: Ours(spec, source, members=name[2] if name[2] > 1 else 0)
        for name, spec in settings.items()
    }
    times = timing.interleaved(sides, rounds)
    seconds = np.array([times[name].median for name in sides])
    counts = np.array([_counts(side) for side in sides.values()])
    weights, fitted = fit(counts, seconds)
    points = [
        dict(zip(("batch", "width", "members"), name, strict=True))
        | {"seconds": s, "operations": o, "bytes": b, "fitted": f}
        for name, s, (o, b), f in zip(
            sides, seconds.tolist(), counts.tolist(), fitted.tolist(), strict=True
        )
    ]
    return [
        {
            "case": "scale",
            "unit": "s/step",
            "ours": times[256, 128, 1].median,
            "spread": {"ours": times[256, 128, 1].spread},
            "model": dict(zip(MODEL, weights.tolist(), strict=True)),
            "median_error": float(np.median(np.abs(fitted / seconds - 1))),
            "worst_error": float(np.abs(fitted / seconds - 1).max()),
            "points": points,
        }
    ]


def fit(counts, seconds):
    """Fit non-negative costs to counts (N, 2), each point by its relative error.

    Returns:
        (weights, fitted): shapes (3,) and (N,).
    """
    columns = np.column_stack([np.ones(len(counts)), counts])
    scale = columns.max(axis=0)
    weights, _ = nnls(columns / scale / seconds[:, None], np.ones(len(seconds)))
    return weights / scale, columns / scale @ weights


def _with(spec, batch, width):
    hidden = (width,) * 3
    return dataclasses.replace(spec, batch=batch, hidden_g=hidden, hidden_d=hidden)


def _counts(side) -> tuple[float, float]:
    """Count the operations and bytes of one step, as XLA does."""

    def step(state, source):
        return side.gan.step(state, source.batch(state.key, state.step))

    found = roofline.roofline(
        step, side.state, side.source, peak=1.0, bandwidth=1.0, repeats=1
    )
    return found.operations, found.bytes
