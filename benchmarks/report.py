"""Tables, charts and JSON of what was measured."""

import datetime
import importlib.metadata
import json
import os
import platform
from pathlib import Path

import jax

from benchmarks import goals

RESULTS = Path(__file__).parent / "results"


def surroundings() -> dict:
    """Say on what a measurement was made, and when."""
    packages = (
        "jax",
        "flax",
        "optax",
        "torch",
        "tensorflow-cpu",
        "tensorflow",
        "numpy",
    )
    versions = {"python": platform.python_version()}
    for name in packages:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else "?"
    device = jax.devices()[0]
    kind = device.device_kind if device.platform != "cpu" else _processor()
    today = datetime.date.today().isoformat()
    return {"device": f"{kind}, {cores} cores", "versions": versions, "date": today}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "CPU"
    names = [line.split(":", 1)[1].strip() for line in lines if "model name" in line]
    return names[0] if names else "CPU"


def table(results: list[dict]) -> str:
    """Write the ratios (peer's time over ours) as a Markdown table.

    A number that falls short of what we set out to reach has its goal beside it.
    """
    peers = sorted({peer for r in results for peer in r.get("peers", {})})
    head = ["case", "ours", *(f"against {peer}" for peer in peers), "share of peak"]
    rows = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    for r in results:
        own = goals.ours(r["case"], r["ours"])
        cells = [r["case"], _seconds(r["ours"], r["unit"]) + own]
        for peer in peers:
            cells.append(_ratio(r, peer))
        share = r.get("peak_share")
        short = "" if share is None else goals.share(r["case"], share)
        cells.append("" if share is None else f"{share:.0%}{short}")
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _ratio(r: dict, peer: str) -> str:
    """Write a peer's time over ours; `>10x` where it was stopped before its goal."""
    if peer not in r.get("peers", {}):
        return ""
    ratio = r["peers"][peer] / r["ours"]
    if not _done(r, peer):
        return f">{ratio:.0f}x"
    return f"{ratio:.2f}x{goals.ratio(r['case'], peer, ratio)}"


def _done(r: dict, peer: str) -> bool:
    return r.get("reached", {}).get(peer, True)


def choices(results: list[dict]) -> str:
    """Write which form each case was computed in, and the time of the others."""
    lines = []
    for r in results:
        for question, made in r.get("choices", {}).items():
            took = made["seconds"]
            others = ", ".join(
                f"{name} {seconds / took[made['form']]:.2f} times as long"
                for name, seconds in took.items()
                if name != made["form"]
            )
            lines.append(f"{r['case']}: {made['form']} for {question} ({others})")
    return "\n".join(lines)


def file_of(device: str) -> str:
    """Name the file that keeps the results of a processor."""
    words = "".join(c if c.isalnum() else " " for c in device.split(",")[0].lower())
    marks = ("r", "tm", "processor", "cpu")
    return "speed-" + "-".join(w for w in words.split() if w not in marks) + ".json"


def keep(results: list[dict]) -> list[dict]:
    """Put cases into the file of their processor; return all that it then holds."""
    path = RESULTS / file_of(results[0]["device"])
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    cases = {r["case"]: r for r in [*held, *results]}
    path.write_text(json.dumps([*cases.values()], indent=1) + "\n", encoding="utf-8")
    return [*cases.values()]


def _seconds(value: float, unit: str) -> str:
    if not unit.startswith("s"):
        return f"{value:.2f} {unit}"
    for size, name in ((1, "s"), (1e-3, "ms"), (1e-6, "us")):
        if value >= size:
            return f"{value / size:.3g} {name}" + unit[1:]
    return f"{value:.2g} {unit}"


def chart(results: list[dict], path: str) -> None:
    """Draw the ratios on a logarithmic axis, with a line at 1, and save a PNG."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import FixedLocator, NullLocator

    shown = [r for r in results if r.get("peers")]
    peers = sorted({peer for r in shown for peer in r["peers"]})
    figure = Figure(figsize=(7, 0.55 * len(shown) + 1.3), layout="constrained")
    axes = figure.subplots()
    marks = dict(zip(peers, "osD^", strict=False))
    colours = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
    for peer, colour in zip(peers, colours, strict=False):
        points = [
            (r["peers"][peer] / r["ours"], i)
            for i, r in enumerate(shown)
            if peer in r["peers"]
        ]
        axes.plot(*zip(*points, strict=True), marks[peer], color=colour, label=peer)
    for i, r in enumerate(shown):
        for ratio in (t / r["ours"] for p, t in r["peers"].items() if not _done(r, p)):
            axes.annotate("at least   ", (ratio, i), ha="right", va="center")
    axes.axvline(1, color="black", lw=1)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator([0.5, 1, 2, 5, 10, 20]))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_yticks(range(len(shown)), [r["case"] for r in shown])
    axes.invert_yaxis()
    axes.set_xlabel("times as long as gan_utils (right of the line: we are faster)")
    axes.grid(axis="x", alpha=0.3)
    figure.legend(loc="outside upper center", ncols=len(peers), frameon=False)
    figure.savefig(path, dpi=110)
