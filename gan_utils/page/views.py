"""Operations that show the same elements under another index."""

import numpy as np

from gan_utils.page.forms import CHEAP, form
from gan_utils.page.values import Array, Rule, plus, strides_of


@form("broadcast_in_dim")
def broadcast_in_dim(low, params, values, outs):
    """Repeat elements along new axes, and along those of size 1."""
    (value, *_), (dtype, shape) = values, outs[0]
    axes = params["broadcast_dimensions"]
    if isinstance(value, Rule) and value.cost > CHEAP and value.shape != shape:
        value = low.w.stored(value)
    sizes = dict(zip(axes, value.shape, strict=True))
    if isinstance(value, Array):
        steps = dict(zip(axes, value.strides, strict=True))
        strides = [
            steps[axis] if sizes.get(axis, 1) != 1 else 0 for axis in range(len(shape))
        ]
        return value.view(shape, strides)

    def at(index):
        return value.at(
            ["0" if size == 1 else index[axis] for axis, size in sizes.items()]
        )

    same = value.flat if value.shape in (shape, ()) else None
    if same is None and set(value.shape) == {1}:
        same = lambda i: value.at(["0"] * len(value.shape))  # noqa: E731
    return Rule(dtype, shape, at, value.cost, same)


@form("reshape")
def reshape(low, params, values, outs):
    """Lay the same row of elements out in another shape."""
    value, shape = values[0], outs[0][1]
    if value.shape == shape:
        return value
    if isinstance(value, Rule) and value.flat and value.cost <= CHEAP:
        strides = Array("", value.dtype, shape, strides_of(shape))

        def at(index):
            return value.flat(strides.at(index)[1:-1])

        return Rule(value.dtype, shape, at, value.cost, value.flat)
    return low.w.packed(value).reshaped(shape)


@form("squeeze")
def squeeze(low, params, values, outs):
    """Leave axes of size 1 out."""
    value, gone = values[0], set(params["dimensions"])
    kept = [axis for axis in range(len(value.shape)) if axis not in gone]
    if isinstance(value, Array):
        return value.view(outs[0][1], [value.strides[axis] for axis in kept])
    place = {axis: number for number, axis in enumerate(kept)}

    def at(index):
        every = range(len(value.shape))
        return value.at([index[place[a]] if a in place else "0" for a in every])

    return Rule(value.dtype, outs[0][1], at, value.cost, value.flat)


@form("transpose")
def transpose(low, params, values, outs):
    """Change the order of axes."""
    value, order = values[0], params["permutation"]
    if isinstance(value, Array):
        return value.view(outs[0][1], [value.strides[axis] for axis in order])
    back = np.argsort(order)

    def at(index):
        return value.at([index[axis] for axis in back])

    return Rule(value.dtype, outs[0][1], at, value.cost)


@form("slice")
def slice_(low, params, values, outs):
    """Take every so many elements of a range along each axis."""
    starts = params["start_indices"]
    steps = params["strides"] or [1] * len(starts)
    return moved(low, values[0], outs[0][1], [str(s) for s in starts], steps)


def moved(low, value, shape, starts, steps):
    """Take elements at start + index * step."""
    if isinstance(value, Array):
        offset = plus(
            *(
                str(int(start) * stride) if start.isdigit() else f"{start}*{stride}"
                for start, stride in zip(starts, value.strides, strict=True)
            )
        )
        strides = [a * b for a, b in zip(value.strides, steps, strict=True)]
        return value.view(shape, strides, offset)

    def at(index):
        places = zip(starts, index, steps, strict=True)
        return value.at([plus(s, i if k == 1 else f"{i}*{k}") for s, i, k in places])

    return Rule(value.dtype, shape, at, value.cost)


@form("rev")
def rev(low, params, values, outs):
    """Read some axes backwards."""
    value, turned = values[0], set(params["dimensions"])
    sizes = value.shape

    def at(index):
        return value.at(
            [f"({sizes[a] - 1}-{i})" if a in turned else i for a, i in enumerate(index)]
        )

    return Rule(value.dtype, outs[0][1], at, value.cost + 1)


@form("iota")
def iota(low, params, values, outs):
    """Count along one axis."""
    (dtype, shape), axis = outs[0], params["dimension"]
    cast = {"float32": "(float)", "uint32": "(uint32_t)"}.get(dtype, "")
    return Rule(dtype, shape, lambda index: f"({cast}({index[axis]}))", 1)


@form("split")
def split(low, params, values, outs):
    """Cut an axis into parts."""
    axis, start, parts = params["axis"], 0, []
    for size, (_, shape) in zip(params["sizes"], outs, strict=True):
        starts = [str(start) if a == axis else "0" for a in range(len(shape))]
        parts.append(moved(low, values[0], shape, starts, [1] * len(shape)))
        start += size
    return parts


@form("unstack")
def unstack(low, params, values, outs):
    """Take an axis apart."""
    axis, count = params["axis"], len(outs)
    shape = (*outs[0][1][:axis], 1, *outs[0][1][axis:])
    thin = [(outs[0][0], shape)] * count
    parts = split(low, {"axis": axis, "sizes": [1] * count}, values, thin)
    gone = {"dimensions": (axis,)}
    return [squeeze(low, gone, [part], outs[:1]) for part in parts]
