"""Recipes for points in the plane."""

from gan_utils.networks import models
from gan_utils.training.recipes.recipe import Recipe, r3gan


def ring8(steps: int = 3000) -> Recipe:
    """Make the recipe for eight Gaussians on a ring (std 5 % of the radius).

    The relativistic pairing loss with R1 and R2, as in R3GAN, at the size of a toy.
    gamma and the learning rate fall together: smooth while the modes are being found,
    sharp once they are.

    Args:
        steps: updates; both schedules end here.

    Returns:
        Recipe for points in two dimensions.

    References:
        Huang et al., The GAN is dead; long live the GAN!, arXiv:2501.05441.
    """
    return r3gan(
        models.mlp_generator(2, (64, 64, 64), 2),
        models.mlp_discriminator(2, (64, 64, 64)),
        latent=2,
        steps=steps,
        batch_size=256,
        rate=(2e-3, 5e-5),
        gamma=(0.3, 0.01),
        ema_decay=0.998,
    )
