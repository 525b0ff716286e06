"""The lab of notebook 06: ten broken GANs to repair."""

from gan_utils.exercises.nb06.bugs import BUGS, Bug
from gan_utils.exercises.nb06.lab import bug, check, text

__all__ = ["BUGS", "Bug", "bug", "check", "text"]
