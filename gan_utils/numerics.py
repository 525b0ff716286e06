"""Precision: float64 on the CPU for identities, full products, digits that tell."""

import contextlib

import jax
import jax.numpy as jnp


@contextlib.contextmanager
def float64():
    """Run JAX in float64 on the CPU device inside a `with` block.

    JAX computes in float32 unless told otherwise; identities that hold to 1e-12 need
    more digits. Accelerators may lack float64, so the block runs on the CPU. The
    switch itself moved between JAX versions, which this function hides.
    """
    if hasattr(jax, "enable_x64"):
        switch = jax.enable_x64(True)
    else:
        from jax.experimental import enable_x64

        switch = enable_x64()
    with switch, jax.default_device(jax.devices("cpu")[0]):
        yield


def highest():
    """Ask for full float32 matrix products inside a `with` block.

    GPUs round to TF32 and TPUs to bfloat16 by default: fine for training, too coarse
    for a numeric check.
    """
    return jax.default_matmul_precision("highest")


def cast(tree, dtype):
    """Change the number format of all floating-point arrays in a tree."""

    def change(leaf):
        floating = jnp.issubdtype(leaf.dtype, jnp.floating)
        return jnp.asarray(leaf, dtype) if floating else leaf

    return jax.tree.map(change, tree)


def beside_one(size: float) -> str:
    """Write a size near 1 with digits enough to tell it from 1.

    Args:
        size: above 0, such as the size of an eigenvalue.
    """
    texts = [f"{size:.{digits}g}" for digits in range(4, 8)]
    return next((text for text in texts if float(text) != 1), "1")
