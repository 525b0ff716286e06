"""The exercises of notebook 05: the two players' steps, the average, the scan."""

from gan_utils.exercises.nb05 import (
    average_step,
    discriminator_step,
    generator_step,
    scan_steps,
)

__all__ = ["average_step", "discriminator_step", "generator_step", "scan_steps"]
