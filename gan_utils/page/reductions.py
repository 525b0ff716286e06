"""Sums, extremes, their places, and sums so far."""

import numpy as np

from gan_utils.page.forms import form
from gan_utils.page.values import C_TYPES, Rule, literal
from gan_utils.page.writer import REASSOCIATE


@form("reduce_sum")
def reduce_sum(low, params, values, outs):
    return _reduced(low, params, values, outs, "0", lambda x: f"s+={x};", summed=True)


@form("reduce_max")
def reduce_max(low, params, values, outs):
    dtype = outs[0][0]
    take = _extreme_of("max", ">", dtype)
    return _reduced(low, params, values, outs, _limit(dtype, -1), take)


@form("reduce_min")
def reduce_min(low, params, values, outs):
    dtype = outs[0][0]
    take = _extreme_of("min", "<", dtype)
    return _reduced(low, params, values, outs, _limit(dtype, +1), take)


@form("reduce_prod")
def reduce_prod(low, params, values, outs):
    return _reduced(low, params, values, outs, "1", lambda x: f"s=s*{x};")


@form("reduce_and")
def reduce_and(low, params, values, outs):
    dtype = outs[0][0]
    every_bit = "1" if dtype == "bool" else f"({C_TYPES[dtype]})-1"
    return _reduced(low, params, values, outs, every_bit, lambda x: f"s=s&{x};")


@form("reduce_or")
def reduce_or(low, params, values, outs):
    return _reduced(low, params, values, outs, "0", lambda x: f"s=s|{x};")


def _reduced(low, params, values, outs, start: str, take, summed=False):
    """Write a reduction: `s` starts at `start`, and `take` writes how it takes a term.

    A sum of float32 may be taken in any order.
    """
    (value,), ((dtype, shape),), axes = values, outs, params["axes"]
    if not axes:
        return value
    target, loose = low.w.new(dtype, shape), summed and dtype == "float32"
    kept = [axis for axis in range(len(value.shape)) if axis not in axes]
    inner = [value.shape[axis] for axis in axes]
    if loose and kept and kept[-1] > max(axes):
        return _columns(low, value, target, kept, axes)
    with low.w.loops(shape) as outer:
        low.w.line("{" + REASSOCIATE * loose + f"{C_TYPES[dtype]} s={start};")
        with low.w.loops(inner) as within:
            term = value.at(_merge(len(value.shape), kept, outer, axes, within))
            low.w.line(take(term))
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
    """Write the place of the best element along an axis; the first NaN is best."""
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
    if outs[0][0] == "float32":  # NaN stays, as in JAX
        join = "f_max({},{})".format
    else:
        join = "({0}>{1}?{0}:{1})".format
    return _running(low, params, values[0], outs[0], join)


def _running(low, params, value, out, join):
    """Write what `join` makes of each element and all before it along an axis."""
    axis, target = params["axis"], low.w.new(*out)
    low.w.fill(target, value)
    size = target.shape[axis]
    backwards = params.get("reverse")
    rest = [n for a, n in enumerate(target.shape) if a != axis]
    kept = [a for a in range(len(target.shape)) if a != axis]
    with low.w.loops(rest) as outer:
        i = low.w.counter()
        before = f"({i}{'+' if backwards else '-'}1)"
        here = target.at(_merge(len(target.shape), kept, outer, [axis], [i]))
        last = target.at(_merge(len(target.shape), kept, outer, [axis], [before]))
        if backwards:
            low.w.line(f"for(int32_t {i}={size - 2};{i}>=0;{i}--)")
        else:
            low.w.line(f"for(int32_t {i}=1;{i}<{size};{i}++)")
        low.w.line(f"{here}={join(last, here)};")
    return target


def _extreme_of(name: str, sign: str, dtype: str):
    """Return how a maximum or minimum takes a term; of float32, NaN stays."""
    if dtype == "float32":
        return lambda x: f"s=f_{name}(s,{x});"
    return lambda x: f"{{__typeof__(s) t={x}; s=t{sign}s?t:s;}}"


def _merge(rank, first, outer, second, inner) -> list[str]:
    """Put the indices `outer` at the axes `first`, and `inner` at the axes `second`."""
    index = [""] * rank
    for axis, i in zip(first, outer, strict=True):
        index[axis] = i
    for axis, i in zip(second, inner, strict=True):
        index[axis] = i
    return index


def _limit(dtype: str, sign: int) -> str:
    """Write the largest number of a kind, or with a sign of -1 the smallest."""
    if dtype == "float32":
        return "INFINITY" if sign > 0 else "(-INFINITY)"
    if dtype == "bool":
        return "1" if sign > 0 else "0"
    limits = np.iinfo(dtype)
    return literal(limits.max if sign > 0 else limits.min, dtype)
