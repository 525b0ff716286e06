"""A layer that enlarges images, in the three ways that generators use."""

import jax
from flax import nnx

from gan_utils.networks.layers.convolution import Conv, ConvTranspose, adjoint_init
from gan_utils.networks.layers.resize import pixel_shuffle, upsample_nearest
from gan_utils.networks.settings import hidden_init, last_init

MODES = ("transposed", "nearest", "shuffle")


class Upsample(nnx.Module):
    """Double an image's sides: transposed, nearest-neighbour or pixel-shuffle.

    Args:
        in_features: channels of the input.
        out_features: channels of the output.
        mode: "transposed", "nearest" (repeat pixels, then a 3x3 convolution) or
            "shuffle" (3x3 convolution, then channels become pixels).
        gain: 2 before a ReLU-like activation (He), 1 otherwise (LeCun).
        init_std: draw weights from N(0, init_std^2) instead.
        kernel_size: side of a transposed kernel, at least `stride`.
        stride: factor of a transposed convolution; 1 keeps the size.
        rngs: source of the starting parameters.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        mode: str = "transposed",
        gain: float = 1.0,
        init_std: float | None = None,
        kernel_size: int = 4,
        stride: int = 2,
        *,
        rngs: nnx.Rngs,
    ):
        self.mode = mode
        if mode == "transposed":
            weights = (
                adjoint_init(stride, gain)
                if init_std is None
                else hidden_init(init_std)
            )
            cut = (kernel_size - stride + 1) // 2
            sizes = kernel_size, stride, cut, stride - kernel_size + 2 * cut
            self.conv = ConvTranspose(
                in_features, out_features, *sizes, kernel_init=weights, rngs=rngs
            )
        else:
            out_features *= 4 if mode == "shuffle" else 1
            weights = hidden_init(init_std) if gain > 1 else last_init(init_std)
            self.conv = Conv(
                in_features, out_features, 3, 1, 1, kernel_init=weights, rngs=rngs
            )

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, H, W, in_features) to (B, 2 H, 2 W, out_features).

        With a transposed kernel the factor is `stride`.
        """
        if self.mode == "nearest":
            return self.conv(upsample_nearest(x))
        x = self.conv(x)
        return pixel_shuffle(x) if self.mode == "shuffle" else x
