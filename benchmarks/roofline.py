"""How fast this machine can be, and how close a compiled function comes to it.

Only clocks and counts: no knowledge of networks.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils import validate


class Roofline(NamedTuple):
    """A function beside the limits of the machine that ran it."""

    seconds: float  # the fastest of several runs
    operations: float  # floating-point, as XLA counts them
    bytes: float  # read and written, as XLA counts them
    peak: float  # operations a second of a large matrix product
    bandwidth: float  # bytes a second of a large copy

    @property
    def bound(self) -> float:
        """Fewest seconds that arithmetic and memory traffic allow."""
        return max(self.operations / self.peak, self.bytes / self.bandwidth)

    @property
    def share(self) -> float:
        """Operations a second, as a share of the matrix peak."""
        return self.operations / self.seconds / self.peak

    @property
    def intensity(self) -> float:
        """Operations a byte; below peak / bandwidth, memory is the limit."""
        return self.operations / self.bytes


def matrix_peak(size: int = 1024, repeats: int = 10, dtype="float32") -> float:
    """Measure the operations a second of a square matrix product.

    Args:
        size: rows and columns, 1 or more.
        repeats: runs; the fastest counts.
        dtype: of the factors; "bfloat16" shows what an accelerator gains.

    Returns:
        Floating-point operations a second, 2 size^3 in each product.
    """
    validate.count(size, "size", minimum=1)
    factor = jnp.ones((size, size), dtype)
    return 2 * size**3 / fastest(jnp.matmul, factor, factor, repeats=repeats)


def memory_bandwidth(megabytes: int = 256, repeats: int = 5) -> float:
    """Measure the bytes a second of an addition that reads and writes large arrays.

    Args:
        megabytes: size of the array, larger than the caches.
        repeats: runs; the fastest counts.

    Returns:
        Bytes a second, reading and writing counted.
    """
    x = jnp.ones(validate.count(megabytes, "megabytes", minimum=1) * 2**18, "float32")
    return 2 * x.nbytes / fastest(lambda x: x + 1, x, repeats=repeats)


def fastest(function: Callable, *arguments, repeats: int = 5) -> float:
    """Compile a function, run it `repeats` times and return the fewest seconds."""
    validate.count(repeats, "repeats", minimum=1)
    return _fastest(jax.jit(function).lower(*arguments).compile(), arguments, repeats)


def roofline(
    function: Callable,
    *arguments,
    peak: float | None = None,
    bandwidth: float | None = None,
    repeats: int = 5,
) -> Roofline:
    """Measure a function and count its operations and bytes.

    Args:
        function: of arrays (pytrees), without static arguments.
        *arguments: what to call it with.
        peak: operations a second of the machine; measured when None.
        bandwidth: bytes a second of the machine; measured when None.
        repeats: runs; the fastest counts.

    Returns:
        Roofline. XLA counts what it compiled: operations that it removed do not count,
        and the body of a loop counts once.

    References:
        Williams, Waterman and Patterson, Roofline: an insightful visual performance
        model for multicore architectures, Communications of the ACM 52(4), 2009.
    """
    compiled = jax.jit(function).lower(*arguments).compile()
    cost = compiled.cost_analysis()
    return Roofline(
        seconds=_fastest(compiled, arguments, validate.count(repeats, "repeats", 1)),
        operations=float(cost.get("flops", 0.0)),
        bytes=float(cost.get("bytes accessed", 0.0)),
        peak=matrix_peak() if peak is None else peak,
        bandwidth=memory_bandwidth() if bandwidth is None else bandwidth,
    )


def _fastest(compiled, arguments, repeats) -> float:
    jax.block_until_ready(compiled(*arguments))
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        jax.block_until_ready(compiled(*arguments))
        seconds.append(time.perf_counter() - begin)
    return min(seconds)
