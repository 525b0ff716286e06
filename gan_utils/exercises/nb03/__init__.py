"""The exercises of notebook 03: a dense generator, the way back, and three more."""

from gan_utils.exercises.nb03 import (
    dense_generator,
    jacobian_density,
    padding_for,
    slerp,
    way_back,
)

__all__ = ["dense_generator", "jacobian_density", "padding_for", "slerp", "way_back"]
