"""The register of what has a form in C."""

from collections.abc import Callable

CHEAP = 3  # cost up to which an expression may be written twice
FORMS: dict[str, Callable] = {}


class UnknownPrimitive(NotImplementedError):
    """A function uses an operation that has no form in C."""


def form(primitive: str) -> Callable:
    """Register how a primitive is lowered.

    The function takes the `Lowering`, the equation's params, the values of its operands
    and a (dtype, shape) for each result; it returns a value, or a list of values.
    """

    def register(function: Callable) -> Callable:
        FORMS[primitive] = function
        return function

    return register
