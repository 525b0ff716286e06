"""Our own recipe for the faces that the course draws, 32 x 32 pixels in colour."""

from gan_utils.networks import models
from gan_utils.training.recipes.recipe import Recipe, r1gan

SHAPE = (32, 32, 3)


def faces32(steps: int = 2000, classes: int = 0) -> Recipe:
    """Make the recipe for drawn faces: DCGAN's pair at two doublings.

    As in `dcgan28`, without batch normalisation. Convolutions earn their time on
    faces: in about equal time on one core (seed 0), five settings near this one ended
    10 to 14 floors from the drawn faces after 2,250 updates of 32, with plain
    backgrounds; the dense layers and patches of `mlp28`, after 4,500, 15 floors away
    and speckled.

    Args:
        steps: updates; the schedules end here.
        classes: number of values of one attribute for the class-conditional version.

    Returns:
        Recipe for images (32, 32, 3) in [-1, 1].

    References:
        Radford et al., arXiv:1511.06434; Mescheder et al., arXiv:1801.04406.
    """
    return r1gan(
        models.conv_generator(
            64, (64, 32), SHAPE, activation=models.leaky_relu, hidden=(128,)
        ),
        models.conv_discriminator(SHAPE, (32, 64), hidden=(128,)),
        latent=64,
        steps=steps,
        batch_size=32,
        rate=(4e-3, 2e-5),
        gamma=(1.0, 1.0),
        classes=classes,
    )
