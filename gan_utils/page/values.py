"""What a variable of a jaxpr is in C: a strided array in memory, or an expression."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

C_TYPES = {
    "float32": "float",
    "int32": "int32_t",
    "uint32": "uint32_t",
    "int8": "int8_t",
    "uint8": "uint8_t",
    "bool": "uint8_t",
}
Index = Sequence[str]  # C expressions, one for each axis


@dataclass(frozen=True)
class Array:
    """Elements in memory: element i is at offset + sum of i times stride."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: str = "0"
    cost: int = 0

    def at(self, index: Index) -> str:
        """Write the C expression of one element."""
        terms = [self.offset, *map(times, index, self.strides)]
        return f"{self.name}[{plus(*terms)}]"

    @property
    def contiguous(self) -> bool:
        """Tell whether the elements follow each other in the order of the index."""
        return all(
            size == 1 or stride == expected
            for size, stride, expected in zip(
                self.shape, self.strides, strides_of(self.shape), strict=True
            )
        )

    def reshaped(self, shape: tuple[int, ...]) -> "Array":
        """View contiguous elements in another shape."""
        return replace(self, shape=shape, strides=strides_of(shape))

    def view(self, shape, strides, offset: str = "0") -> "Array":
        """View the same memory with other strides."""
        start = plus(self.offset, offset)
        return replace(self, shape=tuple(shape), strides=tuple(strides), offset=start)


@dataclass(frozen=True)
class Rule:
    """Elements that are computed where they are needed."""

    dtype: str
    shape: tuple[int, ...]
    at: Callable[[Index], str]
    cost: int = 1
    flat: Callable[[str], str] | None = None  # the element at a flat index


Value = Array | Rule


def array(name: str, dtype: str, shape: tuple[int, ...]) -> Array:
    """Describe a new array of its own."""
    return Array(name, dtype, shape, strides_of(shape))


def strides_of(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the strides of a contiguous array, in elements."""
    return tuple(int(np.prod(shape[axis + 1 :])) for axis in range(len(shape)))


def flat(value: Value) -> Callable[[str], str] | None:
    """Return how to write an element at a flat index, or None where it is not cheap."""
    if isinstance(value, Rule):
        return value.flat
    sizes = zip(value.shape, value.strides, strict=True)
    if all(size == 1 or stride == 0 for size, stride in sizes):
        return lambda i: f"{value.name}[{value.offset}]"
    if value.contiguous:
        return lambda i: f"{value.name}[{plus(value.offset, i)}]"
    return None


def times(index: str, stride: int) -> str:
    """Multiply an index by a stride, in C."""
    if stride == 0 or index == "0":
        return "0"
    return index if stride == 1 else f"{index}*{stride}"


def plus(*terms: str) -> str:
    """Add indices, in C."""
    kept = [term for term in terms if term != "0"]
    return f"({'+'.join(kept)})" if len(kept) > 1 else (kept or ["0"])[0]


def literal(value, dtype: str) -> str:
    """Write a number in C, to its last bit."""
    if dtype == "float32":
        number = np.float32(value)
        if np.isnan(number):
            return "NAN"
        if np.isinf(number):
            return "INFINITY" if number > 0 else "(-INFINITY)"
        return f"({float(number).hex()}f)"
    if dtype == "bool":
        return str(int(bool(value)))
    if dtype == "int32" and int(value) == -(2**31):
        return "(-2147483647-1)"
    return f"{int(value)}u" if dtype.startswith("uint") else f"({int(value)})"
