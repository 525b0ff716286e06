"""Networks as pure functions: a class with its settings, and separate variables.

A network is anything that makes an `nnx.Module` when it is called with `rngs`: a class,
a `functools.partial` of it with its settings, or a function. `init` draws its
variables, `apply` runs it on them.
"""

import functools
import inspect
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
from flax import nnx

from gan_utils.by_value import by_value

Factory = Callable[..., nnx.Module]  # called with rngs=nnx.Rngs(...)
TRAINING = ("train", "training", "is_training", "is_train")  # arguments of a call
EVALUATING = ("deterministic", "use_running_average", "eval")
TRIAL = 1009  # rows of a trial; a prime, so that no other axis is a multiple of it


class Variables(NamedTuple):
    """Everything a network stores, as two pytrees that jit, vmap and scan accept."""

    params: nnx.State  # what the optimizer changes
    rest: nnx.State  # batch statistics, dropout keys, spectral-norm vectors


def build(network: Factory, rngs: nnx.Rngs) -> nnx.Module:
    """Build the module with fresh parameters drawn from `rngs`."""
    wanted = _settings(network).values()
    if any(p.name == "rngs" or p.kind is p.VAR_KEYWORD for p in wanted):
        return network(rngs=rngs)
    return network(rngs) if unsettled(network) else network()


def unsettled(network: Factory) -> list[str]:
    """Name the settings that a network's constructor still asks for."""
    return needed(_settings(network))


def needed(arguments: dict[str, inspect.Parameter]) -> list[str]:
    """Name the arguments that have no default."""
    wanted = (p for p in arguments.values() if p.kind is not p.VAR_KEYWORD)
    return [p.name for p in wanted if p.default is p.empty]


def unfilled(network: Factory, given: int) -> list[str]:
    """Name what a network's call asks for besides `given` arrays and a known mode."""
    call = type(outline(by_value(network))).__call__
    _, *names = needed(inspect.signature(call).parameters)  # without self
    return [name for name in names if name not in TRAINING + EVALUATING][given:]


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


def parameter_count(network: Factory) -> int:
    """Count the numbers that training changes, without building the network."""
    params = nnx.state(outline(by_value(network)), nnx.Param)
    return sum(leaf.size for leaf in jax.tree.leaves(params))


def couples_samples(network: Factory) -> bool:
    """Tell whether one sample's output can depend on the others in its batch.

    True for batch normalisation and for minibatch statistics. Methods that treat a
    batch as independent samples must refuse such a network.
    """
    return any(
        isinstance(node, nnx.BatchNorm) or getattr(node, "couples_samples", False)
        for node in _nodes(network)
    )


def batch_multiple(network: Factory) -> int:
    """Return a number whose multiples the network takes as batches; 1 without packs."""
    return math.prod(getattr(node, "batch_multiple", 1) for node in _nodes(network))


@functools.lru_cache(maxsize=256)  # every step asks
def classes_of(network: Factory) -> int:
    """Count the labels that a network reads; 0 when it reads none.

    A network of your own reads labels, as a second argument, when it has a setting
    `classes`.
    """
    value = getattr(_settings(network).get("classes"), "default", 0)
    if isinstance(network, functools.partial):  # it may also be given by its place
        names = _settings(network.func)
        value = dict(zip(names, network.args, strict=False)).get("classes", value)
    return value if isinstance(value, int) else 0


def _settings(network) -> dict[str, inspect.Parameter]:
    """List what a constructor takes; what a partial has settled is a default."""
    if isinstance(network, functools.partial):
        wanted = list(_settings(network.func).items())[len(network.args) :]
        held = network.keywords
        return {k: p.replace(default=held.get(k, p.default)) for k, p in wanted}
    if not inspect.isclass(network):
        return dict(inspect.signature(network).parameters)
    _, *wanted = inspect.signature(network.__init__).parameters.items()
    return dict(wanted)


def convolves(network: Factory, *inputs) -> bool:
    """Tell whether a network, or the slope of its parameters, holds a convolution.

    Args:
        network: class with its settings.
        *inputs: what it reads; arrays, or their shapes and dtypes.
    """

    def total(params, rest, *inputs):
        output, _ = apply(network, Variables(params, rest), *inputs)
        return output.sum()

    variables = jax.eval_shape(functools.partial(init, network), jax.random.key(0))
    program = jax.make_jaxpr(jax.grad(total))(*variables, *inputs)
    return "conv_general_dilated" in {e.primitive.name for e in _equations(program)}


def mixes_rows(network: Factory, variables: Variables, *inputs) -> bool:
    """Tell whether a network in training computes across the rows of its batch.

    Found in its program, without numbers: a step that loses or doubles the axis of
    rows, such as a mean over them. One that sorts, reorders or accumulates rows is not
    seen; such a module needs `couples_samples = True`, and what that says is believed.
    """
    if hasattr(outline(by_value(network)), "couples_samples"):
        return couples_samples(network)  # its author says so
    rows = TRIAL * inputs[0].shape[0]
    inputs = [jax.ShapeDtypeStruct((rows, *x.shape[1:]), x.dtype) for x in inputs]
    try:
        call = functools.partial(apply, network, train=True)
        program = jax.make_jaxpr(call)(variables, *inputs)
    except Exception:  # it takes some sizes of batches only
        return True

    def axes(part):
        return sum(n % TRIAL == 0 < n for n in getattr(part.aval, "shape", ()))

    return any(
        any(map(axes, equation.invars)) and any(axes(v) != 1 for v in equation.outvars)
        for equation in _equations(program)
    )


def _equations(program):
    """List the steps of a program, those of inner programs in place of a call."""
    for equation in getattr(program, "jaxpr", program).eqns:
        parts = jax.tree.leaves(list(equation.params.values()), is_leaf=_is_program)
        inner = [part for part in parts if _is_program(part)]
        for part in inner:
            yield from _equations(part)
        if not inner:
            yield equation


def _is_program(part) -> bool:
    return hasattr(getattr(part, "jaxpr", part), "eqns")


@functools.lru_cache(maxsize=256)
def outline(network: Factory) -> nnx.Module:
    """Build the module with shapes in place of numbers: no memory, no arithmetic."""
    return nnx.eval_shape(lambda: build(network, nnx.Rngs(0)))


def _nodes(network):
    return [node for _, node in nnx.iter_graph(outline(by_value(network)))]


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
