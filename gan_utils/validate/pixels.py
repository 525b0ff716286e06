"""Images, and the range of their pixels."""

import jax.numpy as jnp
import numpy as np

from gan_utils import cautions
from gan_utils.validate.arrays import array, finite, not_empty
from gan_utils.validate.describing import describe, is_traced


def images(x, name: str = "images", channels: int | None = None, whole: bool = True):
    """Check image data: (N, H, W, C), floating point, finite, in [-1, 1].

    Args:
        x: array to check.
        name: what to call it in the message.
        channels: expected number of channels, or None for any.
        whole: x is a set on its own, so warn when no value is below 0, as in images
            scaled to [0, 1]; see `below_0` for several sets.

    Raises:
        ValueError: naming the likely cause: labels instead of images, a missing
            channel axis, values 0..255, one channel against three.
    """
    x = array(x, name)
    if x.ndim != 4:
        cause = {
            1: "these look like labels; pass images.x, not images.y",
            2: "flattened images; reshape to (N, 28, 28, 1)",
            3: "the channel axis is missing; add it with x[..., None]",
        }.get(x.ndim, "another data layout")
        raise ValueError(
            f"{name} is {describe(x)}; expected shape (N, H, W, C). "
            f"Likely cause: {cause}."
        )
    not_empty(x, name)
    if channels is not None and x.shape[-1] != channels:
        raise ValueError(
            f"{name} is {describe(x)}; expected {channels} channels in the last axis, "
            f"got {x.shape[-1]}. Likely cause: grey images against colour networks, "
            "or channels first: use (N, H, W, C)."
        )
    if not jnp.issubdtype(x.dtype, jnp.floating):
        raise ValueError(
            f"{name} is {describe(x)}; expected floating point in [-1, 1]. "
            "Likely cause: raw pixels 0..255; scale with x / 127.5 - 1."
        )
    finite(x, name)
    return image_range(x, name, whole)


def image_range(x, name: str = "images", whole: bool = True):
    """Check that pixel values lie in [-1, 1], with a little room for rounding.

    Warn when the whole set has none below 0. Tracers, such as what a generator makes
    inside jit, pass.

    Raises:
        ValueError: when they do not, naming the likely scaling mistake.
    """
    if is_traced(x):
        return x
    low, high = _bounds(x)
    if low < -1.001 or high > 1.001:
        cause = "raw pixels 0..255; scale with x / 127.5 - 1"
        if high <= 2:
            cause = "standardised pixels, or a network without tanh at its end"
        raise ValueError(
            f"{name} is {describe(x)}; expected values in [-1, 1]. "
            f"Likely cause: {cause}."
        )
    if whole:
        cautions.none_below_0({name: (low, high)})
    return x


def below_0(sets: dict) -> None:
    """Warn once of those sets of images, by name, that have no value below 0."""
    known = {name: x for name, x in sets.items() if not is_traced(x)}
    cautions.none_below_0({name: _bounds(x) for name, x in known.items()})


def _bounds(x) -> tuple[float, float]:
    values = np.asarray(x)  # np.min(x) would have JAX compile a program for the shape
    return float(values.min()), float(values.max())
