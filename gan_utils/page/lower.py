"""From a jaxpr to statements in C."""

import jax
import numpy as np
from jax.extend.core import Literal

from gan_utils.page import (  # noqa: F401, they register their forms
    control,
    convolutions,
    elements,
    flatten,
    memory,
    products,
    randoms,
    reductions,
    tables,
)
from gan_utils.page.forms import CHEAP, FORMS, UnknownPrimitive
from gan_utils.page.values import Rule, Value, flat, literal
from gan_utils.page.views import broadcast_in_dim
from gan_utils.page.writer import Writer

LONG = 60  # cost at which an expression gets its own array


class Lowering:
    """Turns equations into statements of a writer."""

    def __init__(self, writer: Writer):
        self.w = writer

    def run(self, jaxpr, constants, operands, wanted=None) -> list[Value | None]:
        """Lower a jaxpr.

        Args:
            jaxpr: not closed.
            constants, operands: values of its constants and arguments.
            wanted: for each result, whether anybody reads it; None for all.

        Returns:
            Values of its results; None for one that nobody reads.
        """
        wanted = [True] * len(jaxpr.outvars) if wanted is None else wanted
        equations, counts = flatten.needed(jaxpr, wanted)
        env: dict = {}

        def read(var) -> Value:
            if isinstance(var, Literal):
                return self.number(var.val, var.aval)
            return env[var]

        def write(var, value: Value) -> None:
            many = counts[var] > 1
            if isinstance(value, Rule) and value.cost > (CHEAP if many else LONG):
                value = self.w.stored(value)
            env[var] = value

        for var, constant in zip(jaxpr.constvars, constants, strict=True):
            if counts[var]:
                write(var, self.constant(constant))
        for var, value in zip(jaxpr.invars, operands, strict=True):
            if counts[var]:
                write(var, value)
        for equation in equations:
            values = [read(var) for var in equation.invars]
            kept = [counts[var] > 0 for var in equation.outvars]
            results = self.equation(equation, values, kept)
            for var, value in zip(equation.outvars, results, strict=True):
                if counts[var]:
                    write(var, value)
        pairs = zip(jaxpr.outvars, wanted, strict=True)
        return [read(var) if kept else None for var, kept in pairs]

    def equation(self, equation, values: list[Value], kept: list[bool]) -> list[Value]:
        """Lower one equation; `kept` says which of its results anybody reads."""
        name, params = equation.primitive.name, equation.params
        if called := flatten.inner(equation):
            return self.run(*flatten.opened(called), values, kept)
        outs = [(dtype_of(v.aval), shape_of(v.aval)) for v in equation.outvars]
        if name in elements.ELEMENTWISE:
            if name == "select_n" and _is_key(equation.outvars[0].aval):
                values = [_beside_words(values[0]), *values[1:]]
            return [self.elementwise(name, params, values, *outs[0])]
        form = FORMS.get(name)
        if any(_is_key(v.aval) for v in (*equation.outvars, *equation.invars)):
            params = _with_words(name, params, outs)
        if form is None:
            raise UnknownPrimitive(
                f"the function uses {name!r}, which cannot be prepared for a page; "
                f"expected one of {', '.join(sorted(self.known()))}. Likely cause: an "
                "operation that no program of the course had needed."
            )
        result = form(self, params, values, outs)
        return result if isinstance(result, list) else [result]

    @staticmethod
    def known() -> set[str]:
        """Name the primitives that have a C form."""
        return set(FORMS) | set(elements.ELEMENTWISE) | set(flatten.CALLS)

    def number(self, value, aval) -> Value:
        """Turn a literal into a value."""
        text = literal(value, dtype_of(aval))
        return Rule(dtype_of(aval), shape_of(aval), lambda i: text, 0, lambda i: text)

    def constant(self, value) -> Value:
        """Turn a constant of a jaxpr into a value."""
        if jax.dtypes.issubdtype(value.dtype, jax.dtypes.prng_key):
            value = jax.random.key_data(value)
        value = np.asarray(value)
        return (
            self.number(value.item(), value)
            if value.size == 1
            else (self.w.constant(value))
        )

    def elementwise(self, name, params, values, dtype, shape) -> Rule:
        """Lower an operation on elements to a rule."""
        cost, form = elements.ELEMENTWISE[name]
        if name in elements.REPEATED:
            values = [self.cheap(value) for value in values]
        types = [value.dtype for value in values]
        if name == "select_n" and len(values) > 2:
            types = ["int32", *types[1:]]
        fits = [self._spread(value, shape) for value in values]

        def at(index):
            return form(params, types, *(v.at(_cut(v, index)) for v in fits))

        flats = [flat(v) for v in fits]
        joined = None
        if all(flats):
            joined = lambda i: form(params, types, *(f(i) for f in flats))  # noqa: E731
        return Rule(dtype, shape, at, cost + sum(v.cost for v in fits), joined)

    def cheap(self, value: Value) -> Value:
        """Store a rule that is not to be written twice."""
        if isinstance(value, Rule) and value.cost > 1:
            return self.w.stored(value)
        return value

    def _spread(self, value: Value, shape) -> Value:
        """Repeat an operand of fewer axes, or of axes of size 1, over a shape."""
        if isinstance(value, Rule) and value.cost > 2 and _is_one(value, shape):
            value = self.w.stored(value)  # once, and not in every turn of a loop
        if value.shape in (shape, ()):
            return value
        start = len(shape) - len(value.shape)
        axes = tuple(range(start, len(shape)))
        params = {"broadcast_dimensions": axes}
        return broadcast_in_dim(self, params, [value], [(value.dtype, shape)])


def _with_words(name: str, params: dict, outs) -> dict:
    """Extend what is said of an array of keys by the axis of a key's two words."""
    if name == "pad" or name.startswith("scatter"):
        raise UnknownPrimitive(f"{name} of random keys has no form in C.")
    last = len(outs[0][1]) - 1
    if name == "slice":
        steps = params["strides"]
        return params | {
            "start_indices": (*params["start_indices"], 0),
            "strides": (*steps, 1) if steps else steps,
        }
    if name == "broadcast_in_dim":
        axes = (*params["broadcast_dimensions"], last)
        return params | {"broadcast_dimensions": axes}
    if name == "transpose":
        return params | {"permutation": (*params["permutation"], last)}
    if name == "gather":
        numbers = params["dimension_numbers"]
        numbers = numbers._replace(offset_dims=(*numbers.offset_dims, last))
        sizes = (*params["slice_sizes"], 2)
        return params | {"dimension_numbers": numbers, "slice_sizes": sizes}
    return params


def _beside_words(which: Value) -> Value:
    """Let a choice between keys hold for both words of a key."""
    if which.shape == ():
        return which
    return Rule(which.dtype, (*which.shape, 2), lambda i: which.at(i[:-1]), which.cost)


def _cut(value: Value, index) -> list[str]:
    """Match an index to an operand: a scalar beside an array has none."""
    return list(index) if len(value.shape) == len(index) else []


def _is_one(value: Value, shape) -> bool:
    """Tell whether a single number stands beside many."""
    return set(value.shape) <= {1} and not set(shape) <= {1}


def _is_key(aval) -> bool:
    return jax.dtypes.issubdtype(aval.dtype, jax.dtypes.prng_key)


def dtype_of(aval) -> str:
    """Name the type of the elements that are kept in memory."""
    return "uint32" if _is_key(aval) else str(aval.dtype)


def shape_of(aval) -> tuple[int, ...]:
    """Return the shape in memory; a key takes two words."""
    return (*aval.shape, 2) if _is_key(aval) else tuple(aval.shape)
