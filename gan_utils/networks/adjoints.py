"""Convolution, its adjoint and their overlap: derivatives of one another."""

from functools import partial

import jax
import jax.numpy as jnp
from jax import lax

FEWEST_CHANNELS = 8  # of an image that is put together from its phases

# Three maps, each linear in both arguments, whose slopes are one another:
#   <c, conv(x, k)> = <x, adjoint(c, k)> = <k, overlap(x, c)>.
# With these as their derivatives, gradients of any order (a penalty on a gradient needs
# the second) are made of the same three, in the forms that XLA runs fast on CPUs. Its
# own rules reach a naive path instead: 12 to 40 times slower for a kernel's slope.


def _byadjoints(function):
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


@_byadjoints
def conv(x, kernel, sizes):
    """Strided convolution: x (B, H, W, C), kernel (k, k, C, D) -> (B, h, w, D)."""
    _, stride, padding, _ = sizes
    return lax.conv_general_dilated(
        x,
        kernel,
        window_strides=(stride, stride),
        padding=[(padding, padding)] * 2,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )


@_byadjoints
def adjoint(y, kernel, sizes):
    """Adjoint in x: y (B, h, w, D), kernel (k, k, C, D) -> (B, H, W, C)."""
    if phases_pay(sizes, channels=kernel.shape[2]):
        return _by_phases(y, kernel, sizes)
    return _by_dilation(y, kernel, sizes)


def phases_pay(sizes, channels: int) -> bool:
    """Tell whether the adjoint should be computed phase by phase.

    XLA's CPU backend multiplies the zeros that dilation puts between the pixels of y:
    stride^2 times the work. An image of few channels costs more to put together.
    """
    k, stride, _, height_width = sizes
    divides = all(size % stride == 0 for size in height_width)
    worth = 1 < stride <= k and channels >= FEWEST_CHANNELS
    return worth and divides and jax.default_backend() == "cpu"


@partial(jax.jit, static_argnums=2)  # outside a program too, compile all of it once
def _by_phases(y, kernel, sizes):
    """Compute the pixels stride q + a, for each phase a, by a small convolution of y.

    Along one axis, x[stride q + a] = sum_m y[q + shift - m] kernel[first + stride m],
    where shift and first are quotient and remainder of (a + padding) / stride.
    """
    k, stride, padding, (height, width) = sizes

    def pixels(down, across):
        """Compute the pixels of one phase in each axis, (B, H/stride, W/stride, C)."""
        zeros = [
            _zeros_around(phase, k, stride, padding, small, large)
            for phase, small, large in zip(
                (down, across), y.shape[1:3], (height, width), strict=True
            )
        ]
        first, second = ((phase + padding) % stride for phase in (down, across))
        taps = jnp.flip(kernel[first::stride, second::stride], (0, 1))
        layout = ("NHWC", "HWOI", "NHWC")
        return lax.conv_general_dilated(
            y, taps, (1, 1), zeros, dimension_numbers=layout
        )

    phases = range(stride)
    rows = [jnp.stack([pixels(a, b) for b in phases], axis=3) for a in phases]
    image = jnp.stack(rows, axis=2)  # (B, H / stride, stride, W / stride, stride, C)
    return image.reshape(len(y), height, width, -1)


def _zeros_around(phase: int, k: int, stride: int, padding: int, small, large):
    """Count the zeros before and after y along one axis; below 0, pixels are cut."""
    shift, first = divmod(phase + padding, stride)
    taps = len(range(first, k, stride))
    return taps - 1 - shift, large // stride + shift - small


def _by_dilation(y, kernel, sizes):
    """Convolve y, with zeros between its pixels, with the flipped kernel."""
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


@_byadjoints
def overlap(x, y, sizes):
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
    "conv": (
        lambda x, k, c, sizes: adjoint(c, k, sizes),
        lambda x, k, c, sizes: overlap(x, c, sizes),
    ),
    "adjoint": (
        lambda y, k, c, sizes: conv(c, k, sizes),
        lambda y, k, c, sizes: overlap(c, y, sizes),
    ),
    "overlap": (
        lambda x, y, c, sizes: adjoint(y, c, sizes),
        lambda x, y, c, sizes: conv(x, c, sizes),
    ),
}
