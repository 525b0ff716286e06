"""What a network's settings and program tell of it, without running it."""

import functools
import inspect
import math

import jax
from flax import nnx

from gan_utils.by_value import by_value
from gan_utils.networks.functional import (
    EVALUATING,
    TRAINING,
    Factory,
    Variables,
    apply,
    init,
    needed,
    outline,
    settings,
)

TRIAL = 1009  # rows of a trial; a prime, so that no other axis is a multiple of it


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
    value = getattr(settings(network).get("classes"), "default", 0)
    if isinstance(network, functools.partial):  # it may also be given by its place
        names = settings(network.func)
        value = dict(zip(names, network.args, strict=False)).get("classes", value)
    return value if isinstance(value, int) else 0


def unfilled(network: Factory, given: int) -> list[str]:
    """Name what a network's call asks for besides `given` arrays and a known mode."""
    call = type(outline(by_value(network))).__call__
    _, *names = needed(inspect.signature(call).parameters)  # without self
    return [name for name in names if name not in TRAINING + EVALUATING][given:]


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


def _nodes(network):
    return [node for _, node in nnx.iter_graph(outline(by_value(network)))]
