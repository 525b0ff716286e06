"""Does what comes to a GAN fit it? Batches, sources, labels, latents and states."""

from operator import attrgetter
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import losses, validate
from gan_utils.data.batches import Batch
from gan_utils.training.checks.fit import networks
from gan_utils.training.state import GANState

if TYPE_CHECKING:
    from gan_utils.training.gan import GAN

FAR_FROM_0 = 0.2  # logits of a fresh D lie around 0, probabilities around 1/2


def as_batch(gan: "GAN", batch) -> Batch:
    """Check a batch against the networks and add the axis of draws where it lacks.

    Raises:
        ValueError: naming what came, what was expected and the likely cause.
    """
    if not isinstance(batch, Batch):
        pair = batch if isinstance(batch, tuple) else (batch,)
        if len(pair) not in (1, 2):
            raise ValueError(
                f"batch is a tuple of {len(pair)}; expected an array or a pair (x, y). "
                "Likely cause: several arrays in place of one with an axis more."
            )
        batch = Batch(*pair)
    shape, draws = gan.sample_shape, gan.update.draws
    x, y, z = batch
    x, y = validate.array(x, "batch"), None if y is None else validate.array(y, "y")
    if x.ndim == len(shape) + 1 and draws == 1:
        x, y = x[None], y[None] if np.ndim(y) else y
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
    if z is not None and (np.ndim(z) < 3 or len(z) != gan.update.moves):
        raise ValueError(
            f"z is {validate.describe(z)}; expected shape ({gan.update.moves}, B, "
            "size), latents for each move of this rule. Likely cause: those of one."
        )
    return Batch(x, *(labels(gan, y, x.shape[:2]) or (y,)), z)


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


def labels(gan: "GAN", y, shape: tuple[int, ...], must_read: bool = False) -> tuple:
    """Return what both networks take besides their first input: (y,) or ().

    Args:
        gan: structure.
        y: labels (B,), or one for all, or None. Without classes they are left out.
        shape: of the labels, (B,).
        must_read: refuse labels where there are no classes.

    Raises:
        ValueError: when the networks need labels and there are none that fit.
    """
    if must_read and y is not None and not gan.classes:
        raise ValueError(
            f"y is {validate.describe(y)}; expected None, since these networks read no "
            "labels. Likely cause: they were not made conditional; see "
            "recipes.conditional."
        )
    if gan.classes and y is None:
        raise ValueError(
            f"y is None; expected a label from 0 to {gan.classes - 1} for each sample. "
            "Likely cause: a source of images without labels."
        )
    return (validate.labels(y, gan.classes, shape),) if gan.classes else ()


def to_generate(gan: "GAN", z, y) -> tuple:
    """Return latents and what else a generator takes: (z, *labels).

    Args:
        gan: structure.
        z: latents (N, size).
        y: labels (N,), one for all, or None for all classes in turn.

    Raises:
        ValueError: latents or labels that it cannot read.
    """
    z = validate.rows(z, networks(gan).latent_shape, "z")
    if gan.classes and y is None:
        y = jnp.arange(len(z)) % gan.classes
    return z, *labels(gan, y, z.shape[:1], must_read=True)


def require_source(gan: "GAN", source) -> None:
    """Refuse a source whose batches the networks cannot read.

    Of images that somebody's own source draws, one batch is looked at; stored ones were
    checked when they became a source.

    Raises:
        ValueError: naming both shapes, or what is wrong with the labels or pixels.
    """
    x = jax.eval_shape(lambda: source.batch(jax.random.key(0), 0)).x
    expected = (gan.update.draws, source.batch_size, *gan.sample_shape)
    if x.shape != expected:
        raise ValueError(
            f"source gives batches of shape {x.shape}; expected {expected}, because "
            f"the generator makes samples of shape {gan.sample_shape}. Likely cause: "
            "another data set, one channel against three, or labels in place of images."
        )
    foreign = type(source.source).__module__.partition(".")[0] != "gan_utils"
    if foreign and len(gan.sample_shape) == 3 and hasattr(source.source, "sample"):
        validate.images(source.batch(jax.random.key(0), 0).x[0], "source")
    if not gan.classes:
        return
    x, y = source.source if isinstance(source.source, tuple) else (x, None)
    labels(gan, y, x.shape[:1])


def require_gan(gan) -> None:
    """Refuse what is no GAN.

    Raises:
        ValueError: with the likely cause.
    """
    if not hasattr(gan, "generator"):
        raise ValueError(
            f"gan is {validate.describe(gan)}; expected GAN(generator, discriminator, "
            "latent). Likely cause: a network alone, or arguments in another order."
        )


def require_state(state) -> None:
    """Refuse what is no state.

    Raises:
        ValueError: naming what came.
    """
    if not isinstance(state, GANState):
        raise ValueError(
            f"state is {validate.describe(state)}; expected what gan.init(key) "
            "returned. Likely cause: the arguments in another order."
        )


def require_own(gan: "GAN", state, *parts: str) -> None:
    """Refuse a state that is not of this GAN.

    Args:
        gan: structure.
        state: what came.
        *parts: what is read of it, such as "d.variables".

    Raises:
        ValueError: naming the part that differs.
    """
    require_state(state)
    for read in map(attrgetter, parts):
        came = [x.shape[state.step.ndim :] for x in jax.tree.leaves(read(state))]
        expected = [x.shape for x in jax.tree.leaves(read(gan.outline))]
        if came != expected:
            raise ValueError(
                f"state has arrays of shapes {str(came)[:90]}; expected "
                f"{str(expected)[:90]}, as this GAN's init makes them. Likely cause: "
                "the state of another GAN, or of this one with another optimizer."
            )


def sigmoid_left(gan: "GAN", state, source) -> str | None:
    """Ask whether D's outputs are probabilities, where a loss expects logits.

    Args:
        gan: structure.
        state: after the first updates.
        source: batches.

    Returns:
        None, or a sentence to warn with.
    """
    if getattr(gan.loss, "func", gan.loss) is losses.least_squares:
        return None  # its targets are 0 and 1
    x, y, _ = source.batch(jax.random.key(0), 0)
    y = y[0] if gan.classes else None
    fakes = gan.sample(state, jax.random.key(0), len(x[0]), y, ema=False)
    seen = [gan.logits(state, x[0], y)]
    seen += [gan.logits(state, fakes, y)] if state.step.ndim == 0 else []
    low, high = min(s.min() for s in seen), max(s.max() for s in seen)
    if not 0 < low < high < 1 or seen[0].mean() < FAR_FROM_0:
        return None
    return (
        f"every output of the discriminator lies between 0 and 1 ({low:.2f} to "
        f"{high:.2f}, on a batch of data and fakes). Is there a sigmoid left at its "
        "end? The losses expect logits and apply the sigmoid themselves."
    )
