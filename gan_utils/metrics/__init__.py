"""Metrics: how good is it, beside what a perfect generator would score."""

from gan_utils.metrics.frechet import Moments, frechet, moments
from gan_utils.metrics.judge import Judge, Look, judge
from gan_utils.metrics.judge_report import JudgeReport, judge_report
from gan_utils.metrics.modes import ModeReport, Oracle, mode_report, oracle
from gan_utils.metrics.rates import Rate, success_rate

__all__ = [
    "Judge",
    "JudgeReport",
    "Look",
    "ModeReport",
    "Moments",
    "Oracle",
    "Rate",
    "frechet",
    "judge",
    "judge_report",
    "mode_report",
    "moments",
    "oracle",
    "success_rate",
]
