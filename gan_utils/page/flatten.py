"""A jaxpr without calls: what is called stands where it was called."""

from collections import Counter
from collections.abc import Iterator

from jax.extend.core import ClosedJaxpr, Literal

CALLS = {
    "jit": "jaxpr",
    "pjit": "jaxpr",
    "closed_call": "call_jaxpr",
    "core_call": "call_jaxpr",
    "custom_jvp_call": "call_jaxpr",
    "custom_vjp_call": "call_jaxpr",
    "custom_vjp_call_jaxpr": "fun_jaxpr",
    "remat2": "jaxpr",
    "checkpoint": "jaxpr",
    "custom_lin": "call_jaxpr",
}


def inner(equation):
    """Return the jaxpr that an equation calls once, or None."""
    name = CALLS.get(equation.primitive.name)
    if name is None:
        return None
    called = equation.params.get(name)
    if called is None:
        called = equation.params.get("call_jaxpr", equation.params.get("jaxpr"))
    return called


def opened(jaxpr) -> tuple:
    """Return (jaxpr, constants) of a jaxpr, closed or not."""
    if isinstance(jaxpr, ClosedJaxpr) or hasattr(jaxpr, "consts"):
        return jaxpr.jaxpr, list(jaxpr.consts)
    return jaxpr, []


def uses(jaxpr) -> Counter:
    """Count how often each variable of a jaxpr is read, in what it calls, too."""
    counts: Counter = Counter()
    for equation in _equations(jaxpr):
        counts.update(v for v in equation.invars if not isinstance(v, Literal))
    counts.update(v for v in jaxpr.outvars if not isinstance(v, Literal))
    return counts


def _equations(jaxpr) -> Iterator:
    yield from jaxpr.eqns
