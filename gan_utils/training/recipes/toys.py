"""Recipes for points in the plane."""

from gan_utils import losses, penalties
from gan_utils.networks import models
from gan_utils.networks.wrappers.fourier import fourier
from gan_utils.training.gan import GAN
from gan_utils.training.recipes.recipe import Recipe, r3gan
from gan_utils.training.state import cosine, geometric


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


def clusters(steps: int = 20_000) -> Recipe:
    """Make the recipe for narrow clusters in the plane, wherever they are.

    What the published 2D-ring and 2D-grid ask for: 8 or 25 clusters, 40 to 77 times as
    far apart as they are wide. Three things let both players learn such detail. The
    learning rate is large for most of the run, since G has to build steep steps between
    clusters. Fourier features stand before D. gamma falls by equal factors to a
    hundredth, as D must be steep to see a cluster's edge.

    Args:
        steps: updates; both schedules end here.

    Returns:
        Recipe for points in two dimensions, scaled to a standard deviation near 1.

    References:
        Huang et al., arXiv:2501.05441; Lin et al., PacGAN, arXiv:1712.04086.
    """
    count = 16
    gan = GAN(
        models.mlp_generator(2, (64, 64, 64), 2),
        fourier(
            models.mlp_discriminator(2 + 2 * count, (64, 64, 64)), 2, count, scale=2.0
        ),
        latent=2,
        loss=losses.relativistic,
        penalty=penalties.r1_r2,
    )
    hyper = dict(
        learning_rate=cosine(4e-3, 0.0, steps),
        gamma=geometric(0.5, 5e-3, steps),
        beta1=0.0,
        beta2=0.99,
        ema_decay=0.999,
    )
    return Recipe(gan, hyper, steps, batch_size=256)
