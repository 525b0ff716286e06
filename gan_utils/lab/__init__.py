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

__all__ = [
    "ARROWS",
    "DIVERGENCES",
    "Arrows",
    "Bound",
    "Curves",
    "Frame",
    "Measure",
    "Phase",
    "Series",
    "Wall",
]
