"""The Dirac-GAN as two networks of one number each, for the trainer and its tools.

`games.dirac` beside it has the same game as a vector field. A GAN of these networks,
the loss `losses.minimax` and the optimiser `sgd` moves as that field does, when the
data are zeros. There psi x is the logit of a fake; here logits say "real", so the sign
is turned.
"""

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils.by_value import Partial


class DiracGenerator(nnx.Module):
    """All mass at one point theta, whatever the noise."""

    def __init__(self, theta: float, *, rngs: nnx.Rngs):
        self.theta = nnx.Param(jnp.full((1, 1), theta))

    def __call__(self, z: jax.Array) -> jax.Array:
        """Map noise (B, size) to samples (B, 1)."""
        return jnp.broadcast_to(self.theta[...], (len(z), 1))


class DiracDiscriminator(nnx.Module):
    """The logit -psi x."""

    def __init__(self, psi: float, *, rngs: nnx.Rngs):
        self.psi = nnx.Param(jnp.full((1,), psi))

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map samples (B, 1) to logits (B,)."""
        return -(x @ self.psi[...])


def dirac_generator(theta: float = 1.0) -> Partial:
    """Describe the generator G(z) = theta, which starts at a given theta."""
    return Partial(DiracGenerator, theta=float(theta))


def dirac_discriminator(psi: float = 1.0) -> Partial:
    """Describe the discriminator with logit -psi x, which starts at a given psi.

    References:
        Mescheder et al., arXiv:1801.04406, section 2.
    """
    return Partial(DiracDiscriminator, psi=float(psi))
