"""Every layer and image operation of the course, in one import."""

from gan_utils.networks.layers.convolution import (
    Conv,
    ConvTranspose,
    adjoint_init,
    conv_transpose,
    convolve,
)
from gan_utils.networks.layers.minibatch import MinibatchStd, minibatch_std
from gan_utils.networks.layers.resize import pixel_shuffle, upsample_nearest
from gan_utils.networks.layers.sizes import (
    output_size,
    overlap_count,
    transposed_output_size,
)
from gan_utils.networks.layers.spectral import (
    SpectralConv,
    SpectralLinear,
    SpectralVector,
)

__all__ = [
    "Conv",
    "ConvTranspose",
    "MinibatchStd",
    "SpectralConv",
    "SpectralLinear",
    "SpectralVector",
    "adjoint_init",
    "conv_transpose",
    "convolve",
    "minibatch_std",
    "output_size",
    "overlap_count",
    "pixel_shuffle",
    "transposed_output_size",
    "upsample_nearest",
]
