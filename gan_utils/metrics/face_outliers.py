"""Images that are no faces: what the judge of faces learns to refuse, and its tests."""

import jax
import jax.numpy as jnp

from gan_utils.metrics import outliers
from gan_utils.metrics.outliers import noise

# Each kind maps (key, faces of shape (n, 32, 32, 3)) to n images in [-1, 1].


def blobs(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Draw smooth noise in colour, as untrained generators paint it."""
    return outliers.blobs(key, faces, side=6, most=2.0, darkest=-1.0)


def averages(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Average four faces each."""
    return outliers.averages(key, faces, count=4)


def pieces(key: jax.Array, faces: jax.Array) -> jax.Array:
    """Cut each face into 4 x 4 pieces and put these in a random order."""
    return outliers.shuffled(key, faces, side=8)


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
