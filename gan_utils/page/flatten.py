"""A jaxpr without calls: what is called stands where it was called."""

from collections import Counter

from jax.extend.core import Literal

CALLS = {  # where each of these keeps what it calls
    "jit": "jaxpr",
    "pjit": "jaxpr",
    "closed_call": "call_jaxpr",
    "custom_jvp_call": "call_jaxpr",
    "custom_vjp_call": "call_jaxpr",
    "checkpoint": "jaxpr",
}


def inner(equation):
    """Return the jaxpr that an equation calls once, or None."""
    name = CALLS.get(equation.primitive.name)
    return equation.params.get(name) if name else None


def opened(jaxpr) -> tuple:
    """Return (jaxpr, constants) of a jaxpr, closed or not."""
    if hasattr(jaxpr, "consts"):
        return jaxpr.jaxpr, list(jaxpr.consts)
    return jaxpr, []


def uses(jaxpr) -> Counter:
    """Count how often each variable of a jaxpr is read; a call reads it once."""
    read = [var for equation in jaxpr.eqns for var in equation.invars]
    return Counter(v for v in [*read, *jaxpr.outvars] if not isinstance(v, Literal))
