"""Differentiable augmentation: a discriminator that never sees an image twice alike."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import Partial
from gan_utils.networks.functional import Factory, build

FILL = -1.0  # black, where images lie in [-1, 1]
SHIFT, SQUARE, LIGHT = 1 / 8, 1 / 2, 0.5  # shares of a side, and of the range


class AugmentationKey(nnx.Variable):
    """Where the stream of random changes stands."""


def translate(key: jax.Array, x: jax.Array) -> jax.Array:
    """Shift every image by up to an eighth of its side; what moves in is black.

    Args:
        key: PRNG key.
        x: images (B, H, W, C) in [-1, 1].
    """
    down, across = _on_both_sides(_shifts, key, x)
    return FILL + jnp.einsum("bij,bjkc,blk->bilc", down, x - FILL, across)


def cut_out(key: jax.Array, x: jax.Array) -> jax.Array:
    """Blacken a square of half a side around a random place of every image.

    Args:
        key: PRNG key.
        x: images (B, H, W, C) in [-1, 1].
    """
    down, across = _on_both_sides(_near, key, x)
    hole = down[:, :, None, None] * across[:, None, :, None]
    return jnp.where(hole > 0, jnp.asarray(FILL, x.dtype), x)


def brighten(key: jax.Array, x: jax.Array) -> jax.Array:
    """Add one number between -0.5 and 0.5 to every image.

    Args:
        key: PRNG key.
        x: images (B, H, W, C) in [-1, 1].
    """
    light = jax.random.uniform(key, (len(x), 1, 1, 1), x.dtype, -LIGHT, LIGHT)
    return x + light


POLICIES: dict[str, Callable[[jax.Array, jax.Array], jax.Array]] = {
    "translation": translate,
    "cutout": cut_out,
    "brightness": brighten,
}


class Augmented(nnx.Module):
    """A discriminator whose images are changed at random in training.

    Args:
        inner: the discriminator.
        policy: names of changes, made in this order.
        rngs: source of the starting parameters and of the changes.
    """

    def __init__(self, inner: Factory, policy: tuple[str, ...], *, rngs: nnx.Rngs):
        self.inner, self.policy = build(inner, rngs), policy
        self.key = AugmentationKey(rngs.params())
        self.deterministic = False  # set by train() and eval()

    def __call__(self, x: jax.Array, *labels: jax.Array) -> jax.Array:
        """Map images (B, H, W, C) to logits (B,); unchanged in evaluation."""
        if not self.deterministic:
            key, *uses = jax.random.split(self.key[...], 1 + len(self.policy))
            self.key[...] = key
            for name, use in zip(self.policy, uses, strict=True):
                x = POLICIES[name](use, x)
        return self.inner(x, *labels)


def augmented(inner: Factory, policy: tuple[str, ...] = ("translation",)) -> Factory:
    """Describe a discriminator of images that are changed at random before it looks.

    With few images a discriminator learns them by heart, and then has nothing to teach.
    To change the data alone would teach the generator to make changed images. So data
    and fakes go through the same random changes, and the generator's gradient passes
    back through them: it is asked for images that look real after a change. Strong
    changes can still leak into the samples.

    Args:
        inner: a discriminator, x (B, H, W, C) -> logits (B,), with labels or
            without.
        policy: names among "translation", "cutout" and "brightness".

    Returns:
        The network, for the same images in [-1, 1].

    Raises:
        ValueError: an empty policy, or a name that is none of these.

    References:
        Zhao et al., Differentiable augmentation for data-efficient GAN training,
        arXiv:2006.10738.
    """
    policy = (policy,) if isinstance(policy, str) else tuple(policy)
    if not policy:
        raise ValueError(
            f"policy is empty; expected one or more of {', '.join(POLICIES)}."
        )
    for name in policy:
        validate.one_of(name, "policy", tuple(POLICIES))
    return Partial(Augmented, inner=inner, policy=policy)


def _on_both_sides(draw, key, x):
    """Draw for the height and the width of images, by keys of their own."""
    keys = jax.random.split(key)
    return [
        draw(one, len(x), side) for one, side in zip(keys, x.shape[1:3], strict=True)
    ]


def _shifts(key, count, side):
    """Make matrices (count, side, side) that shift a side, each by its own number."""
    most = round(side * SHIFT)
    by = jax.random.randint(key, (count, 1, 1), -most, most + 1)
    place = jnp.arange(side)
    came_from = place[None, :, None] - by
    return (came_from == place[None, None]).astype("float32")


def _near(key, count, side):
    """Mark (count, side) the places within a quarter of a side of a random centre."""
    centre = jax.random.randint(key, (count, 1), 0, side).astype("float32")
    place = jnp.arange(side, dtype="float32")[None] + 0.5  # a pixel's middle
    return (jnp.abs(place - centre) < round(side * SQUARE) / 2).astype("float32")
