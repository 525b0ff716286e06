"""Networks as pure functions: a class with its settings, and separate variables.

A network is anything that makes an `nnx.Module` when it is called with `rngs`: a class,
a `functools.partial` of it with its settings, or a function. `init` draws its
variables, `apply` runs it on them.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
from flax import nnx

from gan_utils.by_value import by_value

Factory = Callable[..., nnx.Module]  # called with rngs=nnx.Rngs(...)
TRAINING = ("train", "training", "is_training", "is_train")  # arguments of a call
EVALUATING = ("deterministic", "use_running_average", "eval")


class Variables(NamedTuple):
    """Everything a network stores, as two pytrees that jit, vmap and scan accept."""

    params: nnx.State  # what the optimizer changes
    rest: nnx.State  # batch statistics, dropout keys, spectral-norm vectors


def build(network: Factory, rngs: nnx.Rngs) -> nnx.Module:
    """Build the module with fresh parameters drawn from `rngs`."""
    wanted = settings(network).values()
    if any(p.name == "rngs" or p.kind is p.VAR_KEYWORD for p in wanted):
        return network(rngs=rngs)
    return network(rngs) if unsettled(network) else network()


def unsettled(network: Factory) -> list[str]:
    """Name the settings that a network's constructor still asks for."""
    return needed(settings(network))


def needed(arguments: dict[str, inspect.Parameter]) -> list[str]:
    """Name the arguments that have no default."""
    wanted = (p for p in arguments.values() if p.kind is not p.VAR_KEYWORD)
    return [p.name for p in wanted if p.default is p.empty]


def init(network: Factory, key: jax.Array) -> Variables:
    """Draw the network's starting variables; compiled once for each structure.

    Args:
        network: class with its settings.
        key: PRNG key; the same key gives the same variables.

    Returns:
        Variables with the parameters and the rest.
    """
    return _init(by_value(network), key)


@functools.partial(jax.jit, static_argnames=("network",))
def _init(network, key):
    module = build(network, nnx.Rngs(key))
    _, params, rest = nnx.split(module, nnx.Param, ...)
    return Variables(params, rest)


def apply(
    network: Factory, variables: Variables, *inputs: jax.Array, train: bool = False
) -> tuple[Any, Variables]:
    """Run the network on a batch, as a pure function of its variables.

    Args:
        network: class with its settings.
        variables: what `init` or an earlier `apply` returned.
        *inputs: arrays with a leading batch axis.
        train: True uses batch statistics and dropout, and updates what they store;
            False uses the stored statistics and changes nothing.

    Returns:
        The output and the new Variables, of the same structure and dtypes.
    """
    module = merge(network, variables, train)
    output = module(*inputs, **_modes(type(module), train))
    if not train:
        return output, variables
    _, _, rest = nnx.split(module, nnx.Param, ...)
    return output, Variables(variables.params, rest)


def merge(network: Factory, variables: Variables, train: bool = False) -> nnx.Module:
    """Build the module with given variables in it, in training or evaluation."""
    # Flax lets a trace change only the variables that it made itself: copy first.
    params, rest = jax.tree.map(lambda leaf: leaf, variables)
    return nnx.merge(_graph(by_value(network), train), params, rest)


def settings(network) -> dict[str, inspect.Parameter]:
    """List what a constructor takes; what a partial has settled is a default."""
    if isinstance(network, functools.partial):
        wanted = list(settings(network.func).items())[len(network.args) :]
        held = network.keywords
        return {k: p.replace(default=held.get(k, p.default)) for k, p in wanted}
    if not inspect.isclass(network):
        return dict(inspect.signature(network).parameters)
    _, *wanted = inspect.signature(network.__init__).parameters.items()
    return dict(wanted)


@functools.lru_cache(maxsize=256)
def outline(network: Factory) -> nnx.Module:
    """Build the module with shapes in place of numbers: no memory, no arithmetic."""
    return nnx.eval_shape(lambda: build(network, nnx.Rngs(0)))


@functools.lru_cache(maxsize=256)
def _graph(network, train: bool) -> nnx.GraphDef:
    graphs = []

    def trace():  # while a trace lasts, Flax knows arrays in a module's own containers
        module = build(network, nnx.Rngs(0))
        module.train() if train else module.eval()
        graphs.append(nnx.split(module, nnx.Param, ...)[0])

    jax.eval_shape(trace)
    return graphs[0]


@functools.cache
def _modes(module: type, train: bool) -> dict[str, bool]:
    """Say whether it trains, to a module whose call asks for it."""
    asked = inspect.signature(module.__call__).parameters
    modes = dict.fromkeys(TRAINING, train) | dict.fromkeys(EVALUATING, not train)
    return {name: mode for name, mode in modes.items() if name in asked}
