"""One case: build all sides, check that they compute the same, time them."""

import time

import numpy as np

from benchmarks import data, roofline, timing
from benchmarks.peers import ours
from benchmarks.spec import Spec
from benchmarks.worker import MODULES, Worker, variants
from gan_utils.engine import measured

PEERS = tuple(name for name in MODULES if name != "ours")
CHECKED = 3  # first steps whose losses must agree


def sides_of(spec: Spec, peers: list[str], notice=print) -> tuple[dict, ours.Ours]:
    """Build our side and those peers that are installed; say which are not.

    Returns:
        (sides, mine): a Worker for each name, and our side in this process.
    """
    source = data.load(spec.data, spec.convolutional)
    mine = ours.Ours(spec, source)
    start = mine.start(CHECKED)
    expected = mine.losses(start)
    sides = {"ours": Worker("ours", "", spec, start, source)}
    for peer in peers:
        try:
            found = variants(peer, spec)
        except ImportError as error:
            notice(f"{spec.name}: {peer} skipped, {error}")
            continue
        if spec.gpu and peer != "torch":
            notice(f"{spec.name}: {peer} skipped, it has no fast path on a GPU here")
            continue
        for variant in found:
            name = f"{peer} {variant}"
            try:
                side = Worker(peer, variant, spec, start, source)
                digits = 3 - spec.gpu - (spec.dtype == "bfloat16")
                _same(spec.name, name, expected, side.losses(start), digits)
            except RuntimeError as error:  # a variant that cannot run here
                notice(f"{spec.name}: {name} skipped, {error!s:.200}")
                continue
            sides[name] = side
    return sides, mine


class Differs(AssertionError):
    """Two sides do not compute the same; their times must not be compared."""


def _same(case, name, mine, theirs, digits=3):
    if not np.allclose(mine, theirs, rtol=2 * 10.0**-digits, atol=2e-4):
        raise Differs(
            f"{case}: {name} does not compute the same. Losses of the first steps: "
            f"{np.round(theirs, 5).tolist()}; ours: {np.round(mine, 5).tolist()}."
        )


def compare(spec: Spec, peers: list[str], rounds: int, notice=print) -> dict:
    """Run one case.

    Args:
        spec: the case.
        peers: among PEERS.
        rounds: how often each side is timed.
        notice: called with a line of text for everything that is left out.

    Returns:
        The case's JSON object, see `benchmarks.report`.
    """
    measured.forget()
    sides, mine = sides_of(spec, peers, notice)
    times = timing.interleaved(sides, rounds)
    memory = {name: side.peak_memory() for name, side in sides.items()}
    for side in sides.values():
        side.close()
    best = {}
    for name in times:
        peer = name.split()[0]
        if peer != "ours" and (
            peer not in best or times[name].median < times[best[peer]].median
        ):
            best[peer] = name
    found = {
        "case": spec.name,
        "unit": "s/step",
        "ours": times["ours"].median,
        "peers": {peer: times[name].median for peer, name in best.items()},
        "variants": {name: timed.median for name, timed in times.items()},
        "spread": {name: timed.spread for name, timed in times.items()},
        "peak_memory": memory,
        "peak_share": peak_share(mine, times["ours"].median),
        "choices": choices(),
    }
    if spec.whole_run:
        found["whole_run"] = whole_runs(spec, ["ours", *best.values()])
    return found


def choices() -> dict[str, dict]:
    """Return what our side asked for, what it took, and the seconds of every form."""
    kept = measured.known()
    return {
        question: {"form": form, "seconds": kept[question].seconds}
        for question, form in measured.record()["forms"].items()
        if question in kept
    }


def whole_runs(spec: Spec, names: list[str]) -> dict[str, float]:
    """Time a complete run of each side: process, imports, compilation and all steps."""
    source = data.load(spec.data, spec.convolutional)
    start = ours.Ours(spec, source).start(1)
    seconds = {}
    for name in names:
        peer, _, variant = name.partition(" ")
        begin = time.perf_counter()
        side = Worker(peer, variant, spec, start, source)
        side.run(spec.whole_run)
        seconds[name] = time.perf_counter() - begin
        side.close()
    return seconds


def peak_share(side: ours.Ours, seconds: float) -> float:
    """Give our rate as a share of the matrix peak; XLA counts the operations."""

    def step(state, source):
        return side.gan.step(state, source.batch(state.key, state.step))

    found = roofline.roofline(step, side.state, side.source, repeats=1)
    return found.operations / seconds / found.peak
