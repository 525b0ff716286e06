"""Networks as values: a hashable recipe, and pure functions that run what it builds."""

import dataclasses
import functools
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
from flax import nnx

from gan_utils import threefry


class Variables(NamedTuple):
    """Everything a network stores, as two pytrees that jit, vmap and scan accept."""

    params: nnx.State  # what the optimizer changes
    rest: nnx.State  # batch statistics, dropout keys, spectral-norm vectors


@dataclasses.dataclass(frozen=True)
class Network:
    """A recipe for a network, compared by value and usable as a dictionary key.

    Args:
        module: class of the network; called as `module(**config, rngs=rngs)`.
        config: sorted tuple of (name, value) pairs; build it with `network`.
    """

    module: Callable[..., nnx.Module]
    config: tuple[tuple[str, Any], ...] = ()

    def build(self, rngs: nnx.Rngs) -> nnx.Module:
        """Build the module with fresh parameters drawn from `rngs`."""
        return self.module(**dict(self.config), rngs=rngs)


def network(module: Callable[..., nnx.Module], **config: Any) -> Network:
    """Describe a network by its class and settings, without building it.

    Args:
        module: class whose constructor takes the settings and `rngs`.
        **config: settings; numbers, strings, functions or (nested) tuples of them.

    Returns:
        The recipe; two recipes with equal settings are equal.

    Raises:
        ValueError: a setting cannot be hashed, for example a list or an array.
    """
    for name, value in config.items():
        _require_hashable(name, value)
    return Network(module, tuple(sorted(config.items())))


@functools.partial(jax.jit, static_argnames=("recipe",))
def init(recipe: Network, key: jax.Array) -> Variables:
    """Draw the network's starting variables; compiled once for each recipe.

    Args:
        recipe: the network.
        key: PRNG key; the same key gives the same variables.

    Returns:
        Variables with the parameters and the rest.
    """
    module = recipe.build(nnx.Rngs(threefry.unrolled(key)))
    _, params, rest = nnx.split(module, nnx.Param, ...)
    return Variables(params, threefry.restored(rest))  # dropout stores its key


def apply(
    recipe: Network,
    variables: Variables,
    *inputs: jax.Array,
    train: bool = False,
    call: Callable | None = None,
) -> tuple[Any, Variables]:
    """Run the network on a batch, as a pure function of its variables.

    Args:
        recipe: the network.
        variables: what `init` or an earlier `apply` returned.
        *inputs: arrays with a leading batch axis.
        train: True uses batch statistics and dropout, and updates what they store;
            False uses the stored statistics and changes nothing.
        call: how to run the built module, as call(module, *inputs); None for
            module(*inputs).

    Returns:
        The output and the new Variables, of the same structure and dtypes.
    """
    # Flax lets a trace change only the variables that it made itself: copy first.
    params, rest = jax.tree.map(lambda leaf: leaf, variables)
    module = nnx.merge(_graph(recipe, train), params, rest)
    output = module(*inputs) if call is None else call(module, *inputs)
    if not train:
        return output, variables
    _, _, rest = nnx.split(module, nnx.Param, ...)
    return output, Variables(variables.params, rest)


@functools.lru_cache(maxsize=256)
def parameter_count(recipe: Network) -> int:
    """Count the numbers that training changes, without building the network."""
    params = nnx.state(outline(recipe), nnx.Param)
    return sum(leaf.size for leaf in jax.tree.leaves(params))


@functools.lru_cache(maxsize=256)
def uses_convolution(recipe: Network) -> bool:
    """Tell whether the network holds a convolution of any kind."""
    convolutions = (nnx.Conv, nnx.ConvTranspose)
    return any(
        isinstance(node, convolutions) or getattr(node, "is_convolution", False)
        for node in _nodes(recipe)
    )


@functools.lru_cache(maxsize=256)
def couples_samples(recipe: Network) -> bool:
    """Tell whether one sample's output can depend on the others in its batch.

    True for batch normalisation and for minibatch statistics. Methods that treat a
    batch as independent samples must refuse such a network.
    """
    return any(
        isinstance(node, nnx.BatchNorm) or getattr(node, "couples_samples", False)
        for node in _nodes(recipe)
    )


def batch_multiple(recipe: Network) -> int:
    """Return a number whose multiples the network takes as batches; 1 without packs."""
    return math.prod(getattr(node, "batch_multiple", 1) for node in _nodes(recipe))


def outline(recipe: Network) -> nnx.Module:
    """Build the module with shapes in place of numbers: no memory, no arithmetic."""
    return nnx.eval_shape(lambda: recipe.build(nnx.Rngs(0)))


def _nodes(recipe: Network):
    return [node for _, node in nnx.iter_graph(outline(recipe))]


@functools.lru_cache(maxsize=256)
def _graph(recipe: Network, train: bool) -> nnx.GraphDef:
    module = outline(recipe)
    module.train() if train else module.eval()
    graph, _, _ = nnx.split(module, nnx.Param, ...)
    return graph


def _require_hashable(name: str, value: Any) -> None:
    try:
        hash(value)
    except TypeError as error:
        raise ValueError(
            f"{name} is a {type(value).__name__}, which cannot be hashed; a network's "
            "settings must be numbers, strings, functions or tuples of them "
            "(write (64, 64) for [64, 64])"
        ) from error
