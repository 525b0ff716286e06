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


def needed(jaxpr, wanted) -> tuple[list, Counter]:
    """Return the equations that the wanted results follow from, and reads of each.

    Args:
        jaxpr: not closed.
        wanted: for each of its results, whether anybody reads it.

    Returns:
        (equations in their order, how often each variable is read by them; a call reads
        it once).
    """
    reads: Counter = Counter()

    def read(variables) -> None:
        reads.update(v for v in variables if not isinstance(v, Literal))

    read(v for v, kept in zip(jaxpr.outvars, wanted, strict=True) if kept)
    kept = []
    for equation in reversed(jaxpr.eqns):
        if equation.effects or any(reads[v] for v in equation.outvars):
            kept.append(equation)
            read(equation.invars)
    return kept[::-1], reads
