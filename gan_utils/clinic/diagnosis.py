"""The diagnosis: causes ranked by how directly the evidence of a run shows them."""

from typing import NamedTuple

from gan_utils import validate
from gan_utils.clinic.case import Run
from gan_utils.clinic.evidence import Evidence, examine
from gan_utils.clinic.rules import RULES


class Finding(NamedTuple):
    """One likely cause."""

    cause: str
    score: float  # 0 to 1: 1 an experiment proves it, less for a statistic
    evidence: str  # a sentence with the measured numbers


class Diagnosis(NamedTuple):
    """Likely causes, the first one first; none for a healthy run."""

    findings: tuple[Finding, ...]
    evidence: Evidence

    @property
    def cause(self) -> str:
        """Return the likeliest cause, or "healthy"."""
        return self.findings[0].cause if self.findings else "healthy"

    def __str__(self) -> str:
        if not self.findings:
            return f"healthy: no rule fires.\n{self.evidence.summary()}"
        width = max(len(finding.cause) for finding in self.findings)
        return "\n".join(
            f"{finding.score:.2f}  {finding.cause:{width}}  {finding.evidence}"
            for finding in self.findings
        )


def diagnose(run: Run) -> Diagnosis:
    """Read a run and rank what may be wrong with it.

    The rules see only what a reader of the run could measure: its states, its history,
    its data, and what the GAN answers when it is asked for samples, logits, losses or
    one more update. See `rules.table` for every threshold.

    Args:
        run: of one seed; take `run.member(i)` of an ensemble.

    Returns:
        Diagnosis; print it for a table.

    Raises:
        ValueError: when it is no run, or one of an ensemble.
    """
    if not hasattr(run, "end"):
        raise ValueError(
            f"run is {validate.describe(run)}; expected one of `clinic.play`. "
            "Likely cause: a state or a history in its place."
        )
    if run.end.step.ndim:
        raise ValueError(
            f"run has {run.end.step.shape[0]} members; expected one run. Take one with "
            "run.member(0)."
        )
    return judge(examine(run))


def judge(evidence: Evidence) -> Diagnosis:
    """Apply every rule to what was measured; see `diagnose`."""
    findings = [
        Finding(rule.cause, rule.score, rule.says.format(**evidence.numbers()))
        for rule in RULES
        if rule.fires(evidence)
    ]
    ranked = sorted(findings, key=lambda finding: -finding.score)
    return Diagnosis(tuple(ranked), evidence)
