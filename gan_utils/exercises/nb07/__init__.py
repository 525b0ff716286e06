"""Exercises of notebook 07: a histogram's divergence, a floor, balls, beliefs."""

from gan_utils.exercises.nb07 import (
    inception_score,
    mode_kl,
    noise_floor,
    precision_recall,
)

__all__ = ["inception_score", "mode_kl", "noise_floor", "precision_recall"]
