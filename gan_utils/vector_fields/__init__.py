"""The vector-field explorer: games of two numbers, and what becomes of a launch."""

from gan_utils.vector_fields.portrait import Portrait
from gan_utils.vector_fields.vector_field import (
    GAMES,
    METHODS,
    MOST,
    STEPPERS,
    VectorField,
)

__all__ = [
    "GAMES",
    "METHODS",
    "MOST",
    "STEPPERS",
    "Portrait",
    "VectorField",
]
