"""What the harness needs to know of a GAN that somebody recommends."""

from typing import Protocol

import numpy as np


class Side(Protocol):
    """One recipe in training on images (N, 28, 28, 1) in [-1, 1]."""

    chunk: int  # updates in one call of `advance`, about a second of work

    def advance(self) -> None:
        """Train one chunk and wait until it is done; only this is timed."""

    def samples(self, n: int) -> np.ndarray:
        """Draw n images, shape (n, 28, 28, 1), as the recipe draws them."""
