"""Convolution and its adjoint, the transposed convolution, with their own gradients."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax

from gan_utils import validate
from gan_utils.networks.sizes import transposed_output_size


def convolve(x: jax.Array, kernel: jax.Array, stride: int = 1, padding: int = 0):
    """Convolve images with a square kernel.

    Args:
        x: images, shape (B, H, W, C).
        kernel: weights, shape (k, k, C, D).
        stride: step of the window, 1 or more.
        padding: zeros added on each side, 0 or more.

    Returns:
        Images of shape (B, h, w, D) with h = output_size(H, k, stride, padding).

    Raises:
        ValueError: the ranks or channels do not fit.
    """
    _check_images(x, kernel, channel_axis=2)
    return _conv(x, kernel, (kernel.shape[0], stride, padding, x.shape[1:3]))


def conv_transpose(
    x: jax.Array,
    kernel: jax.Array,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
) -> jax.Array:
    """Apply the adjoint of `convolve`: every input pixel writes a copy of the kernel.

    For all images a and b of fitting sizes, <convolve(a), b> = <a, conv_transpose(b)>.
    Both bring derivatives of their own (see below), in reverse mode only.

    Args:
        x: images, shape (B, h, w, D).
        kernel: weights of the convolution it is the adjoint of, shape (k, k, C, D).
        stride: distance between the copies of two neighbours, 1 or more.
        padding: pixels cut off on each side, 0 or more.
        output_padding: extra pixels at the lower and right edge, 0 to stride - 1.

    Returns:
        Images of shape (B, H, W, C), with
        H = (h - 1) stride + k - 2 padding + output_padding.

    Raises:
        ValueError: the ranks, channels or sizes do not fit.
    """
    _check_images(x, kernel, channel_axis=3)
    k = kernel.shape[0]
    grown = tuple(
        transposed_output_size(size, k, stride, padding, output_padding)
        for size in x.shape[1:3]
    )
    return _adjoint(x, kernel, (k, stride, padding, grown))


# Three maps, each linear in both arguments, whose slopes are one another:
#   <c, conv(x, k)> = <x, adjoint(c, k)> = <k, overlap(x, c)>.
# With these as their derivatives, gradients of any order (a penalty on a gradient needs
# the second) are made of the same three, in the forms that XLA runs fast on CPUs. Its
# own rules reach a naive path instead: 12 to 40 times slower for a kernel's slope.


def _by_adjoints(function):
    """Give a map of (one, other, sizes) the slopes that its table below names."""
    mapped = jax.custom_vjp(function, nondiff_argnums=(2,))

    def forward(one, other, sizes):
        return mapped(one, other, sizes), (one, other)

    def backward(sizes, saved, cotangent):
        to_one, to_other = SLOPES[function.__name__]
        one, other = saved
        return to_one(one, other, cotangent, sizes), to_other(
            one, other, cotangent, sizes
        )

    mapped.defvjp(forward, backward)
    return mapped


@_by_adjoints
def _conv(x, kernel, sizes):
    """Strided convolution: x (B, H, W, C), kernel (k, k, C, D) -> (B, h, w, D)."""
    _, stride, padding, _ = sizes
    return lax.conv_general_dilated(
        x,
        kernel,
        window_strides=(stride, stride),
        padding=[(padding, padding)] * 2,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )


@_by_adjoints
def _adjoint(y, kernel, sizes):
    """Adjoint in x: y (B, h, w, D), kernel (k, k, C, D) -> (B, H, W, C)."""
    k, stride, padding, height_width = sizes
    low = k - 1 - padding
    spans = [(size - 1) * stride + k - 2 * padding for size in y.shape[1:3]]
    return lax.conv_general_dilated(
        y,
        jnp.flip(kernel, (0, 1)),
        window_strides=(1, 1),
        padding=[
            (low, low + size - span)
            for size, span in zip(height_width, spans, strict=True)
        ],
        lhs_dilation=(stride, stride),
        dimension_numbers=("NHWC", "HWOI", "NHWC"),
    )


@_by_adjoints
def _overlap(x, y, sizes):
    """Adjoint in the kernel: x (B, H, W, C), y (B, h, w, D) -> (k, k, C, D)."""
    k, stride, padding, height_width = sizes
    high = [
        (size - 1) * stride + k - padding - full
        for size, full in zip(y.shape[1:3], height_width, strict=True)
    ]
    return lax.conv_general_dilated(
        x,
        y,
        window_strides=(1, 1),
        padding=[(padding, h) for h in high],
        rhs_dilation=(stride, stride),
        dimension_numbers=("CHWN", "IHWO", "HWNC"),
    )


SLOPES = {  # name: slopes in its two arguments, from (one, other, cotangent, sizes)
    "_conv": (
        lambda x, k, c, sizes: _adjoint(c, k, sizes),
        lambda x, k, c, sizes: _overlap(x, c, sizes),
    ),
    "_adjoint": (
        lambda y, k, c, sizes: _conv(c, k, sizes),
        lambda y, k, c, sizes: _overlap(c, y, sizes),
    ),
    "_overlap": (
        lambda x, y, c, sizes: _adjoint(y, c, sizes),
        lambda x, y, c, sizes: _conv(x, c, sizes),
    ),
}


class Conv(nnx.Module):
    """Strided convolution with a bias; halves an image with its default settings.

    Args:
        in_features: channels of the input.
        out_features: channels of the output.
        kernel_size: side of the square kernel.
        stride: step of the window.
        padding: zeros added on each side.
        kernel_init: initialiser; LeCun's variance by default.
        rngs: source of the starting parameters.
    """

    is_convolution = True

    def __init__(
        self,
        in_features: int,
        out_features: int,
        kernel_size: int = 4,
        stride: int = 2,
        padding: int = 1,
        kernel_init: Callable | None = None,
        *,
        rngs: nnx.Rngs,
    ):
        kernel_init = kernel_init or nnx.initializers.lecun_normal()
        shape = (kernel_size, kernel_size, in_features, out_features)
        self.kernel = nnx.Param(kernel_init(rngs.params(), shape))
        self.bias = nnx.Param(jnp.zeros(out_features))
        self.stride, self.padding = stride, padding

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, H, W, in_features) to (B, h, w, out_features)."""
        kernel = self.kernel[...]  # decides the number format
        x = convolve(x.astype(kernel.dtype), kernel, self.stride, self.padding)
        return x + self.bias[...].reshape(1, 1, 1, -1)


class ConvTranspose(nnx.Module):
    """Transposed convolution with a bias; doubles an image with its default settings.

    Args:
        in_features: channels of the input.
        out_features: channels of the output.
        kernel_size: side of the square kernel; multiples of stride avoid checkerboards.
        stride: factor by which the image grows.
        padding: pixels cut off on each side.
        output_padding: extra pixels at the lower and right edge.
        kernel_init: initialiser; LeCun's variance by default (see `adjoint_init`).
        rngs: source of the starting parameters.
    """

    is_convolution = True

    def __init__(
        self,
        in_features: int,
        out_features: int,
        kernel_size: int = 4,
        stride: int = 2,
        padding: int = 1,
        output_padding: int = 0,
        kernel_init: Callable | None = None,
        *,
        rngs: nnx.Rngs,
    ):
        kernel_init = adjoint_init(stride) if kernel_init is None else kernel_init
        shape = (kernel_size, kernel_size, out_features, in_features)
        self.kernel = nnx.Param(kernel_init(rngs.params(), shape))
        self.bias = nnx.Param(jnp.zeros(out_features))
        self.stride, self.padding = stride, padding
        self.output_padding = output_padding

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, h, w, in_features) to (B, H, W, out_features)."""
        kernel = self.kernel[...]  # decides the number format
        x = conv_transpose(
            x.astype(kernel.dtype),
            kernel,
            self.stride,
            self.padding,
            self.output_padding,
        )
        return x + self.bias[...].reshape(1, 1, 1, -1)


def adjoint_init(stride: int, gain: float = 1.0) -> Callable:
    """Return an initialiser for a transposed kernel (k, k, out, in).

    An output pixel sums in_features * (k / stride)^2 products on average, fewer than
    the kernel's size suggests. The variance is gain divided by that number.

    Args:
        stride: stride of the layer.
        gain: 1 before no activation, 2 before a ReLU-like one.
    """
    return nnx.initializers.variance_scaling(
        gain * stride**2, "fan_in", "truncated_normal", in_axis=-1, out_axis=-2
    )


def _check_images(x, kernel, channel_axis):
    if x.ndim != 4:
        raise ValueError(
            f"x is {validate.describe(x)}; expected images (B, H, W, C). Likely cause: "
            "a missing batch axis (x[None]) or channel axis (x[..., None])."
        )
    if kernel.ndim != 4 or kernel.shape[0] != kernel.shape[1]:
        raise ValueError(
            f"kernel has shape {kernel.shape}; expected (k, k, C, D), a square window."
        )
    if x.shape[3] != kernel.shape[channel_axis]:
        raise ValueError(
            f"x has {x.shape[3]} channels; expected {kernel.shape[channel_axis]}, from "
            f"a kernel of shape {kernel.shape}. A transposed convolution reads the "
            "last axis of its kernel, a convolution the one before."
        )
