"""The kept tables as a page of Markdown: python -m benchmarks.papers.summary."""

import json
from pathlib import Path

import numpy as np
import scipy.stats

from gan_utils import metrics

KEPT = Path(__file__).parent.parent / "results"


def kept(table: str) -> list[dict]:
    """Read the rows of a table that was measured before; none where it was not.

    Args:
        table: a key of `benchmarks.papers.__main__.TABLES`.
    """
    path = KEPT / f"{table}-cpu.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def clusters(table: str) -> str:
    """Write the rows of ring, grid or ladder.

    Args:
        table: one of these three.
    """
    lines = [
        "| method | seeds with all modes | modes | high quality | reverse KL |",
        "|---|---:|---:|---:|---:|",
    ]
    for row in kept(table):
        half = half_widths(row)
        lines.append(
            f"| {row['method']} | {_with_all(row)} "
            f"| {row['modes']:.1f} ± {half['modes']:.1f} "
            f"| {row['high_quality']:.1%} ± {100 * half['high_quality']:.1f} "
            f"| {row['reverse_kl']:.4f} ± {half['reverse_kl']:.4f} |"
        )
    return "\n".join(lines)


def half_widths(row: dict) -> dict:
    """Compute how far a 95 % interval of each mean reaches, by Student's t.

    Args:
        row: has the standard deviations over its seeds, by name.
    """
    seeds = row["seeds"]
    reach = scipy.stats.t.ppf(0.975, seeds - 1) / seeds**0.5
    return {name: reach * value for name, value in row["spread"].items()}


def _with_all(row: dict) -> str:
    if "all_modes" not in row:
        return "all"
    rate = metrics.success_rate(np.arange(row["seeds"]) < row["all_modes"])
    interval = f"{rate.low:.0%} to {rate.high:.0%}"
    return f"{row['all_modes']} of {row['seeds']} ({interval})"


def dirac() -> str:
    """Write where 500 steps of the Dirac-GAN end, and its eigenvalues."""
    lines = ["| what | computed | published |", "|---|---|---|"]
    for row in kept("dirac"):
        lines.append(f"| {row['method']} | {row['computed']} | {row['published']} |")
    return "\n".join(lines)


def parzen() -> str:
    """Write the log-likelihoods by the published estimator."""
    lines = [
        "| samples | log-likelihood, nats |",
        "|---|---:|",
    ]
    for row in kept("parzen"):
        half = half_widths(row)["log_likelihood"]
        lines.append(f"| {row['method']} | {row['log_likelihood']:.1f} ± {half:.1f} |")
    return "\n".join(lines)


def stacked() -> str:
    """Write how many of 1,000 kinds are found, and the reverse KL divergence."""
    lines = ["| method | modes | reverse KL |", "|---|---:|---:|"]
    for row in kept("stacked"):
        half = half_widths(row)
        lines.append(
            f"| {row['method']} | {row['modes']:.1f} ± {half['modes']:.1f} "
            f"| {row['reverse_kl']:.3f} ± {half['reverse_kl']:.3f} |"
        )
    return "\n".join(lines)


ABOUT = {
    "ring": "Eight clouds on a circle (radius 1, standard deviation 0.01), 2,500 "
    "samples a seed. High quality: within three standard deviations of a mode. All "
    "rows but D2L's have three hidden layers of 64 (PacGAN: four of 400, and three "
    "of 200 x 5), a 2-d latent, Fourier features before D, data scaled to unit size; "
    "the rate of the rows without penalties was chosen on the ring, by two seeds.",
    "grid": "25 clouds (spacing 2, standard deviation 0.05): the same networks, rates "
    "and measures.",
    "ladder": "The grid again, fewer updates, one change a row, each row with all "
    "changes above it.",
    "stacked": "Three digits of MNIST as red, green and blue: how many of the 1,000 "
    "triples are among 26,000 samples. "
    "Where two intervals meet, the table does not say which method is better.",
    "parzen": "The estimator of the first GAN paper, in nats, on the 10,000 test "
    "images of MNIST. The lesson: averages of digits, which nobody takes for data, "
    "score far above real digits, the best that a generator can make.",
    "dirac": "Distance from the origin after 500 steps, then its range over the last "
    "100 where the run does not settle; eigenvalues at the equilibrium beside the "
    "closed forms. One row is rounding alone: 1e-16 and 5e-17 both say 0.",
}
HEAD = """# Published tables, reproduced

`python -m benchmarks.papers --table NAME` measures a table again; what is finished is
kept, so a second call goes on. Every row has its seeds, its number of updates and a
label that says how it departs from the published protocol. ± is half of a 95 % interval
of the mean (Student's t); the interval of a share of seeds is Wilson's. Standard
deviations over seeds, and each seed's numbers, are in the JSON files beside this page.

The rows were measured on two cores of a virtual AMD EPYC, 23 and 24 November 2026. They
have the budget `cpu`. `--budget full` has the published number of updates; only
`dirac`, which is the same in both, has been run with it, as the others want an
accelerator. The page is written by `python -m benchmarks.papers.summary`.
"""


def page() -> str:
    """Write all tables that are kept, each with the label of its rows."""
    rest = {"parzen": parzen, "dirac": dirac, "stacked": stacked}
    parts = [HEAD]
    for name, about in ABOUT.items():
        if not (rows := kept(name)):
            continue
        text = rest[name]() if name in rest else clusters(name)
        notes = [
            f"* {row['method']}: {row['label']}; {row['steps']:,} updates, "
            f"{row['seeds']} seeds. Published: {row['published']}."
            for row in rows
            if name != "dirac"
        ]
        parts.append(f"## {name}\n\n{about}\n\n{text}\n\n" + "\n".join(notes) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    (KEPT / "README.md").write_text(page(), "utf-8")
