"""Discriminators: fully connected, and convolutional in the manner of DCGAN."""

import math
from collections.abc import Callable

import jax
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import Partial
from gan_utils.networks.functional import Factory
from gan_utils.networks.layers.convolution import Conv
from gan_utils.networks.layers.minibatch import minibatch_std as append_minibatch_std
from gan_utils.networks.layers.sizes import output_size
from gan_utils.networks.layers.spectral import SpectralConv, SpectralLinear
from gan_utils.networks.settings import (
    channels_of,
    hidden_init,
    image_shape_of,
    last_init,
    leaky_relu,
    require_shape,
    shape_of,
    strides_of,
)


class MLPDiscriminator(nnx.Module):
    """Dense layers from samples of any shape to logits; see `mlp_discriminator`."""

    def __init__(
        self,
        input_shape: tuple[int, ...],
        hidden: tuple[int, ...],
        activation: Callable = leaky_relu,
        spectral: bool = False,
        dropout: float = 0.0,
        minibatch_std: bool = False,
        init_std: float | None = None,
        *,
        rngs: nnx.Rngs,
    ):
        self.input_shape, self.activation = input_shape, activation
        self.depth, self.couples_samples = len(hidden), minibatch_std
        linear = SpectralLinear if spectral else nnx.Linear
        sizes, weights = (math.prod(input_shape), *hidden), hidden_init(init_std)
        for i in range(self.depth):
            dense = linear(sizes[i], sizes[i + 1], kernel_init=weights, rngs=rngs)
            setattr(self, f"dense{i}", dense)
        self.dropout = nnx.Dropout(dropout, rngs=rngs) if dropout else None
        size, weights = sizes[-1] + minibatch_std, last_init(init_std)
        self.last = linear(size, 1, kernel_init=weights, rngs=rngs)

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, *input_shape) to logits (B,)."""
        return self.last(self.features(x))[:, 0]

    def features(self, x: jax.Array) -> jax.Array:
        """Map samples (B, *input_shape) to what the last layer reads, (B, F)."""
        require_shape(x, self.input_shape)
        x = x.reshape(len(x), -1)
        for i in range(self.depth):
            x = self.activation(getattr(self, f"dense{i}")(x))
            x = x if self.dropout is None else self.dropout(x)
        return append_minibatch_std(x) if self.couples_samples else x


def mlp_discriminator(
    input_shape: int | tuple[int, ...],
    hidden: tuple[int, ...],
    activation: Callable = leaky_relu,
    spectral: bool = False,
    dropout: float = 0.0,
    minibatch_std: bool = False,
    init_std: float | None = None,
) -> Factory:
    """Describe a fully connected discriminator, x (B, *input_shape) -> logits (B,).

    Weights start as in `mlp_generator`.

    Args:
        input_shape: shape of one sample; 2 means (2,).
        hidden: width of each hidden layer, for example (64, 64); () for a linear map.
        activation: function between layers.
        spectral: divide each weight matrix by its largest singular value.
        dropout: fraction of hidden units silenced in training, in [0, 1).
        minibatch_std: show the last layer how much the samples of a batch vary.
        init_std: draw weights from N(0, init_std^2) instead of He's and LeCun's choice.

    Returns:
        The network, its settings inside.

    Raises:
        ValueError: a setting is out of range, or a list was given for a tuple.
    """
    return Partial(
        MLPDiscriminator,
        input_shape=shape_of(input_shape, "input_shape"),
        hidden=shape_of(hidden, "hidden"),
        activation=activation,
        spectral=spectral,
        dropout=validate.fraction(dropout, "dropout"),
        minibatch_std=minibatch_std,
        init_std=init_std,
    )


class ConvDiscriminator(nnx.Module):
    """Images made smaller by convolutions, dense layers, then one number a sample."""

    def __init__(
        self,
        input_shape: tuple[int, int, int],
        channels: tuple[int, ...],
        spectral: bool = False,
        dropout: float = 0.0,
        batch_norm: bool = False,
        minibatch_std: bool = False,
        activation: Callable = leaky_relu,
        init_std: float | None = None,
        kernel_size: int = 4,
        strides: tuple[int, ...] | None = None,
        hidden: tuple[int, ...] = (),
        *,
        rngs: nnx.Rngs,
    ):
        self.input_shape, self.activation = input_shape, activation
        self.depth, self.hidden = len(channels), len(hidden)
        self.batch_norm, self.couples_samples = batch_norm, minibatch_std
        *sides, colours = input_shape
        sizes, weights = (colours, *channels), hidden_init(init_std)
        make_conv = SpectralConv if spectral else Conv
        for i, stride in enumerate(strides or (2,) * self.depth):
            window = kernel_size, stride, (kernel_size - stride + 1) // 2
            sides = [output_size(side, *window) for side in sides]
            features = sizes[i], sizes[i + 1]
            conv = make_conv(*features, *window, kernel_init=weights, rngs=rngs)
            setattr(self, f"conv{i}", conv)
            if batch_norm and i > 0:  # not after the input layer, as in DCGAN
                norm = nnx.BatchNorm(sizes[i + 1], momentum=0.9, rngs=rngs)
                setattr(self, f"norm{i}", norm)
        self.dropout = nnx.Dropout(dropout, rngs=rngs) if dropout else None
        size = math.prod(sides) * (channels[-1] + minibatch_std)
        linear = SpectralLinear if spectral else nnx.Linear
        for i, width in enumerate(hidden):
            dense = linear(size, width, kernel_init=weights, rngs=rngs)
            setattr(self, f"dense{i}", dense)
            size = width
        self.last = linear(size, 1, kernel_init=last_init(init_std), rngs=rngs)

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, H, W, C) to logits (B,)."""
        return self.last(self.features(x))[:, 0]

    def features(self, x: jax.Array) -> jax.Array:
        """Map images (B, H, W, C) to what the last layer reads, (B, F)."""
        require_shape(x, self.input_shape)
        for i in range(self.depth):
            x = getattr(self, f"conv{i}")(x)
            x = getattr(self, f"norm{i}")(x) if self.batch_norm and i > 0 else x
            x = self.activation(x)
            x = x if self.dropout is None else self.dropout(x)
        x = append_minibatch_std(x) if self.couples_samples else x
        x = x.reshape(len(x), -1)
        for i in range(self.hidden):
            x = self.activation(getattr(self, f"dense{i}")(x))
        return x


def conv_discriminator(
    input_shape: tuple[int, int, int] = (28, 28, 1),
    channels: tuple[int, ...] = (64, 128),
    spectral: bool = False,
    dropout: float = 0.0,
    batch_norm: bool = False,
    minibatch_std: bool = False,
    activation: Callable = leaky_relu,
    init_std: float | None = None,
    kernel_size: int = 4,
    strides: tuple[int, ...] | None = None,
    hidden: tuple[int, ...] = (),
) -> Factory:
    """Describe a convolutional discriminator, images (B, H, W, C) -> logits (B,).

    Weights start as in `conv_generator`.

    Args:
        input_shape: (H, W, C) of one sample; with an even kernel, H and W multiples of
            the product of all strides.
        channels: channels after each convolution.
        spectral: divide each weight matrix by its largest singular value.
        dropout: fraction of the convolutions' units silenced in training, in [0, 1).
        batch_norm: normalise over the batch, except after the first layer.
        minibatch_std: show the last layer how much the samples of a batch vary.
        activation: function between layers.
        init_std: draw weights from N(0, init_std^2) instead; 0.02 is DCGAN's choice.
        kernel_size: side of the kernels, 2 or more. An odd one halves odd sides too,
            rounding up: 28, 14, 7, 4.
        strides: factors by which the convolutions shrink the image; None for all 2.
        hidden: widths of dense layers after the convolutions.

    Returns:
        The network, its settings inside.

    Raises:
        ValueError: a setting is out of range, or the strides do not divide the image.

    References:
        Radford et al., arXiv:1511.06434.
    """
    kernel_size = validate.count(kernel_size, "kernel_size", minimum=2)
    channels = channels_of(channels)
    strides = strides_of(strides, channels)
    dividing = () if kernel_size % 2 else strides  # odd kernels halve odd sides too
    return Partial(
        ConvDiscriminator,
        input_shape=image_shape_of(input_shape, "input_shape", dividing),
        channels=channels,
        spectral=spectral,
        dropout=validate.fraction(dropout, "dropout"),
        batch_norm=batch_norm,
        minibatch_std=minibatch_std,
        activation=activation,
        init_std=init_std,
        kernel_size=kernel_size,
        strides=strides,
        hidden=shape_of(hidden, "hidden"),
    )
