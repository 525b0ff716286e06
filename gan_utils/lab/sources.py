"""The laboratory's data: each set in the units of the view, with its exact density."""

from dataclasses import replace
from functools import lru_cache

import jax.numpy as jnp
import numpy as np

from gan_utils import data
from gan_utils.lab.settings import MOST_POINTS, Settings

SCALE = 4.0  # sides of the unit square in view units: data then have a spread near 1
BRUSH = 0.08  # width of the noise around a drawn point


def source_of(settings: Settings):
    """Make the distribution that the settings name; the same object for the same data.

    Returns:
        Distribution of one dimension for "two bumps", of two for all others.
    """
    return _source(settings.data, settings.drawing)


def dimension(settings: Settings) -> int:
    """Count the coordinates of a point of the data."""
    return 1 if settings.data == "two bumps" else 2


@lru_cache(maxsize=32)
def _source(name: str, drawing):
    if name == "drawing":
        return _drawn(np.asarray(drawing, "float32"))
    if name == "ring of 8":
        return data.ring(8, radius=1.6, std=0.1)
    if name == "grid of 9":
        return data.grid(3, spacing=1.4, std=0.1)
    if name == "two bumps":
        return data.mixture([-1.0, 1.1], [0.25, 0.4], [0.4, 0.6])
    return _enlarged(name, data.gan_lab(name))


def _drawn(points):
    """Make kernels around the points; drawings of any size share one program."""
    lacking = MOST_POINTS - len(points)
    weights = np.pad(np.full(len(points), 1 / len(points), "float32"), (0, lacking))
    means = np.pad(points, ((0, lacking), (0, 0)))
    return data.Mixture(
        jnp.asarray(means), jnp.float32(BRUSH), jnp.asarray(weights), named_modes=False
    )


def _enlarged(name: str, source):
    """Take a distribution from the unit square to the view, centred on 0."""

    def place(x):
        return SCALE * (x - 0.5)

    if isinstance(source, data.Mixture):
        return replace(source, means=place(source.means), std=SCALE * source.std)
    first, second = source.shape  # both ends of a line; or centre and radii
    second = place(second) if name == "line" else SCALE * second
    return replace(source, shape=(place(first), second), std=SCALE * source.std)
