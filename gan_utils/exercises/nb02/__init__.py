"""Exercises of notebook 02: the best D, its value, rounds of play, stable losses."""

from gan_utils.exercises.nb02 import (
    alternating_round,
    discriminator_loss,
    optimal_discriminator,
    value_at_optimum,
)

__all__ = [
    "alternating_round",
    "discriminator_loss",
    "optimal_discriminator",
    "value_at_optimum",
]
