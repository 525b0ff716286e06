"""Loops and branches."""

from gan_utils.page import flatten
from gan_utils.page.forms import form
from gan_utils.page.values import Array, Value


@form("scan")
def scan(low, params, values, outs):
    fixed, held = params["num_consts"], params["num_carry"]
    body, constants = flatten.opened(params["jaxpr"])
    carried = [own(low, v) for v in values[fixed : fixed + held]]
    rows = [low.w.stored(v) for v in values[fixed + held :]]
    every = [low.w.new(*out) for out in outs[held:]]
    with low.w.loop(params["length"]) as i:
        at = f"({params['length'] - 1}-{i})" if params["reverse"] else i
        now = [_row(row, at) for row in rows]
        found = low.run(body, constants, [*values[:fixed], *carried, *now])
        for target, value in zip(every, found[held:], strict=True):
            low.w.fill(_row(target, at), value)
        replace_all(low, carried, found[:held])
    return [*carried, *every]


@form("while")
def while_(low, params, values, outs):
    asks, does = params["cond_nconsts"], params["body_nconsts"]
    carried = [own(low, v) for v in values[asks + does :]]
    question = flatten.opened(params["cond_jaxpr"])
    body = flatten.opened(params["body_jaxpr"])
    low.w.line("for(;;){")
    (go,) = low.run(*question, [*values[:asks], *carried])
    low.w.line(f"if(!({go.at(())})) break;")
    found = low.run(*body, [*values[asks : asks + does], *carried])
    replace_all(low, carried, found)
    low.w.line("}")
    return carried


@form("cond")
def cond(low, params, values, outs):
    which, *operands = values
    operands = [low.w.stored(v) for v in operands]
    results = [low.w.new(*out) for out in outs]
    branches = params["branches"]
    choice = low.w.new("int32", ())
    most = len(branches) - 1
    number = f"(int32_t)({which.at(())})"
    low.w.line(f"{choice.at(())}=i_clamp({number},0,{most});")
    for k, branch in enumerate(branches):
        low.w.line(f"if({choice.at(())}=={k}){{")
        found = low.run(*flatten.opened(branch), operands)
        for target, value in zip(results, found, strict=True):
            low.w.fill(target, value)
        low.w.line("}")
    return results


def own(low, value: Value) -> Array:
    """Copy a value into an array that a loop may overwrite."""
    target = low.w.new(value.dtype, value.shape)
    low.w.fill(target, value)
    return target


def replace_all(low, targets, values) -> None:
    """Overwrite arrays at once, as if all values were computed before the first write.

    A value that nothing but its own target's elements stands in the way of is written
    there directly.
    """
    pairs = [(t, v) for t, v in zip(targets, values, strict=True) if t != v]
    texts = [value.at(_places(value)) for _, value in pairs]
    ready = []
    for number, (target, value) in enumerate(pairs):
        others = [*texts[:number], *texts[number + 1 :]]
        alone = not any(f"{target.name}[" in text for text in others)
        itself = texts[number].replace(target.at(_places(value)), "")
        if alone and f"{target.name}[" not in itself:
            ready.append((target, value))
        else:
            ready.append((target, own(low, value)))
    for target, value in ready:
        low.w.fill(target, value)


def _places(value: Value) -> list[str]:
    """Name an index for each axis, to see what an element is made of."""
    return ["0" if n == 1 else f"i_{axis}" for axis, n in enumerate(value.shape)]


def _row(value: Array, at: str) -> Array:
    """View what lies under one index of the first axis."""
    stride = value.strides[0]
    offset = "0" if at == "0" else f"({at})*{stride}"
    return value.view(value.shape[1:], value.strides[1:], offset)
