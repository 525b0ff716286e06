"""Generators, discriminators, their layers, and pure functions that run them.

generators, discriminators   dense and convolutional; `settings` has what they share
functional                   a network as pure functions of its variables
traits                       what its structure tells, without running it
layers                       convolutions, spectral normalisation and their like
wrappers                     networks around a network: labels, packs, noise, ...
models                       all networks in one import
"""

from gan_utils import by_hand
from gan_utils.games import dirac_networks as dirac
from gan_utils.networks import layers, models
from gan_utils.networks.models import (
    Variables,
    apply,
    conv_discriminator,
    conv_generator,
    couples_samples,
    init,
    leaky_relu,
    mlp_discriminator,
    mlp_generator,
    parameter_count,
)
from gan_utils.networks.wrappers import augmentation, fourier, noise, packing

__all__ = [
    "Variables",
    "apply",
    "augmentation",
    "by_hand",
    "conv_discriminator",
    "conv_generator",
    "couples_samples",
    "dirac",
    "fourier",
    "init",
    "layers",
    "leaky_relu",
    "mlp_discriminator",
    "mlp_generator",
    "models",
    "noise",
    "packing",
    "parameter_count",
]
