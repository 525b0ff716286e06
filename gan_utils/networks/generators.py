"""Generators: fully connected, and convolutional in the manner of DCGAN."""

import math
from collections.abc import Callable

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import Partial
from gan_utils.networks.functional import Factory
from gan_utils.networks.layers.upsample import MODES, Upsample, require_kernel
from gan_utils.networks.settings import (
    channels_of,
    hidden_init,
    image_shape_of,
    last_init,
    require_shape,
    shape_of,
    strides_of,
)


class MLPGenerator(nnx.Module):
    """Dense layers from noise to samples of any shape; see `mlp_generator`."""

    def __init__(
        self,
        latent_size: int,
        hidden: tuple[int, ...],
        output_shape: tuple[int, ...],
        activation: Callable = nnx.relu,
        output: Callable | None = None,
        batch_norm: bool = False,
        init_std: float | None = None,
        *,
        rngs: nnx.Rngs,
    ):
        self.latent_size, self.output_shape = latent_size, output_shape
        self.activation, self.output = activation, output
        self.depth, self.batch_norm = len(hidden), batch_norm
        sizes, weights = (latent_size, *hidden), hidden_init(init_std)
        for i in range(self.depth):
            dense = nnx.Linear(sizes[i], sizes[i + 1], kernel_init=weights, rngs=rngs)
            setattr(self, f"dense{i}", dense)
            if batch_norm:
                norm = nnx.BatchNorm(sizes[i + 1], momentum=0.9, rngs=rngs)
                setattr(self, f"norm{i}", norm)
        size, weights = math.prod(output_shape), last_init(init_std)
        self.last = nnx.Linear(sizes[-1], size, kernel_init=weights, rngs=rngs)

    def __call__(self, z: jax.Array) -> jax.Array:
        """Map noise (B, latent_size) to samples (B, *output_shape)."""
        require_shape(z, (self.latent_size,))
        x = z
        for i in range(self.depth):
            x = getattr(self, f"dense{i}")(x)
            x = getattr(self, f"norm{i}")(x) if self.batch_norm else x
            x = self.activation(x)
        x = self.last(x).reshape(len(z), *self.output_shape)
        return x if self.output is None else self.output(x)


def mlp_generator(
    latent_size: int,
    hidden: tuple[int, ...],
    output_shape: int | tuple[int, ...],
    activation: Callable = nnx.relu,
    output: Callable | None = None,
    batch_norm: bool = False,
    init_std: float | None = None,
) -> Factory:
    """Describe a fully connected generator, z (B, latent_size) -> (B, *output_shape).

    Hidden weights start from He's variance 2 / inputs, the last layer's from LeCun's
    1 / inputs, so that samples start near unit size; biases start at 0.

    Args:
        latent_size: coordinates of the noise, 1 or more.
        hidden: width of each hidden layer, for example (64, 64); () for a linear map.
        output_shape: shape of one sample; 2 means (2,).
        activation: function between layers.
        output: function after the last layer, for example jnp.tanh for images.
        batch_norm: normalise hidden layers over the batch, before the activation.
        init_std: draw weights from N(0, init_std^2) instead; 0.02 is DCGAN's choice.

    Returns:
        The network, its settings inside.

    Raises:
        ValueError: a size is not a whole number of 1 or more, or a list was given.
    """
    return Partial(
        MLPGenerator,
        latent_size=validate.count(latent_size, "latent_size", minimum=1),
        hidden=shape_of(hidden, "hidden"),
        output_shape=shape_of(output_shape, "output_shape"),
        activation=activation,
        output=output,
        batch_norm=batch_norm,
        init_std=init_std,
    )


class ConvGenerator(nnx.Module):
    """Noise -> dense -> small image of many channels -> enlarged until full size."""

    def __init__(
        self,
        latent_size: int,
        channels: tuple[int, ...],
        output_shape: tuple[int, int, int],
        upsampling: str = "transposed",
        batch_norm: bool = False,
        activation: Callable = nnx.relu,
        output: Callable | None = jnp.tanh,
        init_std: float | None = None,
        kernel_size: int = 4,
        strides: tuple[int, ...] | None = None,
        hidden: tuple[int, ...] = (),
        *,
        rngs: nnx.Rngs,
    ):
        self.latent_size, self.depth = latent_size, len(channels)
        self.activation, self.output = activation, output
        self.batch_norm, self.hidden = batch_norm, len(hidden)
        height, width, colours = output_shape
        strides = strides or (2,) * self.depth
        shrink = math.prod(strides)
        self.start = (height // shrink, width // shrink, channels[0])
        sizes, weights = (latent_size, *hidden), hidden_init(init_std)

        def norm(size):
            return nnx.BatchNorm(size, momentum=0.9, rngs=rngs) if batch_norm else None

        for i in range(self.hidden):
            dense = nnx.Linear(sizes[i], sizes[i + 1], kernel_init=weights, rngs=rngs)
            setattr(self, f"dense{i}", dense)
            setattr(self, f"dense_norm{i}", norm(sizes[i + 1]))
        size = math.prod(self.start)
        self.dense = nnx.Linear(sizes[-1], size, kernel_init=weights, rngs=rngs)
        outputs = (*channels[1:], colours)
        for i in range(self.depth):
            setattr(self, f"norm{i}", norm(channels[i]))
            gain = 1.0 if i == self.depth - 1 else 2.0
            side = kernel_size if upsampling == "transposed" else None
            settings = upsampling, gain, init_std, side, strides[i]
            up = Upsample(channels[i], outputs[i], *settings, rngs=rngs)
            setattr(self, f"up{i}", up)

    def __call__(self, z: jax.Array) -> jax.Array:
        """Map noise (B, latent_size) to images (B, H, W, C)."""
        return self.image(self.code(z))

    def code(self, z: jax.Array) -> jax.Array:
        """Map noise (B, latent_size) to the last hidden layer (B, width), if any."""
        require_shape(z, (self.latent_size,))
        x = z
        for i in range(self.hidden):
            x = getattr(self, f"dense{i}")(x)
            x = getattr(self, f"dense_norm{i}")(x) if self.batch_norm else x
            x = self.activation(x)
        return x

    def image(self, code: jax.Array) -> jax.Array:
        """Map what `code` returned to images (B, H, W, C)."""
        x = self.dense(code).reshape(len(code), *self.start)
        for i in range(self.depth):
            x = getattr(self, f"norm{i}")(x) if self.batch_norm else x
            x = self.activation(x)
            x = getattr(self, f"up{i}")(x)
        return x if self.output is None else self.output(x)


def conv_generator(
    latent_size: int,
    channels: tuple[int, ...] = (128, 64),
    output_shape: tuple[int, int, int] = (28, 28, 1),
    upsampling: str = "transposed",
    batch_norm: bool = False,
    activation: Callable = nnx.relu,
    output: Callable | None = jnp.tanh,
    init_std: float | None = None,
    kernel_size: int = 4,
    strides: tuple[int, ...] | None = None,
    hidden: tuple[int, ...] = (),
) -> Factory:
    """Describe a convolutional generator, z (B, latent_size) -> images (B, H, W, C).

    A dense layer makes a small image of channels[0] channels; each of n = len(channels)
    layers enlarges it by its stride, usually 2, the last one to C channels. Weights
    start from He's variance before a ReLU and from LeCun's before the output.

    Args:
        latent_size: coordinates of the noise, 1 or more.
        channels: channels of each small image, first to last.
        output_shape: (H, W, C) of one sample; the product of all strides divides H, W.
        upsampling: "transposed", "nearest" or "shuffle"; see `Upsample`.
        batch_norm: normalise over the batch before each hidden activation.
        activation: function between layers.
        output: function after the last layer; tanh matches data in [-1, 1].
        init_std: draw weights from N(0, init_std^2) instead; 0.02 is DCGAN's choice.
        kernel_size: side of the transposed kernels, 2 or more; odd with a stride of 1.
        strides: factors of the transposed layers, 1 or more; None for all 2.
        hidden: widths of dense layers between the noise and the first image.

    Returns:
        The network, its settings inside.

    Raises:
        ValueError: a setting is out of range, or the strides do not divide the image.

    References:
        Radford et al., Unsupervised representation learning with deep convolutional
        generative adversarial networks, arXiv:1511.06434.
    """
    validate.one_of(upsampling, "upsampling", MODES)
    channels = channels_of(channels)
    strides = strides_of(strides, channels)
    kernel_size = validate.count(kernel_size, "kernel_size", minimum=2)
    if upsampling == "transposed":
        require_kernel(kernel_size, *strides)
    elif set(strides) != {2}:
        raise ValueError(
            f"strides is {strides} with upsampling {upsampling!r}; expected all 2, "
            "because only a transposed convolution can grow by another factor."
        )
    return Partial(
        ConvGenerator,
        latent_size=validate.count(latent_size, "latent_size", minimum=1),
        channels=channels,
        output_shape=image_shape_of(output_shape, "output_shape", strides),
        upsampling=upsampling,
        batch_norm=batch_norm,
        activation=activation,
        output=output,
        init_std=init_std,
        kernel_size=kernel_size,
        strides=strides,
        hidden=shape_of(hidden, "hidden"),
    )
