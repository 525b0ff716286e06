"""The GAN laboratory: a live, replayable run; see `gan_utils.lab.frame` for its use."""

from gan_utils.lab.frame import (
    ARROWS,
    DIVERGENCES,
    Arrows,
    Bound,
    Curves,
    Frame,
    Measure,
    Phase,
    Series,
    Wall,
)
from gan_utils.lab.session import Lab
from gan_utils.lab.settings import CHOICES, PRESETS, RANGES, Settings
from gan_utils.lab.written import Written

__all__ = [
    "ARROWS",
    "CHOICES",
    "DIVERGENCES",
    "PRESETS",
    "RANGES",
    "Arrows",
    "Bound",
    "Curves",
    "Frame",
    "Lab",
    "Measure",
    "Phase",
    "Series",
    "Settings",
    "Wall",
    "Written",
]
