"""The exercises of notebook 03: a dense generator, paddings, a density, slerp."""

from gan_utils.exercises.nb03 import (
    dense_generator,
    jacobian_density,
    padding_for,
    slerp,
)

__all__ = ["dense_generator", "jacobian_density", "padding_for", "slerp"]
