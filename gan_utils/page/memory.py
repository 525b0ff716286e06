"""Operations that put parts of arrays together, or move a window over one."""

from gan_utils.page.forms import UnknownPrimitive, form
from gan_utils.page.values import Rule
from gan_utils.page.views import moved


@form("concatenate")
def concatenate(low, params, values, outs):
    target = low.w.new(*outs[0])
    axis, start = params["dimension"], 0
    for value in values:
        offset = str(start * target.strides[axis])
        low.w.fill(target.view(value.shape, target.strides, offset), value)
        start += value.shape[axis]
    return target


@form("pad")
def pad(low, params, values, outs):
    value, filling = values
    target, spans = low.w.new(*outs[0]), params["padding_config"]
    low.w.fill(target, Rule(value.dtype, target.shape, lambda i: filling.at(())))
    if any(low < 0 or high < 0 for low, high, _ in spans):
        starts = [max(-low, 0) for low, _, _ in spans]
        kept = [
            size - max(-low, 0) - max(-high, 0)
            for size, (low, high, _) in zip(value.shape, spans, strict=True)
        ]
        if any(inside for _, _, inside in spans):
            raise UnknownPrimitive("pad with negative and inner padding at once")
        value = moved(
            low, value, tuple(kept), [str(s) for s in starts], [1] * len(kept)
        )
    offset = sum(
        max(low, 0) * stride
        for (low, _, _), stride in zip(spans, target.strides, strict=True)
    )
    strides = [
        stride * (inside + 1)
        for (_, _, inside), stride in zip(spans, target.strides, strict=True)
    ]
    low.w.fill(target.view(value.shape, strides, str(offset)), value)
    return target


@form("dynamic_slice")
def dynamic_slice(low, params, values, outs):
    value, starts = values[0], values[1:]
    shape = outs[0][1]
    places = _starts(low, starts, value.shape, shape)  # a key's words: all of them
    return moved(low, value, shape, places, [1] * len(shape))


@form("dynamic_update_slice")
def dynamic_update_slice(low, params, values, outs):
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
