"""Fully connected networks, and the one import that offers every network function."""

import math
from collections.abc import Callable

import jax
from flax import nnx

from gan_utils import validate
from gan_utils.networks.recipe import (
    Network,
    Variables,
    apply,
    couples_samples,
    init,
    network,
    parameter_count,
    uses_convolution,
)

__all__ = [
    "MLP",
    "Network",
    "Variables",
    "apply",
    "couples_samples",
    "init",
    "leaky_relu",
    "mlp_discriminator",
    "mlp_generator",
    "network",
    "parameter_count",
    "uses_convolution",
]


def leaky_relu(x: jax.Array) -> jax.Array:
    """Return x where positive and 0.2 x elsewhere, the usual discriminator's choice."""
    return nnx.leaky_relu(x, 0.2)


class MLP(nnx.Module):
    """Dense layers with one activation between them, from any shape to any shape.

    Hidden layers start from He's variance 2 / inputs, which keeps the size of
    activations steady through ReLU-like units; the last layer, which no such unit
    follows, from LeCun's 1 / inputs, so that outputs start near unit size. Biases
    start at 0.

    Args:
        input_shape: shape of one input, without the batch axis.
        hidden: width of each hidden layer; () for a linear map.
        output_shape: shape of one output; () for one number a sample.
        activation: function between layers.
        output: function after the last layer, or None.
        batch_norm: normalise each hidden layer over the batch, before the activation.
        init_std: draw weights from N(0, init_std^2) instead; 0.02 is DCGAN's choice.
        rngs: source of the starting parameters.
    """

    def __init__(
        self,
        input_shape: tuple[int, ...],
        hidden: tuple[int, ...],
        output_shape: tuple[int, ...],
        activation: Callable = nnx.relu,
        output: Callable | None = None,
        batch_norm: bool = False,
        init_std: float | None = None,
        *,
        rngs: nnx.Rngs,
    ):
        self.input_shape, self.output_shape = input_shape, output_shape
        self.activation, self.output = activation, output
        self.depth, self.batch_norm = len(hidden), batch_norm
        sizes = (math.prod(input_shape), *hidden)
        weights, last = hidden_init(init_std), last_init(init_std)
        for i in range(self.depth):
            dense = nnx.Linear(sizes[i], sizes[i + 1], kernel_init=weights, rngs=rngs)
            setattr(self, f"dense{i}", dense)
            if batch_norm:
                norm = nnx.BatchNorm(sizes[i + 1], momentum=0.9, rngs=rngs)
                setattr(self, f"norm{i}", norm)
        self.last = nnx.Linear(
            sizes[-1], math.prod(output_shape), kernel_init=last, rngs=rngs
        )

    def __call__(self, x: jax.Array) -> jax.Array:
        """Map a batch (B, *input_shape) to (B, *output_shape)."""
        require_shape(x, self.input_shape)
        x = x.reshape(x.shape[0], -1)
        for i in range(self.depth):
            x = getattr(self, f"dense{i}")(x)
            x = getattr(self, f"norm{i}")(x) if self.batch_norm else x
            x = self.activation(x)
        x = self.last(x).reshape(x.shape[0], *self.output_shape)
        return x if self.output is None else self.output(x)


def mlp_generator(
    latent_size: int,
    hidden: tuple[int, ...],
    output_shape: int | tuple[int, ...],
    activation: Callable = nnx.relu,
    output: Callable | None = None,
    batch_norm: bool = False,
    init_std: float | None = None,
) -> Network:
    """Describe a fully connected generator, z (B, latent_size) -> (B, *output_shape).

    Args:
        latent_size: coordinates of the noise, 1 or more.
        hidden: width of each hidden layer, for example (64, 64).
        output_shape: shape of one sample; 2 means (2,).
        activation: function between layers.
        output: function after the last layer, for example jnp.tanh for images.
        batch_norm: normalise hidden layers over the batch.
        init_std: weights from N(0, init_std^2) instead of He's and LeCun's variances.

    Returns:
        The recipe.

    Raises:
        ValueError: a size is not a whole number of 1 or more, or a list was given.
    """
    return network(
        MLP,
        input_shape=(validate.count(latent_size, "latent_size", 1),),
        hidden=shape_of(hidden, "hidden"),
        output_shape=shape_of(output_shape, "output_shape"),
        activation=activation,
        output=output,
        batch_norm=batch_norm,
        init_std=init_std,
    )


def mlp_discriminator(
    input_shape: int | tuple[int, ...],
    hidden: tuple[int, ...],
    activation: Callable = leaky_relu,
    batch_norm: bool = False,
    init_std: float | None = None,
) -> Network:
    """Describe a fully connected discriminator, x (B, *input_shape) -> logits (B,).

    Args:
        input_shape: shape of one sample; 2 means (2,).
        hidden: width of each hidden layer, for example (64, 64).
        activation: function between layers.
        batch_norm: normalise hidden layers over the batch.
        init_std: weights from N(0, init_std^2) instead of He's and LeCun's variances.

    Returns:
        The recipe.

    Raises:
        ValueError: a size is not a whole number of 1 or more, or a list was given.
    """
    return network(
        MLP,
        input_shape=shape_of(input_shape, "input_shape"),
        hidden=shape_of(hidden, "hidden"),
        output_shape=(),
        activation=activation,
        batch_norm=batch_norm,
        init_std=init_std,
    )


def shape_of(value: int | tuple[int, ...], name: str) -> tuple[int, ...]:
    """Read a shape: a whole number means one axis of that size."""
    sizes = value if isinstance(value, (tuple, list)) else (value,)
    if isinstance(value, list):
        raise ValueError(f"{name} is a list; expected a tuple, {tuple(value)}")
    return tuple(validate.count(size, name, minimum=1) for size in sizes)


def require_shape(x: jax.Array, shape: tuple[int, ...]) -> None:
    """Refuse a batch whose samples do not have the shape the network was built for."""
    if x.shape[1:] != shape or x.ndim == 0:
        expected = ", ".join(map(str, ("B", *shape)))
        raise ValueError(
            f"input is {validate.describe(x)}; expected shape ({expected}). Likely "
            "cause: a latent of another size, a missing batch or channel axis, or data "
            "of another shape than the network was built for."
        )


def hidden_init(std: float | None) -> Callable:
    """Return the initialiser of layers that a ReLU-like activation follows."""
    if std is None:
        return nnx.initializers.he_normal()
    return nnx.initializers.normal(validate.positive(std, "init_std"))


def last_init(std: float | None) -> Callable:
    """Return the initialiser of a layer that no ReLU-like activation follows."""
    return hidden_init(std) if std is not None else nnx.initializers.lecun_normal()
