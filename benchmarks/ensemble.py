"""What a seed costs in an ensemble, beside a run on its own."""

from benchmarks import data, timing
from benchmarks.peers.ours import Ours
from benchmarks.spec import SPECS


def measure(rounds: int, peers: list[str]) -> list[dict]:
    """Time 16 and 64 seeds of `lab` and `ring` against one; it has no peers."""
    results = []
    for case in ("lab", "ring"):
        spec = SPECS[case]
        source = data.load(spec.data, False)
        sides = {"1": Ours(spec, source)}
        sides |= {str(n): Ours(spec, source, members=n) for n in (16, 64)}
        times = timing.interleaved(sides, rounds)
        for n in (16, 64):
            low, high = times[str(n)].spread
            results.append(
                {
                    "case": f"ensemble {case} x{n}",
                    "unit": "of one model-step",
                    "ours": times[str(n)].median / n / times["1"].median,
                    "spread": {"s/step": (low, high), "alone": times["1"].spread},
                }
            )
    return results
