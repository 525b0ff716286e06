"""Recipes: a structure, its hyper-parameters and how long to run them.

Notebooks train `ring8` and `digits_mlp` and judge them. Those in IMAGES wait for their
measurements; see `published`.
"""

from gan_utils.training.recipes.digits import dcgan28, digits_mlp, mlp28, smooth_tanh
from gan_utils.training.recipes.published import (
    art,
    brain,
    calculus,
    mechanism,
    probability,
    signed_sigmoid,
)
from gan_utils.training.recipes.recipe import Recipe, conditional, r3gan
from gan_utils.training.recipes.toys import clusters, ring8

IMAGES = {
    make.__name__: make
    for make in (brain, calculus, probability, art, mechanism, mlp28, dcgan28)
}

__all__ = [
    "IMAGES",
    "Recipe",
    "art",
    "brain",
    "calculus",
    "clusters",
    "conditional",
    "dcgan28",
    "digits_mlp",
    "mechanism",
    "mlp28",
    "probability",
    "r3gan",
    "ring8",
    "signed_sigmoid",
    "smooth_tanh",
]
