"""Convolutions: the windows side by side as a matrix, and one product."""

import numpy as np

from gan_utils.page.forms import UnknownPrimitive, form
from gan_utils.page.values import Array, Rule
from gan_utils.page.views import moved


@form("conv_general_dilated")
def conv_general_dilated(low, params, values, outs):
    for name in ("feature_group_count", "batch_group_count"):
        if params[name] != 1:
            raise UnknownPrimitive(
                f"a convolution with {name} {params[name]} has no form in C; expected 1"
            )
    spec = params["dimension_numbers"]
    image = _turned(low, values[0], (spec[0][0], *spec[0][2:], spec[0][1]))
    kernel = _turned(low, values[1], (*spec[1][2:], spec[1][1], spec[1][0]))
    image = _spread(low, image, params["padding"], params["lhs_dilation"])
    *window, channels, features = kernel.shape
    shape = outs[0][1]
    counts = [shape[axis] for axis in spec[2][2:]]
    rows, terms = shape[spec[2][0]] * int(np.prod(counts)), int(np.prod(window))
    strides = image.strides
    steps = [a * b for a, b in zip(params["window_strides"], strides[1:], strict=False)]
    inner = [a * b for a, b in zip(params["rhs_dilation"], strides[1:], strict=False)]
    windows = image.view(
        (image.shape[0], *counts, *window, channels),
        (strides[0], *steps, *inner, strides[-1]),
    )
    left = low.w.packed(windows).reshaped((1, rows, terms * channels))
    flat = low.w.packed(kernel).reshaped((1, terms * channels, features))
    right = flat.view((1, features, terms * channels), (0, 1, features))
    found = low.w.product(left, right, (1, rows, features, terms * channels))
    found = found.reshaped((image.shape[0], *counts, features))
    places = (spec[2][0], *spec[2][2:], spec[2][1])  # of our axes in the result
    order = [places.index(axis) for axis in range(len(shape))]
    return found.view(shape, [found.strides[axis] for axis in order])


def _turned(low, value, order) -> Array:
    """View an array with its axes in another order."""
    value = low.w.stored(value)
    return value.view(
        [value.shape[axis] for axis in order], [value.strides[axis] for axis in order]
    )


def _spread(low, image: Array, padding, dilation) -> Array:
    """Put zeros between the pixels of (N, *spatial, C) and around them, or cut edges.

    Pixels that lie outside, after zeros were put between them, are cut.
    """
    if all(pair == (0, 0) for pair in padding) and all(d == 1 for d in dilation):
        return image
    sizes, starts, kept, offsets = [], ["0"], [image.shape[0]], [0]
    for size, (before, after), d in zip(
        image.shape[1:-1], padding, dilation, strict=True
    ):
        whole = max((size - 1) * d + 1, 0) + before + after
        first = max(-(before // d), 0)  # of the pixels that lie inside
        last = min((whole - 1 - before) // d, size - 1)
        sizes.append(whole)
        starts.append(str(first))
        kept.append(max(last - first + 1, 0))
        offsets.append(before + first * d)
    starts, kept = [*starts, "0"], (*kept, image.shape[-1])
    target = low.w.new(image.dtype, (image.shape[0], *sizes, image.shape[-1]))
    low.w.fill(target, Rule(image.dtype, target.shape, lambda i: "0", 0, lambda i: "0"))
    inside = moved(low, image, kept, starts, [1] * len(kept))
    strides = [s * d for s, d in zip(target.strides, (1, *dilation, 1), strict=True)]
    offset = sum(a * b for a, b in zip(offsets, target.strides, strict=False))
    low.w.fill(target.view(kept, strides, str(offset)), inside)
    return target
