"""Functions with settings, compared by value: what a structure is made of.

`functools.partial(MLP, hidden=64)` twice makes two objects that Python calls different,
and a compiled program belongs to one of them. Here equal settings are equal.
"""

import contextlib
import functools
import re
import zlib
from collections.abc import Callable
from typing import Any


class Partial(functools.partial):
    """A `functools.partial` that is equal to another with equal settings."""

    def _value(self):
        return self.func, self.args, tuple(sorted(self.keywords.items()))

    def __eq__(self, other):
        return isinstance(other, Partial) and self._value() == other._value()

    def __hash__(self):
        return hash(self._value())


def by_value(function: Callable, name: str = "function") -> Callable:
    """Turn a `functools.partial`, and those in its settings, into a `Partial`.

    Args:
        function: a class, a function, or a `functools.partial` of one.
        name: for the message.

    Returns:
        The same function; what is no partial comes back as it is.

    Raises:
        ValueError: it or a setting cannot be hashed, for example a list or an array.
    """
    if isinstance(function, Partial) or not isinstance(function, functools.partial):
        require_hashable(name, function)
        return function
    args = [by_value(value, name) for value in function.args]
    settings = {key: by_value(value, key) for key, value in function.keywords.items()}
    for key, value in [*enumerate(args), *settings.items()]:
        require_hashable(f"{name}'s setting {key!r}", value)
    return Partial(function.func, *args, **settings)


def describe(value: Any) -> str:
    """Write a value as text that is equal for equal structures, in any process."""
    return _describe(value, ())


def _describe(value, outer: tuple) -> str:
    """Describe a value that stands inside the functions `outer`."""
    if any(value is function for function in outer):
        return "..."

    def inside(part):
        return _describe(part, (*outer, value))

    if isinstance(value, functools.partial):
        parts = [inside(part) for part in value.args]
        parts += [f"{k}={inside(part)}" for k, part in sorted(value.keywords.items())]
        return f"{inside(value.func)}({', '.join(parts)})"
    if isinstance(value, tuple | list):
        return f"({', '.join(map(inside, value))})"
    if isinstance(value, dict):
        held = (f"{key}: {inside(part)}" for key, part in sorted(value.items()))
        return f"{{{', '.join(held)}}}"
    if callable(value) and hasattr(value, "__qualname__"):
        held = ", ".join(map(inside, _closed_over(value)))
        return value.__qualname__ + _code_of(value) + (f"[{held}]" if held else "")
    if " at 0x" in repr(value) and hasattr(value, "__dict__"):
        return type(value).__qualname__ + inside(vars(value))
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))  # the next process has another


def _closed_over(function) -> list:
    """List what a function made by another one holds, such as a rate of Optax's."""
    held = []
    for cell in getattr(function, "__closure__", None) or ():
        with contextlib.suppress(ValueError):  # a cell that nothing was put into
            held.append(cell.cell_contents)
    return held


def _code_of(function) -> str:
    """Tell functions without a name apart by what they do."""
    code = getattr(function, "__code__", None)
    if code is None or "<lambda>" not in function.__qualname__:
        return ""
    return (
        f"#{zlib.crc32(repr((code.co_code, code.co_consts, code.co_names)).encode())}"
    )


def require_hashable(what: str, value: Any) -> None:
    """Refuse what cannot stand in a structure that is compared by value.

    Raises:
        ValueError: naming it and the likely cause.
    """
    try:
        hash(value)
    except TypeError as error:
        raise ValueError(
            f"{what} is a {type(value).__name__}, which cannot be hashed; expected "
            "numbers, strings, functions or tuples of them. Likely cause: a list, for "
            "which write a tuple, or a dataclass, for which write "
            "@dataclass(frozen=True)."
        ) from error
