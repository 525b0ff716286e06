"""Warnings about input that is allowed, but probably not what was meant."""

import sys
import warnings
from pathlib import Path

BRIGHT = 0.5  # images in [0, 1] hold something above it
_HERE = str(Path(__file__).parent)


def caution(text: str, kind: type[Warning] = UserWarning) -> None:
    """Warn at the line outside the package that led here.

    Python shows the same warning of the same line once, so a loop is not flooded.
    """
    level, frame = 2, sys._getframe(1)
    while frame.f_back and frame.f_code.co_filename.startswith(_HERE):
        level, frame = level + 1, frame.f_back
    warnings.warn(text, kind, stacklevel=level)


def none_below_0(sets: dict[str, tuple[float, float]]) -> None:
    """Warn, in one sentence, of sets of images that seem to lie in [0, 1].

    A set of one shade or without bright pixels tells nothing and is passed over.

    Args:
        sets: name -> (least, largest) pixel.
    """
    found = {
        name: most
        for name, (least, most) in sets.items()
        if least >= 0 and most > max(least, BRIGHT)
    }
    if found:
        several = len(found) > 1
        caution(
            f"{' and '.join(found)} {'have' if several else 'has'} no value below 0 "
            f"(the largest is {max(found.values()):.3g}), and images are expected in "
            f"[-1, 1]. If {'they lie' if several else 'it lies'} in [0, 1], take "
            "2 * x - 1."
        )
