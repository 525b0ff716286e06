"""Operations that look rows up, or add to rows, by their numbers."""

import numpy as np
from jax.lax import GatherScatterMode

from gan_utils.page.forms import UnknownPrimitive, form
from gan_utils.page.values import literal, plus

SCATTERED = (  # what a window outside may do; a promise that is broken drops it
    GatherScatterMode.FILL_OR_DROP,
    GatherScatterMode.PROMISE_IN_BOUNDS,
    GatherScatterMode.CLIP,
)


@form("gather")
def gather(low, params, values, outs):
    """Read windows of a table; one outside is brought inside, or gives a filling."""
    where, value = low.w.stored(values[1]), low.w.stored(values[0])
    numbers, (dtype, shape) = params["dimension_numbers"], outs[0]
    beside = _batching(numbers)
    gone = {*numbers.collapsed_slice_dims, *beside}
    window = [axis for axis in range(len(value.shape)) if axis not in gone]
    batch = [axis for axis in range(len(shape)) if axis not in numbers.offset_dims]
    target = low.w.new(dtype, shape)
    with low.w.loops(shape) as index:
        rows = [index[axis] for axis in batch]
        place, inside = _clamped(value, where, rows, numbers, params["slice_sizes"])
        for axis, other in beside.items():
            place[axis] = plus(place[axis], rows[other])
        for axis, out in zip(window, numbers.offset_dims, strict=True):
            place[axis] = plus(place[axis], index[out])
        taken = value.at(place)
        if inside and "FILL" in str(params["mode"]).upper():
            filling = _filling(params.get("fill_value"), dtype)
            taken = f"({'&&'.join(inside)}?{taken}:{filling})"
        low.w.line(f"{target.at(index)}={taken};")
    return target


def _batching(numbers) -> dict[int, int]:
    """Pair the table's axes that a vmap made with those of the numbers of its rows."""
    names = "operand_batching_dims", "start_indices_batching_dims"  # not in older JAX
    return dict(zip(*(getattr(numbers, name, ()) for name in names), strict=True))


def _clamped(value, where, rows, numbers, sizes) -> tuple[list[str], list[str]]:
    """Write where a window begins on each axis, and what is true if that is inside."""
    place, inside = ["0"] * len(value.shape), []
    for number, axis in enumerate(numbers.start_index_map):
        asked = where.at([*rows, str(number)])
        most = value.shape[axis] - sizes[axis]
        inside.append(f"{asked}>=0&&(int32_t){asked}<={most}")
        place[axis] = f"i_clamp((int32_t){asked},0,{most})"
    return place, inside


def _filling(given, dtype: str) -> str:
    """Write what stands for a place outside; without a number of its own, JAX's."""
    if given is not None:
        return literal(given, dtype)
    return "NAN" if dtype == "float32" else literal(_least(dtype), dtype)


@form("scatter-add")
def scatter_add(low, params, values, outs):
    return _scattered(low, params, values, outs, "+=")


@form("scatter")
def scatter(low, params, values, outs):
    return _scattered(low, params, values, outs, "=")


def _scattered(low, params, values, outs, sign):
    """Write windows of updates into a copy of a table.

    As in JAX, a window that is partly outside is brought inside by the mode CLIP, and
    left out whole by the others.
    """
    value, where, updates = values[0], low.w.stored(values[1]), values[2]
    numbers, mode = params["dimension_numbers"], params["mode"]
    if mode not in SCATTERED:
        raise UnknownPrimitive(f"scatter with mode {mode.name} has no form in C.")
    if getattr(numbers, "operand_batching_dims", ()):
        raise UnknownPrimitive("scatter with batching dimensions")
    target = low.w.new(*outs[0])
    low.w.fill(target, value)
    windows = numbers.update_window_dims
    gone = numbers.inserted_window_dims
    window = [a for a in range(len(target.shape)) if a not in gone]
    batch = [a for a in range(len(updates.shape)) if a not in windows]
    sizes = [1] * len(target.shape)
    for axis, out in zip(window, windows, strict=True):
        sizes[axis] = updates.shape[out]
    with low.w.loops(updates.shape) as index:
        rows = [index[axis] for axis in batch]
        starts = ["0"] * len(target.shape)
        for number, axis in enumerate(numbers.scatter_dims_to_operand_dims):
            starts[axis] = f"(int32_t){where.at([*rows, str(number)])}"
            if mode is GatherScatterMode.CLIP:
                most = target.shape[axis] - sizes[axis]
                starts[axis] = f"i_clamp({starts[axis]},0,{most})"
        place = list(starts)
        for axis, out in zip(window, windows, strict=True):
            place[axis] = plus(place[axis], index[out])
        inside = []
        for axis, start in enumerate(starts):
            first, places = start, target.shape[axis] - sizes[axis] + 1
            if start == "0":  # a whole axis, or a window that stands at its beginning
                first, places = place[axis], target.shape[axis]
            if first != "0":
                inside.append(f"{first}>=0&&{first}<{places}")
        kept = "&&".join(inside) or "1"
        low.w.line(f"if({kept}) {target.at(place)}{sign}{updates.at(index)};")
    return target


def _least(dtype: str) -> int:
    """Return what JAX fills whole numbers with: the largest where none is below 0."""
    return np.iinfo(dtype).max if dtype.startswith("uint") else np.iinfo(dtype).min
