"""A layer that enlarges images, in the three ways that generators use."""

import jax
from flax import nnx

from gan_utils import validate
from gan_utils.networks.layers.convolution import Conv, ConvTranspose, adjoint_init
from gan_utils.networks.layers.resize import pixel_shuffle, upsample_nearest
from gan_utils.networks.settings import hidden_init

MODES = ("transposed", "nearest", "shuffle")


def require_kernel(kernel_size: int, *strides: int) -> None:
    """Refuse a transposed kernel that does not enlarge by exactly each stride.

    Raises:
        ValueError: it is smaller than a stride, or even where a stride is 1.
    """
    if kernel_size < max(strides):
        raise ValueError(
            f"kernel_size is {kernel_size} and a stride is {max(strides)}; expected a "
            "kernel at least as large, because a smaller one leaves pixels that it "
            "never writes."
        )
    if 1 in strides and kernel_size % 2 == 0:
        raise ValueError(
            f"kernel_size is {kernel_size} and a stride is 1; expected an odd kernel, "
            "because an even one has no middle and cannot keep the size."
        )


class Upsample(nnx.Module):
    """Enlarge images: transposed, nearest-neighbour or pixel-shuffle.

    Args:
        in_features: channels of the input.
        out_features: channels of the output.
        mode: "transposed", "nearest" (repeat pixels, then a 3x3 convolution) or
            "shuffle" (3x3 convolution, then channels become pixels).
        gain: 2 before a ReLU-like activation (He), 1 otherwise (LeCun); above 0.
        init_std: draw weights from N(0, init_std^2) instead.
        kernel_size: side of a transposed kernel, at least `stride`, and odd where the
            stride is 1; None for 4. The other modes have a kernel of 3.
        stride: factor of a transposed convolution; 1 keeps the size. The other modes
            double it.
        rngs: source of the starting parameters.

    Raises:
        ValueError: the mode is unknown or has no such kernel or stride, kernel and
            stride do not go together, or the gain is not above 0.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        mode: str = "transposed",
        gain: float = 1.0,
        init_std: float | None = None,
        kernel_size: int | None = None,
        stride: int = 2,
        *,
        rngs: nnx.Rngs,
    ):
        self.mode = validate.one_of(mode, "mode", MODES)
        validate.positive(gain, "gain")
        if mode == "transposed":
            kernel_size = 4 if kernel_size is None else kernel_size
            require_kernel(kernel_size, stride)
            weights = (
                adjoint_init(stride, gain)
                if init_std is None
                else hidden_init(init_std)
            )
            cut = (kernel_size - stride + 1) // 2  # of each side
            self.conv = ConvTranspose(
                in_features,
                out_features,
                kernel_size,
                stride,
                padding=cut,
                output_padding=stride - kernel_size + 2 * cut,
                kernel_init=weights,
                rngs=rngs,
            )
        else:
            _require_only(kernel_size, "kernel_size", (None, 3), mode)
            _require_only(stride, "stride", (2,), mode)
            channels = out_features * (4 if mode == "shuffle" else 1)
            weights = (
                nnx.initializers.variance_scaling(gain, "fan_in", "truncated_normal")
                if init_std is None
                else hidden_init(init_std)
            )
            self.conv = Conv(
                in_features, channels, 3, 1, 1, kernel_init=weights, rngs=rngs
            )

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, H, W, in_features) to (B, s H, s W, out_features).

        The factor s is `stride` in a transposed convolution, and 2 otherwise.
        """
        if self.mode == "nearest":
            return self.conv(upsample_nearest(x))
        x = self.conv(x)
        return pixel_shuffle(x) if self.mode == "shuffle" else x


def _require_only(value, name: str, known: tuple, mode: str) -> None:
    if value not in known:
        raise ValueError(
            f"{name} is {value} with mode {mode!r}; expected {known[-1]}, because only "
            "a transposed convolution has another."
        )
