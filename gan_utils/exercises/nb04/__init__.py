"""Exercises of notebook 04: cross-entropy, the ratio, a penalty, a matrix's norm."""

from gan_utils.exercises.nb04 import (
    bce_with_logits,
    gradient_penalty,
    power_iteration,
    read_ratio,
)

__all__ = ["bce_with_logits", "gradient_penalty", "power_iteration", "read_ratio"]
