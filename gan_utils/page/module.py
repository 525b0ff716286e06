"""A module for a page: pure functions of the course that share named arrays."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import resources
from typing import Any, NamedTuple

import jax
import numpy as np

from gan_utils.page.control import replace_all
from gan_utils.page.lower import Lowering, dtype_of, shape_of
from gan_utils.page.values import Array
from gan_utils.page.writer import Writer


class Leaf(NamedTuple):
    """An array that a page can read and write."""

    path: str  # such as "state.g.params[0]"
    dtype: str
    shape: tuple[int, ...]


class Module(NamedTuple):
    """A program in C, and the arrays that it shares with a page."""

    source: str
    leaves: tuple[Leaf, ...]
    functions: tuple[str, ...]

    def describe(self) -> str:
        """Return as JSON what a page must know: names, types and shapes in order."""
        leaves = [leaf._asdict() for leaf in self.leaves]
        return json.dumps({"leaves": leaves, "functions": self.functions})


def module(
    functions: dict[str, tuple[Callable, Sequence[str]]], given: dict[str, Any]
) -> Module:
    """Turn pure functions into a program in C.

    Args:
        functions: by name, (function, names of its arguments). Each takes trees of
            arrays and returns a dict of trees by name. What it returns under a name
            that is known replaces the old numbers, once all of them are computed; a
            new name may be an argument of the functions after it.
        given: trees of arrays by name, to begin with. Only types and shapes count.

    Returns:
        Module; `build.compiled` makes WebAssembly of it.

    Raises:
        UnknownPrimitive: a function uses an operation that has no form in C.
        ValueError: a function returns other types or shapes under a known name.
    """
    writer, leaves, bodies = Writer(), [], []
    known: dict[str, tuple[Any, list[Array]]] = {}

    def learn(name: str, tree) -> list[Array]:
        shapes = jax.eval_shape(lambda: tree)
        arrays = []
        for path, leaf in jax.tree_util.tree_leaves_with_path(shapes):
            spot = writer.new(dtype_of(leaf), shape_of(leaf), f"m{len(leaves)}")
            leaves.append(
                Leaf(name + jax.tree_util.keystr(path), spot.dtype, spot.shape)
            )
            arrays.append(spot)
        known[name] = shapes, arrays
        return arrays

    for name, tree in given.items():
        learn(name, tree)
    for name, (function, wanted) in functions.items():
        arguments = [known[argument][0] for argument in wanted]
        closed, made = jax.make_jaxpr(function, return_shape=True)(*arguments)
        operands = [a for argument in wanted for a in known[argument][1]]
        writer.lines = []
        values = Lowering(writer).run(closed.jaxpr, closed.consts, operands)
        targets = []
        for result, shapes in made.items():
            if result not in known:
                learn(result, shapes)
            _check(name, result, known[result][0], shapes)
            targets += known[result][1]
        values = _made_in_place(writer, targets, values)
        replace_all(Lowering(writer), targets, values)
        body = "\n".join(writer.lines)
        bodies.append(
            f'__attribute__((export_name("{name}"))) void f_{name}(void){{\n{body}\n}}'
        )
    return Module(_source(writer, leaves, bodies), tuple(leaves), tuple(functions))


def _made_in_place(writer: Writer, targets: list[Array], values: list) -> list:
    """Let an array that becomes a result, and nothing else, be made where it ends."""
    body = "\n".join(writer.lines)
    texts = [value.at(["0"] * len(value.shape)) for value in values]
    for number, (target, value) in enumerate(zip(targets, values, strict=True)):
        made = isinstance(value, Array) and value.name.startswith("a")
        if not made or replace(target, name=value.name) != value:
            continue
        others = [*texts[:number], *texts[number + 1 :], body]
        mine = [*texts[:number], *texts[number + 1 :]]
        if any(f"{target.name}[" in t for t in others) or any(
            f"{value.name}[" in t for t in mine
        ):
            continue
        body = body.replace(f"{value.name}[", f"{target.name}[")
        texts[number] = texts[number].replace(f"{value.name}[", f"{target.name}[")
        start = f" {value.name}["
        writer.declared = [line for line in writer.declared if start not in line]
        values = [*values[:number], target, *values[number + 1 :]]
    writer.lines = body.split("\n")
    return values


def _check(function, name, old, new) -> None:
    kinds = [[(str(x.dtype), x.shape) for x in jax.tree.leaves(t)] for t in (old, new)]
    if kinds[0] != kinds[1]:
        raise ValueError(
            f"{function} returns {name!r} as {kinds[1]}; expected {kinds[0]}. Likely "
            "cause: a type that grew from bool or int to float in the function."
        )


def _source(writer: Writer, leaves, bodies) -> str:
    maths = (resources.files(__package__) / "maths.h").read_text("utf-8")
    places = ",".join(f"m{number}" for number in range(len(leaves)))
    where = (
        f"static void* const places[] = {{{places or '0'}}};\n"
        '__attribute__((export_name("place"))) void* place(int32_t k)'
        "{ return places[k]; }"
    )
    return "\n".join([maths, *writer.declared, *bodies, where]) + "\n"


def leaves_of(tree) -> list[np.ndarray]:
    """List a tree's arrays as a module keeps them; keys as their two words."""
    return [
        np.asarray(
            jax.random.key_data(leaf)
            if jax.dtypes.issubdtype(leaf.dtype, jax.dtypes.prng_key)
            else leaf
        )
        for leaf in map(jax.numpy.asarray, jax.tree.leaves(tree))
    ]


__all__ = ["Leaf", "Module", "leaves_of", "module"]
