"""Class-conditional networks: the label as latent, and the projection discriminator."""

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import Partial, describe
from gan_utils.networks.functional import Factory, build


class LabelledGenerator(nnx.Module):
    """A generator that reads the label as extra coordinates of its latent.

    Args:
        inner: a generator whose latent has `classes` coordinates more.
        classes: number of labels.
        rngs: source of the starting parameters.
    """

    def __init__(self, inner: Factory, classes: int, *, rngs: nnx.Rngs):
        self.inner, self.classes = build(inner, rngs), classes

    def __call__(self, z: jax.Array, y: jax.Array) -> jax.Array:
        """Map noise (B, latent_size) and labels (B,) to samples (B, ...)."""
        y = validate.labels(y, self.classes, z.shape[:1])
        label = jax.nn.one_hot(y, self.classes, dtype=z.dtype)
        return self.inner(jnp.concatenate([z, label], axis=1))


class ProjectionDiscriminator(nnx.Module):
    """A discriminator of pairs: a logit for the image plus one for the label given it.

    With phi(x) the last hidden features, the logit is v phi(x) + e_y phi(x). The first
    term can learn log p(x)/q(x), the second log p(y|x)/q(y|x), which is linear in
    phi(x) where both are softmaxes of it.

    Args:
        inner: a discriminator with a method `features` and a layer `last`.
        classes: number of labels.
        rngs: source of the starting parameters.

    References:
        Miyato and Koyama, cGANs with projection discriminator, arXiv:1802.05637.
    """

    def __init__(self, inner: Factory, classes: int, *, rngs: nnx.Rngs):
        self.inner = build(inner, rngs)
        self.couples_samples = getattr(self.inner, "couples_samples", False)
        size = self.inner.last.kernel.shape[0]
        small = nnx.initializers.normal(size**-0.5)
        self.label = nnx.Embed(classes, size, embedding_init=small, rngs=rngs)

    def __call__(self, x: jax.Array, y: jax.Array) -> jax.Array:
        """Map samples (B, ...) with labels (B,) to logits (B,)."""
        y = validate.labels(y, self.label.num_embeddings, x.shape[:1])
        features = self.inner.features(x)
        return self.inner.last(features)[:, 0] + (self.label(y) * features).sum(axis=1)


def labelled_generator(inner: Factory, classes: int) -> Factory:
    """Describe a generator of a chosen class, (z (B, size), y (B,)) -> (B, ...).

    Args:
        inner: network from `mlp_generator` or `conv_generator`, for the latent alone.
        classes: number of labels, 2 or more; a label is a whole number below it.

    Returns:
        The network, its settings inside.

    Raises:
        ValueError: when `inner` has no setting `latent_size`, or classes is below 2.
    """
    settings = getattr(inner, "keywords", {})
    if "latent_size" not in settings:
        raise ValueError(
            f"inner is {describe(inner)[:80]} without latent_size; expected a network "
            "from mlp_generator or conv_generator. Likely cause: a discriminator."
        )
    classes = validate.count(classes, "classes", minimum=2)
    wider = settings | {"latent_size": settings["latent_size"] + classes}
    inner = Partial(inner.func, *inner.args, **wider)
    return Partial(LabelledGenerator, inner=inner, classes=classes)


def projection_discriminator(inner: Factory, classes: int) -> Factory:
    """Describe a discriminator of pairs, (x (B, ...), y (B,)) -> logits (B,).

    Args:
        inner: network from `mlp_discriminator` or `conv_discriminator`.
        classes: number of labels, 2 or more.

    Returns:
        The network, its settings inside.

    Raises:
        ValueError: when `inner` shows no features, or classes is below 2.
    """
    if not hasattr(getattr(inner, "func", inner), "features"):
        raise ValueError(
            f"inner is {describe(inner)[:80]} without the method features; expected a "
            "network from mlp_discriminator or conv_discriminator."
        )
    classes = validate.count(classes, "classes", minimum=2)
    return Partial(ProjectionDiscriminator, inner=inner, classes=classes)
