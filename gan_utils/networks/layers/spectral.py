"""Layers whose weight matrix is divided by its largest singular value."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils.lipschitz import power_iteration
from gan_utils.networks.layers.convolution import convolve

WARM_UP = 8  # power iterations at the start, so that the first step is already smooth


class SpectralVector(nnx.Variable):
    """The current guess of a kernel's left singular vector."""


class _SpectralLayer(nnx.Module):
    """A kernel, a bias and the guess that power iteration improves in training."""

    def __init__(self, shape, kernel_init: Callable, *, rngs: nnx.Rngs):
        self.kernel = nnx.Param(kernel_init(rngs.params(), shape, "float32"))
        self.bias = nnx.Param(jnp.zeros(shape[-1], "float32"))
        matrix = self.kernel[...].reshape(-1, shape[-1])
        u = jax.random.normal(rngs.params(), matrix.shape[:1], "float32")
        self.u = SpectralVector(_improve(matrix, u, WARM_UP))
        self.deterministic = False  # set by train() and eval()

    def normalised_kernel(self) -> jax.Array:
        """Return the kernel divided by its estimated largest singular value."""
        kernel = self.kernel[...]
        matrix = kernel.reshape(-1, kernel.shape[-1])
        sigma, u = power_iteration(matrix, self.u[...])
        if not self.deterministic:
            self.u[...] = u
        return kernel / jnp.maximum(sigma, 1e-12)


class SpectralLinear(_SpectralLayer):
    """Dense layer that stretches no direction by more than a factor of about 1.

    The guess `u` is stored with the network's variables. It moves one power iteration
    in each training pass and stands still in evaluation.

    Args:
        in_features: size of the input.
        out_features: size of the output.
        kernel_init: initialiser; its scale does not matter.
        rngs: source of the starting parameters.

    References:
        Miyato et al., Spectral normalization for GANs, arXiv:1802.05957.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        kernel_init: Callable | None = None,
        *,
        rngs: nnx.Rngs,
    ):
        kernel_init = kernel_init or nnx.initializers.lecun_normal()
        super().__init__((in_features, out_features), kernel_init, rngs=rngs)

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map (B, in_features) to (B, out_features)."""
        return x @ self.normalised_kernel() + self.bias[...].reshape(1, -1)


class SpectralConv(_SpectralLayer):
    """Convolution whose kernel, read as a (k k in, out) matrix, has norm about 1.

    That matrix is not the whole convolution: overlapping windows can stretch an image
    by more than 1, at most by k / stride rounded up.

    Args:
        in_features: channels of the input.
        out_features: channels of the output.
        kernel_size: side of the square kernel.
        stride: step of the window.
        padding: zeros added on each side.
        kernel_init: initialiser; its scale does not matter.
        rngs: source of the starting parameters.

    References:
        Miyato et al., Spectral normalization for GANs, arXiv:1802.05957.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        kernel_size: int = 4,
        stride: int = 2,
        padding: int = 1,
        kernel_init: Callable | None = None,
        *,
        rngs: nnx.Rngs,
    ):
        kernel_init = kernel_init or nnx.initializers.lecun_normal()
        shape = (kernel_size, kernel_size, in_features, out_features)
        super().__init__(shape, kernel_init, rngs=rngs)
        self.stride, self.padding = stride, padding

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map images (B, H, W, in_features) to (B, h, w, out_features)."""
        x = convolve(x, self.normalised_kernel(), self.stride, self.padding)
        return x + self.bias[...].reshape(1, 1, 1, -1)


def _improve(matrix, u, steps):
    return jax.lax.fori_loop(0, steps, lambda _, u: power_iteration(matrix, u)[1], u)
