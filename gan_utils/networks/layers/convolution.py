"""Convolution and its adjoint, the transposed convolution, with their own gradients."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils.engine.convolution import adjoint, conv
from gan_utils.networks.layers.sizes import require_images, transposed_output_size


def convolve(x: jax.Array, kernel: jax.Array, stride: int = 1, padding: int = 0):
    """Convolve images with a square kernel, in the kernel's number format.

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
    _require_fit(x, kernel, channel_axis=2)
    sizes = kernel.shape[0], stride, padding, x.shape[1:3]
    return conv(x.astype(kernel.dtype), kernel, sizes)


def conv_transpose(
    x: jax.Array,
    kernel: jax.Array,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
) -> jax.Array:
    """Apply the adjoint of `convolve`: every input pixel writes a copy of the kernel.

    For all images a and b of fitting sizes, <convolve(a), b> = <a, conv_transpose(b)>.
    Both bring their own derivatives (see `engine.convolution`), in reverse mode only.

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
    _require_fit(x, kernel, channel_axis=3)
    k = kernel.shape[0]
    grown = tuple(
        transposed_output_size(size, k, stride, padding, output_padding)
        for size in x.shape[1:3]
    )
    return adjoint(x.astype(kernel.dtype), kernel, (k, stride, padding, grown))


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
        self.kernel = nnx.Param(kernel_init(rngs.params(), shape, "float32"))
        self.bias = nnx.Param(jnp.zeros(out_features, "float32"))
        self.stride, self.padding = stride, padding

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, H, W, in_features) to (B, h, w, out_features)."""
        x = convolve(x, self.kernel[...], self.stride, self.padding)
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
        self.kernel = nnx.Param(kernel_init(rngs.params(), shape, "float32"))
        self.bias = nnx.Param(jnp.zeros(out_features, "float32"))
        self.stride, self.padding = stride, padding
        self.output_padding = output_padding

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, h, w, in_features) to (B, H, W, out_features)."""
        x = conv_transpose(
            x, self.kernel[...], self.stride, self.padding, self.output_padding
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


def _require_fit(x, kernel, channel_axis):
    require_images(x)
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
