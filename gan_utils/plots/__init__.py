"""Figures: each function takes arrays and returns a Figure with alt text."""

from .figure import Figure, describe, figure
from .style import CRITIC, DIVERGING, FAKE, MUTED, REAL, SEQUENTIAL, use

__all__ = [
    "CRITIC",
    "DIVERGING",
    "FAKE",
    "MUTED",
    "REAL",
    "SEQUENTIAL",
    "Figure",
    "describe",
    "figure",
    "use",
]
