"""Exercises of notebook 09: a grid of classes, projection, augmentation, copies."""

from gan_utils.exercises.nb09 import (
    augmented_losses,
    class_grid,
    copied_share,
    projection_logit,
)

__all__ = ["augmented_losses", "class_grid", "copied_share", "projection_logit"]
