"""Which random numbers an update uses: a stream for each use, none of them shared.

The rows of a batch are drawn from them in `batches`, latents in `latents`.
"""

import jax

DATA, LATENTS, INSIDE = range(3)  # INSIDE: penalties that draw points


def stream(key: jax.Array, step, use: int) -> jax.Array:
    """Derive the key of one use in one update.

    Args:
        key: PRNG key of the run.
        step: number of the update, 0 or more.
        use: DATA, LATENTS or INSIDE.

    Returns:
        PRNG key.
    """
    return jax.random.fold_in(jax.random.fold_in(key, step), use)
