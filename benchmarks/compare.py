"""One case: build all sides, check that they compute the same, time them."""

import importlib

import numpy as np

from benchmarks import data, timing
from benchmarks.peers import ours
from benchmarks.spec import Spec
from gan_utils import roofline
from gan_utils.training.runner import update

MODULES = {
    "torch": "torch_eager",
    "tf": "tensorflow_function",
    "flax": "flax_nnx",
}
CHECKED = 3  # first steps whose losses must agree


def sides_of(spec: Spec, peers: list[str], notice=print) -> tuple[dict, ours.Ours]:
    """Build our side and those peers that are installed; say which are not."""
    source = data.load(spec.data, spec.convolutional)
    mine = ours.Ours(spec, source)
    start = mine.start(CHECKED)
    sides = {"ours": mine}
    for peer in peers:
        try:
            module = importlib.import_module(f"benchmarks.peers.{MODULES[peer]}")
        except ImportError as error:
            notice(f"{spec.name}: {peer} skipped, {error}")
            continue
        for variant, side in module.make(spec, start, source).items():
            try:
                found = side.losses(start)
            except Exception as error:  # a variant that cannot run here
                notice(f"{spec.name}: {peer} {variant} skipped, {error!r:.100}")
                continue
            _same(spec.name, f"{peer} {variant}", mine.losses(start), found)
            sides[f"{peer} {variant}"] = side
    return sides, mine


def _same(case, name, mine, theirs):
    if not np.allclose(mine, theirs, rtol=2e-3, atol=2e-4):
        raise RuntimeError(
            f"{case}: {name} does not compute the same. Losses of the first steps: "
            f"{np.round(theirs, 5).tolist()}; ours: {np.round(mine, 5).tolist()}."
        )


def compare(spec: Spec, peers: list[str], rounds: int, notice=print) -> dict:
    """Run one case.

    Args:
        spec: the case.
        peers: among "torch", "tf", "flax".
        rounds: how often each side is timed.
        notice: called with a line of text for everything that is left out.

    Returns:
        The case's JSON object, see `benchmarks.report`.
    """
    sides, mine = sides_of(spec, peers, notice)
    times = timing.interleaved(sides, rounds)
    best = {}
    for name in times:
        peer = name.split()[0]
        if peer != "ours" and (
            peer not in best or times[name].median < times[best[peer]].median
        ):
            best[peer] = name
    return {
        "case": spec.name,
        "unit": "s/step",
        "ours": times["ours"].median,
        "peers": {peer: times[name].median for peer, name in best.items()},
        "variants": {name: timed.median for name, timed in times.items()},
        "spread": {name: timed.spread for name, timed in times.items()},
        "peak_share": peak_share(mine, times["ours"].median),
    }


def peak_share(side: ours.Ours, seconds: float) -> float:
    """Give our rate as a share of the matrix peak; XLA counts the operations."""

    def step(state, source):
        return update(side.gan, state, source)

    found = roofline.roofline(step, side.state, side.source, repeats=1)
    return found.operations / seconds / found.peak
