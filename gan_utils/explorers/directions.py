"""Directions in a generator's hidden layer that change one attribute of its faces.

The judge of faces reads the attributes of many generated faces. A linear regression of
its log-odds on the generator's last hidden layer tells which direction raises them; a
second step takes out of it what would move the other attributes, too. How well each
direction works is then measured on other faces.

The hidden layer, not the latent, since there the same regression is twice as clean: on
500 faces a slider for glasses that was found in the latent changed 3.7 other attributes
on the way, one of the same strength in the hidden layer 1.7.

References:
    Shen et al., Interpreting the latent space of GANs for semantic face editing,
    arXiv:1907.10786; Karras et al. (on intermediate latents), arXiv:1812.04948.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gan_utils.explorers.slider_list import TRIED, Ends, log_chances

REACHES = (1.0, 1.5, 2.0, 2.5, 3.0)  # tried, in standard deviations along a direction
WORKS = 0.7  # of faces that must show both ends
ALONG = 3.0  # of the eleven other attributes that may change on average
SHARED = 0.3  # of the strongest: other attributes' directions that are taken out


class Effect(NamedTuple):
    """What a slider does to faces that the regression has not seen."""

    reach: float  # how far the slider goes to either side, in standard deviations
    low: float  # share of faces that show the low end at its left end
    high: float  # the same at its right end
    both: float  # share of faces that do both
    along: float  # other attributes, of eleven, that differ between the ends

    @property
    def works(self) -> bool:
        """Tell whether the slider is good enough to be shown."""
        return self.both >= WORKS and self.along <= ALONG


def regressed(
    code: np.ndarray, logits: list[np.ndarray], tried: tuple[Ends, ...] = TRIED
) -> np.ndarray:
    """Find a direction for each slider, of one standard deviation.

    Args:
        code: hidden layer of n faces, (n, width).
        logits: the judge's, of each attribute (n, values).
        tried: sliders.

    Returns:
        Directions (sliders, width).
    """
    centred = code - code.mean(axis=0)
    spread = np.cov(centred.T) + 1e-4 * centred.var() * np.eye(code.shape[1])
    root = np.linalg.cholesky(spread)  # a step of root @ u has length |u|
    white = np.linalg.solve(root, centred.T).T
    every = [log_chances(each) for each in logits]
    owner = np.repeat(np.arange(len(every)), [each.shape[1] for each in every])
    all_slopes = _slopes(white, np.concatenate(every, axis=1))
    found = []
    for ends in tried:
        slope = _slopes(white, ends.score(logits)[:, None])[:, 0]
        slope = _without(slope, all_slopes[:, owner != ends.column])
        found.append(root @ (slope / np.linalg.norm(slope)))
    return np.stack(found).astype("float32")


def _slopes(x, y) -> np.ndarray:
    """Regress the columns of y (n, m) on x (n, k): (k, m)."""
    return np.linalg.lstsq(x, y - y.mean(axis=0), rcond=None)[0]


def _without(slope, others) -> np.ndarray:
    """Take out of a slope what lies in the strongest directions of others."""
    axes, sizes, _ = np.linalg.svd(others, full_matrices=False)
    strong = axes[:, sizes > SHARED * sizes[0]]
    return slope - strong @ (strong.T @ slope)


def effect(
    ends: Ends, direction: np.ndarray, code: np.ndarray, labels: Callable
) -> Effect:
    """Measure a slider at the least reach that works, else at the furthest.

    Args:
        ends: what the slider is to do.
        direction: (width,).
        code: hidden layer of n other faces, (n, width).
        labels: maps a hidden layer to what the judge sees, (n, 12).
    """
    for reach in REACHES:
        before, after = (labels(code + side * reach * direction) for side in (-1, 1))
        low, high = ends.shows(before, ends.low), ends.shows(after, ends.high)
        others = np.delete(before != after, ends.column, axis=1)
        shares = low.mean(), high.mean(), (low & high).mean()
        found = Effect(reach, *map(float, shares), float(others.sum(axis=1).mean()))
        if found.works:
            break
    return found
