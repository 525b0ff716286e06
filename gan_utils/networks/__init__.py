"""Generators, discriminators, their layers, and pure functions that run them."""

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

__all__ = [
    "Variables",
    "apply",
    "conv_discriminator",
    "conv_generator",
    "couples_samples",
    "init",
    "layers",
    "leaky_relu",
    "mlp_discriminator",
    "mlp_generator",
    "models",
    "parameter_count",
]
