"""The view that every picture shares: its noise, the net over it, its cells."""

from functools import lru_cache
from typing import NamedTuple

import jax
import numpy as np
from scipy.special import ndtr

from gan_utils.data.latents import Uniform
from gan_utils.lab.frame import CELLS, NODES, POINTS, REACH

SAMPLE = 20_000  # generated points that densities are estimated from
LINE_CELLS = 200  # of the view in one dimension
WIDEST = 2.5  # standard deviations of normal noise that the net covers


class Net(NamedTuple):
    """The net that is drawn over the noise, and where its picture begins."""

    nodes: np.ndarray  # (k * k, size) or (k, size) noise
    start: np.ndarray  # (k, k, 2) or (k, 1, 2) the same in the view
    mass: np.ndarray  # probability of each mesh


def drawn(latent) -> jax.Array:
    """Draw the noise that every picture shows, (SAMPLE, size): always the same."""
    return latent.sample(jax.random.key(1), SAMPLE)


noise = lru_cache(maxsize=8)(drawn)  # kept; within a program it is drawn there


@lru_cache(maxsize=8)
def net(latent) -> Net:
    """Lay a regular net over the noise."""
    uniform = isinstance(latent, Uniform)
    widest = 1.0 if uniform else WIDEST
    axis = np.linspace(-widest, widest, NODES)
    share = np.diff(axis / (2 * widest) if uniform else ndtr(axis))
    if latent.size == 1:
        nodes, mass = axis[:, None], share[:, None]
        start = np.stack([axis, np.zeros(NODES)], -1)[:, None]
    else:
        start = np.stack(np.meshgrid(axis, axis), -1)
        nodes, mass = start.reshape(-1, 2), share[:, None] * share[None]
    scale = _scale(latent)
    return Net(
        nodes.astype("float32"), (scale * start).astype("float32"), mass.astype(float)
    )


@lru_cache(maxsize=8)
def in_view(latent) -> np.ndarray:
    """Scale the noise of a picture's POINTS to the view, (POINTS, 2)."""
    return plane(_scale(latent) * np.asarray(noise(latent))[:POINTS])


def plane(x: np.ndarray) -> np.ndarray:
    """Write points (..., dim) with two coordinates, the second 0 where it lacks."""
    x = np.asarray(x, "float32")
    return x if x.shape[-1] == 2 else np.concatenate([x, np.zeros_like(x)], -1)


def _scale(latent) -> float:
    return REACH * (0.9 if isinstance(latent, Uniform) else 0.9 / WIDEST)


@lru_cache(maxsize=2)
def centres(dim: int) -> np.ndarray:
    """List the centres of the view's cells, (cells, dim), row by row from below."""
    count = CELLS if dim == 2 else LINE_CELLS
    axis = (np.arange(count) + 0.5) * (2 * REACH / count) - REACH
    axis = axis.astype("float32")
    if dim == 1:
        return axis[:, None]
    return np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2)
