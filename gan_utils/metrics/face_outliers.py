"""Images that are no faces: what the judge of faces learns to refuse."""

import jax
import jax.numpy as jnp

# Each kind maps (key, faces of shape (n, 32, 32, 3)) to n images in [-1, 1].


def noise(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Draw independent pixels about a colour; with little noise, a blank image."""
    keys = jax.random.split(key, 3)
    colour = jax.random.uniform(keys[0], (len(faces), 1, 1, 3), minval=-1.0)
    strength = jax.random.uniform(keys[1], (len(faces), 1, 1, 1))
    return (colour + strength * jax.random.normal(keys[2], faces.shape)).clip(-1, 1)


def blobs(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Draw smooth noise in colour, as untrained generators paint it."""
    keys = jax.random.split(key, 3)
    coarse = jax.random.normal(keys[0], (len(faces), 6, 6, 3))
    smooth = jax.image.resize(coarse, faces.shape, "cubic")
    contrast = jax.random.uniform(keys[1], (len(faces), 1, 1, 1), maxval=2.0)
    colour = jax.random.uniform(keys[2], (len(faces), 1, 1, 3), minval=-1.0)
    return (contrast * smooth + colour).clip(-1, 1)


def averages(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Average four faces each, with weights that differ by three times at most."""
    keys = jax.random.split(key)
    rows = jax.random.randint(keys[0], (len(faces), 4), 0, len(faces))
    weights = jax.random.uniform(keys[1], rows.shape, minval=0.5, maxval=1.5)
    weights = weights / weights.sum(1, keepdims=True)
    return jnp.einsum("nk,nkhwc->nhwc", weights, faces[rows])


def pieces(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Cut each face into 4 x 4 pieces and put these in a random order."""
    n = len(faces)
    x = faces.reshape(n, 4, 8, 4, 8, 3).swapaxes(2, 3).reshape(n, 16, 8, 8, 3)
    order = jax.random.uniform(key, (n, 16)).argsort(1)
    x = jnp.take_along_axis(x, order[..., None, None, None], 1)
    return x.reshape(n, 4, 4, 8, 8, 3).swapaxes(2, 3).reshape(faces.shape)


def halves(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Put the upper half of each face on the lower half of a shifted one."""
    others = jnp.roll(jax.random.permutation(key, faces), 6, 2)
    return jnp.concatenate([faces[:, :16], others[:, 16:]], 1)


def upside_down(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Turn each face upside down."""
    del key
    return faces[:, ::-1]


def crossfades(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Lay two faces over one another, each as strong as the other."""
    return (faces + jax.random.permutation(key, faces)) / 2


# The judge learns from the first group; the second shows how far that carries.
LEARNED = (noise, blobs, averages, pieces)
UNSEEN = {kind.__name__: kind for kind in (halves, upside_down, crossfades)}
KINDS = {kind.__name__: kind for kind in LEARNED}


def mixture(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Make equal parts of every kind that the judge learns from.

    Args:
        key: PRNG key.
        faces: shape (n, 32, 32, 3), n a multiple of the number of kinds.

    Returns:
        Images of the same shape, sorted by kind.
    """
    keys = jax.random.split(key, len(KINDS))
    parts = zip(KINDS.values(), keys, jnp.split(faces, len(KINDS)), strict=True)
    return jnp.concatenate([kind(key, part) for kind, key, part in parts])
