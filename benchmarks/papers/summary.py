"""The kept tables as Markdown, for the README: python -m benchmarks.papers.summary."""

import json
from pathlib import Path

KEPT = Path(__file__).parent.parent / "results"


def kept(table: str, budget: str = "cpu") -> list[dict]:
    """Read the rows of a table that was measured before; none where it was not.

    Args:
        table: a key of `benchmarks.papers.__main__.TABLES`.
        budget: "cpu" or "full".
    """
    path = KEPT / f"{table}-{budget}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def clusters(table: str) -> str:
    """Write the rows of ring, grid or ladder.

    Args:
        table: one of these three.
    """
    rows = kept(table)
    lines = [
        "| method | seeds with all modes | modes | high quality | reverse KL |",
        "|---|---:|---:|---:|---:|",
    ]
    for row in rows:
        found = f"{row['all_modes']} of {row['seeds']}" if "all_modes" in row else "all"
        spread = row["spread"]
        lines.append(
            f"| {row['method']} | {found} "
            f"| {row['modes']:.1f} ± {spread['modes']:.1f} "
            f"| {row['high_quality']:.1%} ± {100 * spread['high_quality']:.1f} "
            f"| {row['reverse_kl']:.4f} ± {spread['reverse_kl']:.4f} |"
        )
    return "\n".join(lines)


def parzen() -> str:
    """Write the log-likelihoods by the published estimator."""
    lines = ["| samples | log-likelihood, nats | spread over seeds |", "|---|---:|---:|"]
    for row in kept("parzen"):
        spread = row["spread"]["log_likelihood"]
        lines.append(f"| {row['method']} | {row['log_likelihood']:.1f} | {spread:.1f} |")
    return "\n".join(lines)


def stacked() -> str:
    """Write how many of the 1,000 triples each method makes."""
    lines = ["| method | modes of 1,000 | KL |", "|---|---:|---:|"]
    for row in kept("stacked"):
        spread = row["spread"]
        lines.append(
            f"| {row['method']} | {row['modes']:.0f} ± {spread['modes']:.0f} "
            f"| {row['reverse_kl']:.3f} ± {spread['reverse_kl']:.3f} |"
        )
    return "\n".join(lines)


def tables() -> dict[str, str]:
    """Return every table that is kept, by its name."""
    found = {name: clusters(name) for name in ("ring", "grid", "ladder") if kept(name)}
    rest = {"parzen": parzen, "stacked": stacked}
    return found | {name: write() for name, write in rest.items() if kept(name)}


if __name__ == "__main__":
    for name, text in tables().items():
        print(f"{name}\n\n{text}\n")
