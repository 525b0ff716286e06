"""Convolution, its adjoint and their overlap: derivatives of one another.

Three maps, each linear in both arguments, whose slopes are one another:

    <c, conv(x, k)> = <x, adjoint(c, k)> = <k, overlap(x, c)>

With these as their derivatives, gradients of any order (a penalty on a gradient needs
the second) are made of the same three, in the forms that XLA runs fast on CPUs. Its
own rules reach a naive path instead: 12 to 40 times slower for a kernel's slope.
"""

from functools import partial

import jax
import jax.numpy as jnp
from jax import lax

from gan_utils.engine.switches import engine

FEWEST_CHANNELS = 8  # of an image that is put together from its phases, not copies


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


@_by_adjoints
def adjoint(y, kernel, sizes):
    """Adjoint in x: y (B, h, w, D), kernel (k, k, C, D) -> (B, H, W, C)."""
    if not avoids_dilation(sizes):
        return _by_dilation(y, kernel, sizes)
    if kernel.shape[2] < FEWEST_CHANNELS:
        return _by_copies(y, kernel, sizes)
    return _by_phases(y, kernel, sizes)


def avoids_dilation(sizes) -> bool:
    """Tell whether the adjoint should be computed without zeros between y's pixels.

    XLA's CPU backend multiplies these zeros, stride^2 times the work, and takes a naive
    path for some odd sizes, which is 30 times slower than the other forms.
    """
    k, stride, *_ = sizes
    on_cpu = jax.default_backend() == "cpu"
    return 1 < stride <= k and on_cpu and engine() == "fast"


@partial(jax.jit, static_argnums=2)  # outside a program too, compile all of it once
def _by_phases(y, kernel, sizes):
    """Compute the pixels stride q + a, for each phase a, by a small convolution of y.

    Along one axis, x[stride q + a] = sum_m y[q + shift - m] kernel[first + stride m],
    where shift and first are quotient and remainder of (a + padding) / stride.
    """
    k, stride, padding, (height, width) = sizes
    counts = [-(-size // stride) for size in (height, width)]  # q, rounded up

    def pixels(down, across):
        """Compute the pixels of one phase in each axis, (B, *counts, C)."""
        zeros = [
            _zeros_around(phase, k, stride, padding, small, count)
            for phase, small, count in zip(
                (down, across), y.shape[1:3], counts, strict=True
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
    image = jnp.stack(rows, axis=2)  # (B, counts[0], stride, counts[1], stride, C)
    image = image.reshape(len(y), *(stride * count for count in counts), -1)
    return image[:, :height, :width]


def _zeros_around(phase: int, k: int, stride: int, padding: int, small, count):
    """Count the zeros before and after y along one axis; below 0, pixels are cut."""
    shift, first = divmod(phase + padding, stride)
    taps = len(range(first, k, stride))
    return taps - 1 - shift, count + shift - small


@partial(jax.jit, static_argnums=2)
def _by_copies(y, kernel, sizes):
    """Let every pixel of y write its copy of the kernel, and add up what overlaps.

    All copies are one matrix product. Each is cut into tiles of stride x stride pixels,
    and tiles of equal place in their copies lie side by side in the image.
    """
    k, stride, padding, (height, width) = sizes
    batch, h, w, _ = y.shape
    reach = -(-k // stride)  # tiles in a copy along one axis
    rest = reach * stride - k
    kernel = jnp.pad(kernel, [(0, rest), (0, rest), (0, 0), (0, 0)])
    tiles = kernel.reshape(reach, stride, reach, stride, *kernel.shape[2:])
    rows, columns = h + reach - 1, w + reach - 1

    def placed(i, j):
        """Lay out the tile (i, j) of all copies, (B, rows, columns, s, s, C)."""
        copies = jnp.einsum("bhwd,stcd->bhwstc", y, tiles[i, :, j])
        around = [(0, 0), (i, reach - 1 - i), (j, reach - 1 - j)]
        return jnp.pad(copies, around + [(0, 0)] * 3)

    image = sum(placed(i, j) for i in range(reach) for j in range(reach))
    image = image.transpose(0, 1, 3, 2, 4, 5)
    image = image.reshape(batch, rows * stride, columns * stride, -1)
    fit = [
        (-padding, padding + size - n * stride, 0)
        for size, n in ((height, rows), (width, columns))
    ]
    return lax.pad(image, jnp.zeros((), image.dtype), [(0, 0, 0), *fit, (0, 0, 0)])


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


@_by_adjoints
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
