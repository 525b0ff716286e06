"""Operations that put parts of arrays together, or move a window over one."""

from gan_utils.page.forms import UnknownPrimitive, form
from gan_utils.page.values import Rule
from gan_utils.page.views import moved


@form("concatenate")
def concatenate(low, params, values, outs):
    """Lay arrays side by side."""
    target = low.w.new(*outs[0])
    axis, start = params["dimension"], 0
    for value in values:
        offset = str(start * target.strides[axis])
        low.w.fill(target.view(value.shape, target.strides, offset), value)
        start += value.shape[axis]
    return target


@form("empty2")
@form("empty")
def empty(low, params, values, outs):
    """Stand where nothing is read, such as in a branch that was not taken."""
    dtype, shape = outs[0]
    return Rule(dtype, shape, lambda index: "0", 0, lambda i: "0")


@form("stack")
def stack(low, params, values, outs):
    target, axis = low.w.new(*outs[0]), params["axis"]
    strides = [step for a, step in enumerate(target.strides) if a != axis]
    for number, value in enumerate(values):
        offset = str(number * target.strides[axis])
        low.w.fill(target.view(value.shape, strides, offset), value)
    return target


@form("pad")
def pad(low, params, values, outs):
    """Put a filling around an array and between its elements; below 0, cut it."""
    value, filling = values
    spans, target = params["padding_config"], low.w.new(*outs[0])
    low.w.fill(target, Rule(value.dtype, target.shape, lambda i: filling.at(())))
    value = _cut(low, value, spans)
    axes = list(zip(spans, target.strides, strict=True))
    offset = sum(max(before, 0) * stride for (before, _, _), stride in axes)
    strides = [stride * (between + 1) for (_, _, between), stride in axes]
    low.w.fill(target.view(value.shape, strides, str(offset)), value)
    return target


def _cut(low, value, spans):
    """Take away what a padding below 0 asks for."""
    gone = [(max(-before, 0), max(-after, 0)) for before, after, _ in spans]
    if not any(map(any, gone)):
        return value
    if any(between for _, _, between in spans):
        raise UnknownPrimitive("pad with negative and inner padding at once")
    kept = [n - sum(both) for n, both in zip(value.shape, gone, strict=True)]
    starts = [str(before) for before, _ in gone]
    return moved(low, value, tuple(kept), starts, [1] * len(kept))


@form("dynamic_slice")
def dynamic_slice(low, params, values, outs):
    """Take a window whose place is only known when the program runs."""
    value, starts = values[0], values[1:]
    shape = outs[0][1]
    places = _starts(low, starts, value.shape, shape)  # a key's words: all of them
    return moved(low, value, shape, places, [1] * len(shape))


@form("dynamic_update_slice")
def dynamic_update_slice(low, params, values, outs):
    """Write a window into a copy of an array."""
    value, update, *starts = values
    target = low.w.new(*outs[0])
    low.w.fill(target, value)
    places = _starts(low, starts, target.shape, update.shape)
    window = moved(low, target, update.shape, places, [1] * len(places))
    low.w.fill(window, update)
    return target


def _starts(low, starts, sizes, window) -> list[str]:
    """Compute where a window starts, so that all of it lies inside."""
    names = []
    for number, (size, width) in enumerate(zip(sizes, window, strict=True)):
        if size == width:
            names.append("0")
            continue
        place = low.w.new("int32", ())
        at = f"(int32_t)({starts[number].at(())})"
        low.w.line(f"{place.at(())}=i_clamp({at},0,{size - width});")
        names.append(place.at(()))
    return names
