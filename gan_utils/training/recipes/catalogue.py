"""The recipes for images of 28 x 28 pixels, by name."""

from gan_utils.training.recipes.digits import dcgan28, mlp28
from gan_utils.training.recipes.published import (
    art,
    brain,
    calculus,
    mechanism,
    probability,
)

IMAGES = {
    make.__name__: make
    for make in (brain, calculus, probability, art, mechanism, mlp28, dcgan28)
}
