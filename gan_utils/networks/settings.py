"""What the ready-made networks share: shape checks and starting weights."""

import math
from collections.abc import Callable

import jax
from flax import nnx

from gan_utils import validate


def leaky_relu(x: jax.Array) -> jax.Array:
    """Return x where positive and 0.2 x elsewhere, the usual discriminator's choice."""
    return nnx.leaky_relu(x, 0.2)


def shape_of(value: int | tuple[int, ...], name: str) -> tuple[int, ...]:
    """Read a shape: a whole number means one axis of that size.

    Raises:
        ValueError: a list, or a size that is not a whole number of 1 or more.
    """
    if isinstance(value, list):
        raise ValueError(f"{name} is a list; expected a tuple: {tuple(value)}")
    sizes = value if isinstance(value, tuple) else (value,)
    return tuple(validate.count(size, name, minimum=1) for size in sizes)


def channels_of(value) -> tuple[int, ...]:
    """Read the channels of a stack of convolutions; refuse an empty stack."""
    channels = shape_of(value, "channels")
    if not channels:
        raise ValueError("channels is empty; expected at least one, such as (128, 64).")
    return channels


def strides_of(value, channels: tuple[int, ...]) -> tuple[int, ...]:
    """Read one stride for each layer; None means 2 everywhere."""
    if value is None:
        return (2,) * len(channels)
    if isinstance(value, list) or len(value) != len(channels):
        raise ValueError(
            f"strides is {value}; expected a tuple of {len(channels)} whole numbers, "
            "one for each entry of channels."
        )
    return shape_of(value, "strides")


def image_shape_of(value, name: str, strides: tuple[int, ...]) -> tuple[int, ...]:
    """Read (H, W, C); refuse a height or width that the strides do not divide."""
    shape, factor = shape_of(value, name), math.prod(strides)
    if len(shape) != 3:
        raise ValueError(f"{name} is {shape}; expected (height, width, channels).")
    if shape[0] % factor or shape[1] % factor:
        each = "each change them by a factor of 2"
        how = each if set(strides) == {2} else f"change them by factors of {strides}"
        raise ValueError(
            f"{name} is {shape}; expected a height and width that are multiples of "
            f"{factor}, because {len(strides)} layers {how}. Likely cause: one entry "
            "too many in channels."
        )
    return shape


def require_shape(x: jax.Array, shape: tuple[int, ...]) -> None:
    """Refuse a batch whose samples do not have the shape the network was built for.

    Raises:
        ValueError: naming both shapes.
    """
    if x.ndim == 0 or x.shape[1:] != shape:
        expected = ", ".join(map(str, ("B", *shape)))
        raise ValueError(
            f"input is {validate.describe(x)}; expected shape ({expected}). Likely "
            "cause: a latent of another size, a missing batch or channel axis, or data "
            "of another shape than the network was built for."
        )


def hidden_init(std: float | None) -> Callable:
    """Return the initialiser of layers that a ReLU-like activation follows.

    He's variance, 2 / inputs, keeps the size of activations steady through such layers.

    Args:
        std: draw from N(0, std^2) instead; None for He's variance.
    """
    if std is None:
        return nnx.initializers.he_normal()
    return nnx.initializers.normal(validate.positive(std, "init_std"))


def last_init(std: float | None) -> Callable:
    """Return the initialiser of a last layer: LeCun's variance 1 / inputs, or std^2."""
    return nnx.initializers.lecun_normal() if std is None else hidden_init(std)
