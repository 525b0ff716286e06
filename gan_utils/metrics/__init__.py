"""Metrics: how good is it, beside what a perfect generator would score."""

from gan_utils.metrics.modes import ModeReport, Oracle, mode_report, oracle

__all__ = ["ModeReport", "Oracle", "mode_report", "oracle"]
