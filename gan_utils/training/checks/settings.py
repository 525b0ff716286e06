"""The settings of a GAN: brought into one form, and refused where they cannot go."""

from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import validate
from gan_utils.by_value import by_value, describe, require_hashable
from gan_utils.data.latents import Normal
from gan_utils.networks import functional, traits
from gan_utils.training import optimizers
from gan_utils.training.checks.fit import PLAYERS, names_cause, reason
from gan_utils.training.checks.optimizers import has_no_slope
from gan_utils.training.checks.optimizers import settled as settled_optimizers
from gan_utils.training.state import Hyper
from gan_utils.training.step import Rule

if TYPE_CHECKING:
    from gan_utils.training.gan import GAN


def settled(gan: "GAN") -> dict:
    """Return the settings of a GAN in the one form that the rest of the code meets.

    Raises:
        ValueError: naming the setting, what came and what was expected.
    """
    functions = {
        name: _function(getattr(gan, name), name)
        for name in ("loss", "penalty", "project")
    }
    require_hashable("latent", gan.latent)
    require_hashable("update", gan.update)
    return functions | {
        "generator": _network(gan.generator, "generator"),
        "discriminator": _network(gan.discriminator, "discriminator"),
        "latent": _latent(gan.latent),
        "update": _rule(gan.update),
        "optimizer": settled_optimizers(gan.optimizer),
    }


def _function(function, name: str):
    if callable(function) or (function is None and name != "loss"):
        return by_value(function, name)
    raise ValueError(
        f"{name} is {validate.describe(function)}; expected a function, such as one of "
        f"gan_utils.{'losses' if name == 'loss' else 'penalties'}. Likely cause: its "
        "name in quotes, or its value."
    )


def _latent(latent):
    if hasattr(latent, "__index__"):
        return Normal(validate.count(latent, "latent", minimum=1))
    if callable(getattr(latent, "sample", None)) and not isinstance(latent, type):
        return latent
    raise ValueError(
        f"latent is {validate.describe(latent)}; expected a whole number of "
        "coordinates or a prior with sample(key, n), such as data.latents.Uniform(2)."
    )


def _rule(rule):
    if isinstance(rule, Rule):
        return rule
    raise ValueError(
        f"update is {describe(rule)[:80]}; expected a rule of play, such as "
        "alternating(5, 1) or simultaneous(). Likely cause: parentheses missing."
    )


def _network(network, name: str):
    if isinstance(network, nnx.Module):
        kind = type(network).__name__
        raise ValueError(
            f"{name} is a built {kind}; expected its class with its settings, such as "
            f"functools.partial({kind}, ...), because every seed builds its own. "
            "Likely cause: parentheses after the class."
        )
    if not callable(network):
        raise ValueError(
            f"{name} is {validate.describe(network)}; expected a class of nnx.Module, "
            "a functools.partial of one, or a function of rngs that builds one."
        )
    network = by_value(network, name)
    try:
        nnx.eval_shape(lambda: _built(network))
    except Exception as error:
        raise ValueError(
            f"{name} cannot be built by {describe(network)[:80]}: {reason(error)}."
            f"{_build_cause(network, error)}"
        ) from error
    return network


def _built(network) -> nnx.Module:
    """Build a network; refuse what cannot be trained from a seed of its own."""
    module = functional.build(network, nnx.Rngs(0))
    if not isinstance(module, nnx.Module):
        raise TypeError(
            f"it makes a {type(module).__name__}, expected an nnx.Module. Likely "
            "cause: a module of Flax Linen or of another library"
        )
    params = nnx.state(module, nnx.Param)
    if not validate.is_traced(params) and functional.build(network, None) is module:
        raise TypeError(
            "it returns the same module twice; expected a new one from its rngs, as "
            "every seed has its own. Likely cause: a module that was built outside it"
        )
    for _, node in nnx.iter_graph(module):
        own = isinstance(node, nnx.Pytree) and not isinstance(node, nnx.Variable)
        for key, value in vars(node).items() if own else ():
            bare = not isinstance(value, nnx.Pytree) and validate.is_traced(value)
            if bare and key not in map(str, nnx.state(node)):
                raise TypeError(
                    f"{type(node).__name__}.{key} is a bare array; expected it in an "
                    "nnx.Param, which is trained, or an nnx.Variable, which is not. "
                    "Likely cause: jnp.ones(n) for nnx.Variable(jnp.ones(n))"
                )
    if not jax.tree.leaves(params):
        raise TypeError(
            "it holds no nnx.Param, so there is nothing to train; expected one or "
            "more. Likely cause: parameters in an nnx.Variable, or no layer"
        )
    return module


def _build_cause(network, error) -> str:
    if names_cause(error):
        return ""
    wanted = functional.unsettled(network)
    if len(wanted) == 1 and not {"rngs", "args"} & set(functional.settings(network)):
        return (
            f" Likely cause: its argument {wanted[0]!r} is given the nnx.Rngs; set it "
            "by functools.partial(...), or take rngs and draw a key by rngs.params()."
        )
    return (
        " Expected a call with rngs to be enough. Likely cause: a setting that "
        "functools.partial(...) should give, or plain lists of layers, which newer "
        "versions of Flax want as nnx.List([...])."
    )


def require_consistent(gan: "GAN") -> None:
    """Refuse settings that cannot go together.

    Raises:
        ValueError: naming both.
    """
    if gan.compute_dtype not in (None, "float32", "bfloat16"):
        raise ValueError(
            f"compute_dtype is {gan.compute_dtype!r}; expected None, 'float32' or "
            "'bfloat16'. Likely cause: float16, whose range is too small, or a type in "
            "place of its name."
        )
    generates, judges = map(traits.classes_of, (gan.generator, gan.discriminator))
    if generates != judges:
        raise ValueError(
            f"generator reads {generates} classes and discriminator {judges}; "
            "expected the same number. Likely cause: only one of the two was made "
            "conditional."
        )
    if gan.penalty is not None and traits.couples_samples(gan.discriminator):
        raise ValueError(
            "penalty is set, but the discriminator holds batch normalisation or "
            "minibatch statistics; expected one whose rows are independent, "
            "because the penalty needs each sample's own gradient."
        )
    if gan.update.regularises and gan.penalty is not None:
        raise ValueError(
            f"penalty is {describe(gan.penalty)} and update is {gan.update}; expected "
            "penalty=None, because this rule uses gamma for a penalty of its own."
        )
    if gan.update.through_optimizer and has_no_slope(gan.optimizer[0]):
        raise ValueError(
            f"optimizer is {describe(gan.optimizer[0])[:80]} and update is "
            f"{gan.update}; expected adam_through, optax.adam(rate, eps_root=1e-16) or "
            "optax.sgd, because the rule differentiates D's step, and this one has no "
            "finite slope where a gradient is 0."
        )


def rates(gan: "GAN", hyper: dict) -> dict:
    """Fill in the learning rates; refuse one for an optimiser that brings its own.

    Raises:
        ValueError: naming the player.
    """
    if unknown := sorted(set(hyper) - set(Hyper._fields) - {"learning_rate"}):
        raise ValueError(
            f"hyper-parameters {unknown} are unknown; expected learning_rate or some "
            f"of {', '.join(Hyper._fields)}."
        )
    hyper = dict(hyper)
    given = hyper.get("learning_rate")
    own = [optimizers.is_built(each) for each in gan.optimizer]
    for name, has in zip(PLAYERS, own, strict=True):
        key = f"{name[0]}_learning_rate"
        if not has:
            continue
        if hyper.get(key) is not None or (given is not None and all(own)):
            raise ValueError(
                f"{key if hyper.get(key) is not None else 'learning_rate'} is given, "
                f"but the optimizer of the {name} brings its own rate; expected one of "
                "the two. Leave the rate out, or pass a constructor: optax.adam."
            )
        hyper[key] = 1.0  # a factor of the optimiser's own steps
    return hyper


def require_single(hyper: Hyper) -> None:
    """Refuse numbers for many members where there is one run.

    Raises:
        ValueError: naming the hyper-parameter.
    """
    for name, value in hyper._asdict().items():
        if any(map(jnp.ndim, jax.tree.leaves(value))):
            raise ValueError(
                f"{name} is an array; expected one number for one run. Likely cause: "
                "a number for each member, which init_ensemble takes."
            )
