"""Recipes: a structure, its hyper-parameters and how long to run them.

Notebooks 00 to 05 train `ring8` and `digits_mlp` and judge them. Those in IMAGES draw
28 x 28 pixels; notebooks 06 and 09 show them with the weights that come along.
"""

from gan_utils.training.recipes.catalogue import IMAGES
from gan_utils.training.recipes.digits import dcgan28, digits_mlp, mlp28, smooth_tanh
from gan_utils.training.recipes.faces import faces32
from gan_utils.training.recipes.pretrained_generators import Pretrained, pretrained
from gan_utils.training.recipes.published import (
    art,
    brain,
    calculus,
    mechanism,
    probability,
    signed_sigmoid,
)
from gan_utils.training.recipes.recipe import Recipe, conditional, r1gan, r3gan
from gan_utils.training.recipes.toys import clusters, ring8

__all__ = [
    "IMAGES",
    "Pretrained",
    "Recipe",
    "art",
    "brain",
    "calculus",
    "clusters",
    "conditional",
    "dcgan28",
    "digits_mlp",
    "faces32",
    "mechanism",
    "mlp28",
    "pretrained",
    "probability",
    "r1gan",
    "r3gan",
    "ring8",
    "signed_sigmoid",
    "smooth_tanh",
]
