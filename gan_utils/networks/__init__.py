"""Generators, discriminators, their layers, and pure functions that run them."""

from gan_utils.networks import layers, models
from gan_utils.networks.models import (
    Network,
    Variables,
    apply,
    conv_discriminator,
    conv_generator,
    couples_samples,
    init,
    leaky_relu,
    mlp_discriminator,
    mlp_generator,
    network,
    parameter_count,
    uses_convolution,
)

__all__ = [
    "Network",
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
    "network",
    "parameter_count",
    "uses_convolution",
]
