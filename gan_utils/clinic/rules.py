"""The rules of the diagnosis, with every threshold, in one table."""

from gan_utils.clinic.rule import Rule
from gan_utils.clinic.rules_loss import LOSS
from gan_utils.clinic.rules_run import RUN
from gan_utils.clinic.rules_wiring import WIRING

RULES: tuple[Rule, ...] = LOSS + RUN + WIRING  # of equal scores, the first comes first


def table() -> str:
    """Write the rules as a Markdown table: cause, score, condition."""
    rows = [f"| {r.cause} | {r.score:.2f} | {r.when} |" for r in RULES]
    return "\n".join(["| cause | score | named when |", "|---|---|---|", *rows])
