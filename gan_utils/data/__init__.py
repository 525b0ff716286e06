"""Data: distributions with exact densities, small images, latent noise, batches."""

from gan_utils.data.batches import Batch, Batches, batches
from gan_utils.data.distributions import (
    Box,
    Distribution,
    Mixture,
    gaussian,
    grid,
    mixture,
    points,
    ring,
    uniform,
)
from gan_utils.data.distributions_curves import (
    Curve,
    circle,
    ellipse,
    line,
    moons,
    spiral,
)
from gan_utils.data.distributions_gan_lab import gan_lab
from gan_utils.data.faces import Faces, faces
from gan_utils.data.image_sets import fashion_mnist, kmnist, mnist
from gan_utils.data.images import Images, digits8, mnist_sample
from gan_utils.data.latents import Normal, Uniform
from gan_utils.data.pixels import Pixels, pixels
from gan_utils.data.stacked import Stacked, stacked

__all__ = [
    "Batch",
    "Batches",
    "Box",
    "Curve",
    "Distribution",
    "Faces",
    "Images",
    "Mixture",
    "Normal",
    "Pixels",
    "Stacked",
    "Uniform",
    "batches",
    "circle",
    "digits8",
    "ellipse",
    "faces",
    "fashion_mnist",
    "gan_lab",
    "gaussian",
    "grid",
    "kmnist",
    "line",
    "mixture",
    "mnist",
    "mnist_sample",
    "moons",
    "pixels",
    "points",
    "ring",
    "spiral",
    "stacked",
    "uniform",
]
