"""Every network in one import; they are written in `generators`, `discriminators`."""

from gan_utils.networks.discriminators import (
    ConvDiscriminator,
    MLPDiscriminator,
    conv_discriminator,
    mlp_discriminator,
)
from gan_utils.networks.functional import (
    Factory,
    Variables,
    apply,
    init,
    merge,
)
from gan_utils.networks.generators import (
    ConvGenerator,
    MLPGenerator,
    conv_generator,
    mlp_generator,
)
from gan_utils.networks.settings import leaky_relu
from gan_utils.networks.traits import (
    batch_multiple,
    classes_of,
    couples_samples,
    parameter_count,
)
from gan_utils.networks.wrappers.conditional import (
    LabelledGenerator,
    ProjectionDiscriminator,
    labelled_generator,
    projection_discriminator,
)

__all__ = [
    "ConvDiscriminator",
    "ConvGenerator",
    "Factory",
    "LabelledGenerator",
    "MLPDiscriminator",
    "MLPGenerator",
    "ProjectionDiscriminator",
    "Variables",
    "apply",
    "batch_multiple",
    "classes_of",
    "conv_discriminator",
    "conv_generator",
    "couples_samples",
    "init",
    "labelled_generator",
    "leaky_relu",
    "merge",
    "mlp_discriminator",
    "mlp_generator",
    "parameter_count",
    "projection_discriminator",
]
