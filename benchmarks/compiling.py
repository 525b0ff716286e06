"""Compile anew, whatever programs earlier runs have left on the disk."""

from contextlib import contextmanager

import jax
from jax.experimental.compilation_cache import compilation_cache


@contextmanager
def compiling_anew():
    """Leave the programs on disk aside, so that compilation is part of our time."""
    was = jax.config.jax_enable_compilation_cache
    _use_disk(False)
    try:
        yield
    finally:
        _use_disk(was)


def _use_disk(on: bool) -> None:
    jax.config.update("jax_enable_compilation_cache", on)
    compilation_cache.reset_cache()  # JAX asks for the setting only once
