"""Transposed convolution: the adjoint of a strided convolution, with own gradient."""

import functools
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
    return _convolve(x, kernel, stride, padding)


def conv_transpose(
    x: jax.Array,
    kernel: jax.Array,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
) -> jax.Array:
    """Apply the adjoint of `convolve`: every input pixel writes a copy of the kernel.

    For all images a and b of fitting sizes, <convolve(a), b> = <a, conv_transpose(b)>.
    XLA's own gradient of such an operation with respect to the kernel takes a slow path
    on CPUs, so this function brings its own: the kernel's gradient is that of the
    convolution with the two images' parts exchanged. It supports reverse mode only.

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
    for size in x.shape[1:3]:
        transposed_output_size(size, kernel.shape[0], stride, padding, output_padding)
    return _adjoint(x, kernel, stride, padding, output_padding)


def _convolve(x, kernel, stride, padding):
    return lax.conv_general_dilated(
        x,
        kernel,
        window_strides=(stride, stride),
        padding=[(padding, padding)] * 2,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )


@functools.partial(jax.custom_vjp, nondiff_argnums=(2, 3, 4))
def _adjoint(x, kernel, stride, padding, output_padding):
    edge = kernel.shape[0] - 1 - padding
    return lax.conv_general_dilated(
        x,
        jnp.flip(kernel, (0, 1)),
        window_strides=(1, 1),
        padding=[(edge, edge + output_padding)] * 2,
        lhs_dilation=(stride, stride),
        dimension_numbers=("NHWC", "HWOI", "NHWC"),
    )


def _adjoint_forward(x, kernel, stride, padding, output_padding):
    return _adjoint(x, kernel, stride, padding, output_padding), (x, kernel)


def _adjoint_backward(stride, padding, output_padding, saved, cotangent):
    # <c, adjoint(x)> = <convolve(c), x>: its slopes in x and in the kernel are those of
    # an ordinary strided convolution of the cotangent c.
    x, kernel = saved
    kernel_slope = jax.linear_transpose(
        lambda kernel: _convolve(cotangent, kernel, stride, padding), kernel
    )
    return _convolve(cotangent, kernel, stride, padding), *kernel_slope(x)


_adjoint.defvjp(_adjoint_forward, _adjoint_backward)


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
