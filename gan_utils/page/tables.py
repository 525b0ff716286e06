"""Operations that look rows up, or add to rows, by their numbers."""

import numpy as np

from gan_utils.page.forms import UnknownPrimitive, form
from gan_utils.page.values import literal, plus


@form("gather")
def gather(low, params, values, outs):
    value, where = values[0], low.w.stored(values[1])
    value = low.w.stored(value)
    numbers, sizes = params["dimension_numbers"], params["slice_sizes"]
    batching = dict(
        zip(
            getattr(numbers, "operand_batching_dims", ()),
            getattr(numbers, "start_indices_batching_dims", ()),
            strict=True,
        )
    )
    offsets = numbers.offset_dims
    gone = {*numbers.collapsed_slice_dims, *batching}
    window = [a for a in range(len(value.shape)) if a not in gone]
    dtype, shape = outs[0]
    batch = [axis for axis in range(len(shape)) if axis not in offsets]
    filled = "FILL" in str(params["mode"]).upper()
    target = low.w.new(dtype, shape)
    with low.w.loops(shape) as index:
        rows = [index[axis] for axis in batch]
        place = ["0"] * len(value.shape)
        inside = []
        for number, axis in enumerate(numbers.start_index_map):
            raw = where.at([*rows, str(number)])
            most = value.shape[axis] - sizes[axis]
            inside.append(f"{raw}>=0&&(int32_t){raw}<={most}")
            place[axis] = f"i_clamp((int32_t){raw},0,{most})"
        for axis, other in batching.items():
            place[axis] = plus(place[axis], rows[other])
        for axis, out in zip(window, offsets, strict=True):
            place[axis] = plus(place[axis], index[out])
        taken = value.at(place)
        if filled and inside:
            nothing = "NAN" if dtype == "float32" else literal(_least(dtype), dtype)
            if params.get("fill_value") is not None:
                nothing = literal(params["fill_value"], dtype)
            taken = f"({'&&'.join(inside)}?{taken}:{nothing})"
        low.w.line(f"{target.at(index)}={taken};")
    return target


@form("scatter-add")
def scatter_add(low, params, values, outs):
    return _scattered(low, params, values, outs, "+=")


@form("scatter")
def scatter(low, params, values, outs):
    return _scattered(low, params, values, outs, "=")


def _scattered(low, params, values, outs, sign):
    value, where, updates = values[0], low.w.stored(values[1]), values[2]
    numbers = params["dimension_numbers"]
    target = low.w.new(*outs[0])
    low.w.fill(target, value)
    if getattr(numbers, "operand_batching_dims", ()):
        raise UnknownPrimitive("scatter with batching dimensions")
    windows = numbers.update_window_dims
    gone = numbers.inserted_window_dims
    window = [a for a in range(len(target.shape)) if a not in gone]
    batch = [a for a in range(len(updates.shape)) if a not in windows]
    with low.w.loops(updates.shape) as index:
        rows = [index[axis] for axis in batch]
        place = ["0"] * len(target.shape)
        for number, axis in enumerate(numbers.scatter_dims_to_operand_dims):
            place[axis] = f"(int32_t){where.at([*rows, str(number)])}"
        for axis, out in zip(window, windows, strict=True):
            place[axis] = plus(place[axis], index[out])
        inside = "&&".join(
            f"{p}>=0&&{p}<{size}"
            for p, size in zip(place, target.shape, strict=True)
            if p != "0"
        )
        low.w.line(f"if({inside or '1'}) {target.at(place)}{sign}{updates.at(index)};")
    return target


def _least(dtype: str):
    return np.iinfo(dtype).max if dtype.startswith("uint") else np.iinfo(dtype).min
