"""Exercises of notebook 08: a penalised field, growth, looking ahead, step sizes."""

from gan_utils.exercises.nb08 import (
    alternating_growth,
    largest_step,
    penalised_field,
    unrolled_direction,
)

__all__ = [
    "alternating_growth",
    "largest_step",
    "penalised_field",
    "unrolled_direction",
]
