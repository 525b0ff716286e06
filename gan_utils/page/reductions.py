"""Sums, extremes, their places, and sums so far."""

import numpy as np

from gan_utils.page.forms import form
from gan_utils.page.values import C_TYPES, Rule, literal
from gan_utils.page.writer import REASSOCIATE


@form("reduce_sum")
def reduce_sum(low, params, values, outs):
    return _reduced(low, params["axes"], values[0], outs[0], "0", None)


@form("reduce_max")
def reduce_max(low, params, values, outs):
    least = _extreme(outs[0][0], -1)
    return _reduced(low, params["axes"], values[0], outs[0], least, "max")


@form("reduce_min")
def reduce_min(low, params, values, outs):
    most = _extreme(outs[0][0], +1)
    return _reduced(low, params["axes"], values[0], outs[0], most, "min")


@form("reduce_prod")
def reduce_prod(low, params, values, outs):
    return _reduced(low, params["axes"], values[0], outs[0], "1", "*")


@form("reduce_and")
def reduce_and(low, params, values, outs):
    return _reduced(low, params["axes"], values[0], outs[0], "1", "&")


@form("reduce_or")
def reduce_or(low, params, values, outs):
    return _reduced(low, params["axes"], values[0], outs[0], "0", "|")


def _reduced(low, axes, value, out, start: str, how: str | None):
    target = low.w.new(*out)
    kept = [axis for axis in range(len(value.shape)) if axis not in axes]
    inner = [value.shape[axis] for axis in axes]
    if how is None and out[0] == "float32" and kept and kept[-1] > max(axes):
        return _columns(low, value, target, kept, axes)
    with low.w.loops(target.shape) as outer:
        loose = how is None and out[0] == "float32"
        low.w.line("{" + REASSOCIATE * loose + f"{C_TYPES[out[0]]} s={start};")
        with low.w.loops(inner) as within:
            index = _merge(len(value.shape), kept, outer, axes, within)
            term = value.at(index)
            low.w.line(_accumulate(how, out[0], term))
        low.w.line(f"{target.at(outer)}=s;}}")
    return target


def _columns(low, value, target, kept, axes):
    """Sum over earlier axes, with the last axis side by side."""
    low.w.fill(target, Rule("float32", target.shape, lambda i: "0", 0, lambda i: "0"))
    inner = [value.shape[axis] for axis in axes]
    with low.w.loops(inner) as within, low.w.loops(target.shape) as outer:
        index = _merge(len(value.shape), kept, outer, axes, within)
        low.w.line(f"{target.at(outer)}+={value.at(index)};")
    return target


@form("argmax")
def argmax(low, params, values, outs):
    return _argbest(low, params, values[0], outs[0], ">")


@form("argmin")
def argmin(low, params, values, outs):
    return _argbest(low, params, values[0], outs[0], "<")


def _argbest(low, params, value, out, sign):
    (axis,) = params["axes"]
    value = low.w.stored(value)
    target = low.w.new(*out)
    kept = [a for a in range(len(value.shape)) if a != axis]
    with low.w.loops(target.shape) as outer:
        i = low.w.counter()
        here = value.at(_merge(len(value.shape), kept, outer, [axis], [i]))
        best = value.at(_merge(len(value.shape), kept, outer, [axis], ["b"]))
        low.w.line("{int32_t b=0;")
        low.w.line(f"for(int32_t {i}=1;{i}<{value.shape[axis]};{i}++)")
        low.w.line(f"if({here}{sign}{best}||({here}!={here}&&{best}=={best})) b={i};")
        low.w.line(f"{target.at(outer)}=b;}}")
    return target


@form("cumsum")
def cumsum(low, params, values, outs):
    return _running(low, params, values[0], outs[0], lambda a, b: f"{a}+{b}")


@form("cumprod")
def cumprod(low, params, values, outs):
    return _running(low, params, values[0], outs[0], lambda a, b: f"{a}*{b}")


@form("cummax")
def cummax(low, params, values, outs):
    return _running(low, params, values[0], outs[0], lambda a, b: f"({a}>{b}?{a}:{b})")


def _running(low, params, value, out, join):
    axis, target = params["axis"], low.w.new(*out)
    low.w.fill(target, value)
    size = target.shape[axis]
    backwards = params.get("reverse")
    rest = [n for a, n in enumerate(target.shape) if a != axis]
    kept = [a for a in range(len(target.shape)) if a != axis]
    with low.w.loops(rest) as outer:
        i = low.w.counter()
        now, before = i, f"({i}{'+' if backwards else '-'}1)"
        here = target.at(_merge(len(target.shape), kept, outer, [axis], [now]))
        last = target.at(_merge(len(target.shape), kept, outer, [axis], [before]))
        if backwards:
            low.w.line(f"for(int32_t {i}={size - 2};{i}>=0;{i}--)")
        else:
            low.w.line(f"for(int32_t {i}=1;{i}<{size};{i}++)")
        low.w.line(f"{here}={join(last, here)};")
    return target


def _accumulate(how, dtype, term) -> str:
    if how is None:
        return f"s+={term};"
    if how in ("max", "min"):
        if dtype == "float32":
            return f"s=f_{how}(s,{term});"
        return f"{{__typeof__(s) t={term}; s=t{'>' if how == 'max' else '<'}s?t:s;}}"
    return f"s=s{how}{term};"


def _merge(rank, first, outer, second, inner) -> list[str]:
    index = [""] * rank
    for axis, i in zip(first, outer, strict=True):
        index[axis] = i
    for axis, i in zip(second, inner, strict=True):
        index[axis] = i
    return index


def _extreme(dtype: str, sign: int) -> str:
    if dtype == "float32":
        return "INFINITY" if sign > 0 else "(-INFINITY)"
    if dtype == "bool":
        return "1" if sign > 0 else "0"
    limits = np.iinfo(dtype)
    return literal(limits.max if sign > 0 else limits.min, dtype)
