"""Products of matrices, of any number of axes."""

import itertools

import numpy as np

from gan_utils.page.forms import form
from gan_utils.page.values import Array


@form("dot_general")
def dot_general(low, params, values, outs):
    """Sum products over axes that both have, for each place in those they share."""
    summed, shared = params["dimension_numbers"]
    left, right = (
        _ordered(low, low.w.stored(value), *axes)
        for value, axes in zip(values, zip(shared, summed, strict=True), strict=True)
    )
    (b, m, k), n = left.shape, right.shape[1]
    return low.w.product(left, right, (b, m, n, k)).reshaped(outs[0][1])


def _ordered(low, value: Array, shared, summed) -> Array:
    """View an operand as (shared, its own, summed)."""
    own = [a for a in range(len(value.shape)) if a not in {*shared, *summed}]
    return _three(low, value, shared, own, summed)


def _three(low, value: Array, *groups) -> Array:
    """View an array with three axes, each made of some of its own."""
    order = [axis for group in groups for axis in group]
    shape = [value.shape[axis] for axis in order]
    turned = value.view(shape, [value.strides[axis] for axis in order])
    sizes, strides, start = [], [], 0
    for group in groups:
        axes = range(start, start + len(group))
        start += len(group)
        joined = _joined(turned, axes)
        if joined is None:
            return _three_copied(low, turned, [len(g) for g in groups])
        sizes.append(joined[0])
        strides.append(joined[1])
    return turned.view(sizes, strides)


def _three_copied(low, turned: Array, lengths) -> Array:
    """Copy an array, so that so many of its axes in turn become one."""
    packed, shape, start = low.w.packed(turned), [], 0
    for length in lengths:
        shape.append(int(np.prod(turned.shape[start : start + length])))
        start += length
    return packed.reshaped(tuple(shape))


def _joined(value: Array, axes) -> tuple[int, int] | None:
    """Return (size, stride) of some axes taken as one, or None where they are not."""
    wide = [a for a in axes if value.shape[a] != 1]
    size = int(np.prod([value.shape[a] for a in wide])) if wide else 1
    for before, after in itertools.pairwise(wide):
        if value.strides[before] != value.strides[after] * value.shape[after]:
            return None
    return size, value.strides[wide[-1]] if wide else 0
