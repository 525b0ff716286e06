"""Does a batch fit the networks? Checks with messages that name the likely cause."""

import jax.numpy as jnp

from gan_utils import validate
from gan_utils.data.batches import Batch


def as_batch(gan, batch) -> Batch:
    """Check a batch against the networks and add the axis of draws where it lacks.

    Raises:
        ValueError: naming what came, what was expected and the likely cause.
    """
    if not isinstance(batch, Batch):
        batch = Batch(*batch) if isinstance(batch, tuple) else Batch(batch)
    shape, draws = gan.sample_shape, gan.update.draws
    x, y, z = batch
    if x.ndim == len(shape) + 1 and draws == 1:
        x, y = x[None], None if y is None else y[None]
    if x.ndim != len(shape) + 2 or x.shape[2:] != shape or x.shape[0] < draws:
        raise ValueError(_misfit(x, shape, draws))
    if x.shape[1] == 0:
        raise ValueError(f"batch is empty: {validate.describe(x)}.")
    if not jnp.issubdtype(x.dtype, jnp.floating):
        raise ValueError(
            f"batch is {validate.describe(x)}; expected float32. Likely cause: raw "
            "pixels or labels; scale pixels with x / 127.5 - 1."
        )
    validate.finite(x, "batch")
    if len(shape) == 3:
        validate.image_range(x, "batch")
    return Batch(x, y, z)


def _misfit(x, shape, draws):
    expected = ", ".join(("draws", "B", *map(str, shape)))
    cause = "data of another shape than the generator makes"
    if x.ndim <= 2 < len(shape) + 1:
        cause = "labels where images belong, or flattened images"
    elif x.ndim >= 3 and len(shape) == 3 and x.shape[-1] != shape[-1]:
        cause = f"{x.shape[-1]} channels against {shape[-1]}"
    elif x.shape[-len(shape) :] == shape:
        cause = f"the update makes {draws} inner steps and needs a batch for each"
    return (
        f"batch is {validate.describe(x)}; expected shape ({expected}) with {draws} or "
        f"more draws. Likely cause: {cause}."
    )
