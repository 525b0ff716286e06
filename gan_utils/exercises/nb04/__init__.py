"""Exercises of notebook 04: cross-entropy, an arrow, a ratio, a penalty, a norm."""

from gan_utils.exercises.nb04 import (
    bce_with_logits,
    gradient_penalty,
    his_arrow,
    power_iteration,
    read_ratio,
)

__all__ = [
    "bce_with_logits",
    "gradient_penalty",
    "his_arrow",
    "power_iteration",
    "read_ratio",
]
