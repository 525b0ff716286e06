"""Statements in C: static arrays, loops over them, and what is stored in memory."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from gan_utils.page.values import (
    C_TYPES,
    Array,
    Rule,
    Value,
    array,
    flat,
    literal,
    plus,
)

TILE = 16  # sums side by side: four vectors of four
UNROLLED = "\n#pragma clang loop unroll(full)\n"  # a tile of sums stays in registers
REASSOCIATE = "\n#pragma clang fp reassociate(on)\n"  # a sum in any order


class Writer:
    """Collects the static arrays of a module and the statements of its functions."""

    def __init__(self):
        self.declared: list[str] = []
        self.lines: list[str] = []
        self._names = itertools.count()

    def new(self, dtype: str, shape: tuple[int, ...], name: str = "") -> Array:
        """Declare a static array."""
        name = name or f"a{next(self._names)}"
        size = max(int(np.prod(shape)), 1)
        self.declared.append(
            f"static {C_TYPES[dtype]} {name}[{size}] __attribute__((aligned(16)));"
        )
        return array(name, dtype, shape)

    def constant(self, value: np.ndarray) -> Array:
        """Declare an array with given numbers."""
        name, dtype = f"c{next(self._names)}", str(value.dtype)
        numbers = ",".join(literal(x, dtype) for x in value.ravel()) or "0"
        self.declared.append(
            f"static const {C_TYPES[dtype]} {name}[{max(value.size, 1)}]={{{numbers}}};"
        )
        return array(name, dtype, value.shape)

    def counter(self) -> str:
        """Return a new name for a variable of a loop."""
        return f"i{next(self._names)}"

    def line(self, text: str) -> None:
        """Add a statement."""
        self.lines.append(text)

    @contextmanager
    def loop(self, size: int | str) -> Iterator[str]:
        """Open a loop; yields its variable, or "0" where there is nothing to count."""
        if size == 1:
            yield "0"
            return
        i = self.counter()
        self.line(f"for(int32_t {i}=0;{i}<{size};{i}++){{")
        yield i
        self.line("}")

    @contextmanager
    def loops(self, shape) -> Iterator[list[str]]:
        """Open a loop for each axis; yields their variables."""
        index = [self.counter() if size != 1 else "0" for size in shape]
        for i, size in zip(index, shape, strict=True):
            if size != 1:
                self.line(f"for(int32_t {i}=0;{i}<{size};{i}++){{")
        yield index
        for size in shape:
            if size != 1:
                self.line("}")

    def fill(self, target: Array, value: Value) -> None:
        """Write the elements of a value of the same shape into an array."""
        to, source = flat(target), flat(value)
        if to and source and target.contiguous:
            with self.loop(int(np.prod(target.shape))) as i:
                self.line(f"{to(i)}={source(i)};")
            return
        with self.loops(target.shape) as index:
            self.line(f"{target.at(index)}={value.at(index)};")

    def stored(self, value: Value) -> Array:
        """Return a value as an array; a rule is computed now."""
        if isinstance(value, Array):
            return value
        target = self.new(value.dtype, value.shape)
        self.fill(target, value)
        return target

    def packed(self, value: Value) -> Array:
        """Return a value as an array whose elements follow each other."""
        stored = self.stored(value)
        if stored.contiguous:
            return stored
        target = self.new(value.dtype, value.shape)
        self.fill(target, stored)
        return target

    def product(self, left: Array, right: Array, sizes) -> Array:
        """Sum left[b, m, k] right[b, n, k] over k.

        Args:
            left, right: arrays of three axes.
            sizes: numbers (b, m, n, k).
        """
        b, m, n, k = sizes
        out = self.new(left.dtype, (b, m, n))
        if right.strides[1] == 1 and n > 1:
            self._rows(out, left, right, sizes, swapped=False)
        elif left.strides[1] == 1 and m > 1:
            self._rows(out, right, left, (b, n, m, k), swapped=True)
        elif n >= 4 and right.strides[2] == 1 and m >= 4:
            turned = self.stored(_turned(right))
            back = turned.view(
                right.shape, (turned.strides[0], turned.strides[2], turned.strides[1])
            )
            self._rows(out, left, back, sizes, swapped=False)
        else:
            self._dots(out, left, right, sizes)
        return out

    def _rows(self, out, outer: Array, inner: Array, sizes, swapped: bool) -> None:
        """Keep a tile of sums over the inner operand's contiguous axis."""
        b, m, n, k = sizes
        with self.loop(b) as batch, self.loop(m) as row:
            for start, width, tiles in _tiles(n):
                with self.loop(tiles) as tile:
                    first = plus(str(start), "0" if tile == "0" else f"{tile}*{width}")
                    sums = f"s{next(self._names)}"
                    self.line(f"float {sums}[{width}]={{0}};")
                    with self.loop(k) as term:
                        factor = outer.at((batch, row, term))
                        self.line(f"{{float f={factor};")
                        j = self.counter()
                        at = inner.at((batch, plus(first, j), term))
                        self.line(f"{UNROLLED}for(int32_t {j}=0;{j}<{width};{j}++)")
                        self.line(f"{sums}[{j}]+=f*{at};}}")
                    j = self.counter()
                    place = plus(first, j)
                    index = (batch, place, row) if swapped else (batch, row, place)
                    self.line(f"{UNROLLED}for(int32_t {j}=0;{j}<{width};{j}++)")
                    self.line(f"{out.at(index)}={sums}[{j}];")

    def _dots(self, out: Array, left: Array, right: Array, sizes) -> None:
        b, m, n, k = sizes
        with self.loop(b) as batch, self.loop(m) as row, self.loop(n) as column:
            self.line("{" + REASSOCIATE + "float s=0;")
            with self.loop(k) as i:
                term = left.at((batch, row, i)), right.at((batch, column, i))
                self.line(f"s+={term[0]}*{term[1]};")
            self.line(f"{out.at((batch, row, column))}=s;}}")


def _turned(value: Array) -> Rule:
    return Rule(
        value.dtype,
        (value.shape[0], value.shape[2], value.shape[1]),
        lambda index: value.at((index[0], index[2], index[1])),
    )


def _tiles(n: int) -> Iterator[tuple[int, int, int]]:
    """Cut an axis into tiles: (start, width, how many of that width)."""
    if n >= TILE:
        yield 0, TILE, n // TILE
    done = n - n % TILE
    for width in (8, 4, 2, 1):
        if (n - done) >= width:
            yield done, width, 1
            done += width
