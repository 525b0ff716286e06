"""Images that are no digits: what the judge learns to refuse, and what tests it."""

import jax
import jax.numpy as jnp

# Each kind maps (key, digits of shape (n, 28, 28, 1)) to n images in [-1, 1]. The kinds
# use the digits' own shades where they can, so that brightness gives nothing away. The
# first three, and a shuffle, do for images of any size and number of channels.


def noise(key: jax.Array, images: jax.Array) -> jax.Array:
    """Draw independent pixels about a shade; with little noise, a blank image."""
    keys, (n, _, _, channels) = jax.random.split(key, 3), images.shape
    shade = jax.random.uniform(keys[0], (n, 1, 1, channels), minval=-1.0)
    strength = jax.random.uniform(keys[1], (n, 1, 1, 1))
    return (shade + strength * jax.random.normal(keys[2], images.shape)).clip(-1, 1)


def blobs(key, images, side=7, most=3.0, darkest=-2.0) -> jax.Array:
    """Draw smooth noise of random contrast, as untrained generators paint it.

    Args:
        key: PRNG key.
        images: their shape is taken.
        side: blobs in a row.
        most: largest contrast.
        darkest: least shade about which it varies.
    """
    keys, (n, _, _, channels) = jax.random.split(key, 3), images.shape
    coarse = jax.random.normal(keys[0], (n, side, side, channels))
    smooth = jax.image.resize(coarse, images.shape, "cubic")
    contrast = jax.random.uniform(keys[1], (n, 1, 1, 1), maxval=most)
    shade = jax.random.uniform(keys[2], (n, 1, 1, channels), minval=darkest)
    return (contrast * smooth + shade).clip(-1, 1)


def averages(key: jax.Array, images: jax.Array, count: int = 8) -> jax.Array:
    """Average so many images each, with weights that differ by three times at most."""
    keys = jax.random.split(key)
    rows = jax.random.randint(keys[0], (len(images), count), 0, len(images))
    weights = jax.random.uniform(keys[1], rows.shape, minval=0.5, maxval=1.5)
    weights = weights / weights.sum(1, keepdims=True)
    return jnp.einsum("nk,nkhwc->nhwc", weights, images[rows])


def shuffled_pixels(key: jax.Array, digits: jax.Array) -> jax.Array:
    """Put the pixels of each digit in a random order."""
    return shuffled(key, digits, side=1)


def shuffled_patches(key: jax.Array, digits: jax.Array) -> jax.Array:
    """Cut each digit into 4 x 4 pieces and put these in a random order."""
    return shuffled(key, digits, side=7)


def overlaid(key: jax.Array, digits: jax.Array) -> jax.Array:
    """Write each digit over two others; seldom are all three of one class."""
    return jnp.maximum(pairs(key, digits), jnp.roll(digits, 2, 0))


def pairs(key: jax.Array, digits: jax.Array) -> jax.Array:
    """Write each digit over another one; one in ten is of the same class."""
    del key
    return jnp.maximum(digits, jnp.roll(digits, 1, 0))


def inverted(key: jax.Array, digits: jax.Array) -> jax.Array:
    """Turn white on black into black on white."""
    return -digits


def halves(key: jax.Array, digits: jax.Array) -> jax.Array:
    """Put the upper half of each digit on the lower half of another one."""
    others = jax.random.permutation(key, digits)
    return jnp.concatenate([digits[:, :14], others[:, 14:]], 1)


def stripes(key: jax.Array, digits: jax.Array) -> jax.Array:
    """Draw waves of random direction, width and phase."""
    keys = jax.random.split(key, 3)
    size = (len(digits), 1, 1, 1)
    angle = jax.random.uniform(keys[0], size, maxval=jnp.pi)
    frequency = jax.random.uniform(keys[1], size, minval=0.3, maxval=1.5)
    phase = jax.random.uniform(keys[2], size, maxval=2 * jnp.pi)
    down = jnp.arange(28.0).reshape(1, 28, 1, 1)
    across = jnp.arange(28.0).reshape(1, 1, 28, 1)
    along = down * jnp.sin(angle) + across * jnp.cos(angle)
    return jnp.sin(frequency * along + phase)


# The judge learns from the first group; the second shows how far that carries.
LEARNED = (noise, blobs, averages, overlaid, shuffled_pixels, shuffled_patches)
OTHERS = (inverted, stripes, pairs, halves)
KINDS = {kind.__name__: kind for kind in LEARNED}
UNSEEN = {kind.__name__: kind for kind in OTHERS}


def mixture(key: jax.Array, images: jax.Array, kinds=LEARNED) -> jax.Array:
    """Make equal parts of every kind that the judge learns from.

    Args:
        key: PRNG key.
        images: n of them, a multiple of the number of kinds.
        kinds: functions of a key and images.

    Returns:
        Images of the same shape, sorted by kind.
    """
    keys = jax.random.split(key, len(kinds))
    parts = zip(kinds, keys, jnp.split(images, len(kinds)), strict=True)
    return jnp.concatenate([kind(key, part) for kind, key, part in parts])


def shuffled(key: jax.Array, images: jax.Array, side: int) -> jax.Array:
    """Cut each image into squares of side x side pixels, in a random order."""
    n, height, width, channels = images.shape
    down, across = height // side, width // side
    x = images.reshape(n, down, side, across, side, channels).swapaxes(2, 3)
    x = x.reshape(n, down * across, side**2 * channels)
    order = jax.random.uniform(key, x.shape[:2]).argsort(1)
    x = jnp.take_along_axis(x, order[:, :, None], 1)
    x = x.reshape(n, down, across, side, side, channels).swapaxes(2, 3)
    return x.reshape(images.shape)
