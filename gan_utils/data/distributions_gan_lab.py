"""The five data sets of GAN Lab, on the unit square, with exact densities."""

from gan_utils.data.distributions import Distribution, mixture, points
from gan_utils.data.distributions_curves import ellipse, line

NAMES = ("line", "gaussians", "ring", "disjoint", "drawing")


def gan_lab(name: str, drawing=None) -> Distribution:
    """Make one of GAN Lab's data sets.

    Args:
        name: "line", "gaussians", "ring", "disjoint" or "drawing".
        drawing: (N, 2) points in the unit square; needed by "drawing" alone.

    Returns:
        Distribution in two dimensions.

    Raises:
        ValueError: when the name is unknown or the drawing is missing.

    References:
        Kahng et al., GAN Lab, arXiv:1809.01587.
    """
    if name == "line":
        return line((0.8, 0.6), (0.05, 0.9), std=0.01)
    if name == "gaussians":
        return mixture([(0.3, 0.7), (0.7, 0.4)], [(0.1, 0.1), (0.05, 0.2)])
    if name == "ring":
        return ellipse((0.3, 0.25), std=0.025, centre=(0.5, 0.45))
    if name == "disjoint":
        centres = [(0.35, 0.75), (0.75, 0.6), (0.45, 0.35)]
        return mixture(centres, 0.025, [0.333, 0.333, 0.334])
    if name == "drawing" and drawing is not None:
        return points(drawing, std=0.02)
    cause = "points to draw from" if name == "drawing" else f"one of {', '.join(NAMES)}"
    raise ValueError(f"name is {name!r}; expected {cause}.")
