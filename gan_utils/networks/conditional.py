"""Class-conditional networks: the label as latent, and the projection discriminator."""

import dataclasses

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import validate
from gan_utils.networks.recipe import Network, network


class LabelledGenerator(nnx.Module):
    """A generator that reads the label as extra coordinates of its latent.

    Args:
        inner: recipe of a generator whose latent has `classes` coordinates more.
        classes: number of labels.
        rngs: source of the starting parameters.
    """

    def __init__(self, inner: Network, classes: int, *, rngs: nnx.Rngs):
        self.inner, self.classes = inner.build(rngs), classes

    def __call__(self, z: jax.Array, y: jax.Array) -> jax.Array:
        """Map noise (B, latent_size) and labels (B,) to samples (B, ...)."""
        label = jax.nn.one_hot(y, self.classes, dtype=z.dtype)
        return self.inner(jnp.concatenate([z, label], axis=1))


class ProjectionDiscriminator(nnx.Module):
    """A discriminator of pairs: a logit for the image plus one for the label given it.

    With phi(x) the last hidden features, the logit is v phi(x) + e_y phi(x). The first
    term can learn log p(x)/q(x), the second log p(y|x)/q(y|x), which is linear in
    phi(x) where both are softmaxes of it.

    Args:
        inner: recipe of a discriminator with a method `features` and a layer `last`.
        classes: number of labels.
        rngs: source of the starting parameters.

    References:
        Miyato and Koyama, cGANs with projection discriminator, arXiv:1802.05637.
    """

    def __init__(self, inner: Network, classes: int, *, rngs: nnx.Rngs):
        self.inner = inner.build(rngs)
        self.couples_samples = getattr(self.inner, "couples_samples", False)
        size = self.inner.last.kernel.shape[0]
        small = nnx.initializers.normal(size**-0.5)
        self.label = nnx.Embed(classes, size, embedding_init=small, rngs=rngs)

    def __call__(self, x: jax.Array, y: jax.Array) -> jax.Array:
        """Map samples (B, ...) with labels (B,) to logits (B,)."""
        features = self.inner.features(x)
        return self.inner.last(features)[:, 0] + (self.label(y) * features).sum(axis=1)


def labelled_generator(inner: Network, classes: int) -> Network:
    """Describe a generator of a chosen class, (z (B, size), y (B,)) -> (B, ...).

    Args:
        inner: recipe from `mlp_generator` or `conv_generator`, for the latent alone.
        classes: number of labels, 2 or more; a label is a whole number below it.

    Returns:
        The recipe.

    Raises:
        ValueError: when `inner` has no setting `latent_size`, or classes is below 2.
    """
    config = dict(inner.config)
    if "latent_size" not in config:
        raise ValueError(
            f"inner is a {inner.module.__name__} without latent_size; expected a "
            "recipe from mlp_generator or conv_generator. Likely cause: a "
            "discriminator."
        )
    classes = validate.count(classes, "classes", minimum=2)
    wider = dict(config, latent_size=config["latent_size"] + classes)
    inner = dataclasses.replace(inner, config=tuple(sorted(wider.items())))
    return network(LabelledGenerator, inner=inner, classes=classes)


def projection_discriminator(inner: Network, classes: int) -> Network:
    """Describe a discriminator of pairs, (x (B, ...), y (B,)) -> logits (B,).

    Args:
        inner: recipe from `mlp_discriminator` or `conv_discriminator`.
        classes: number of labels, 2 or more.

    Returns:
        The recipe.

    Raises:
        ValueError: when `inner` shows no features, or classes is below 2.
    """
    if not hasattr(inner.module, "features"):
        raise ValueError(
            f"inner is a {inner.module.__name__} without the method features; expected "
            "a recipe from mlp_discriminator or conv_discriminator."
        )
    classes = validate.count(classes, "classes", minimum=2)
    return network(ProjectionDiscriminator, inner=inner, classes=classes)


def classes_of(recipe: Network) -> int:
    """Count the labels that a network reads; 0 when it reads none.

    A network of your own reads labels, as a second argument, when its recipe has a
    setting `classes`.
    """
    return dict(recipe.config).get("classes", 0)
