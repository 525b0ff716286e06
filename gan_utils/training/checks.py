"""Do the parts of a GAN fit, and its data? Messages that name the likely cause."""

from functools import lru_cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from flax import nnx

from gan_utils import losses, validate
from gan_utils.by_value import by_value, describe
from gan_utils.data.batches import Batch
from gan_utils.data.latents import Normal
from gan_utils.networks import functional
from gan_utils.training import optimizers

PLAYERS = ("discriminator", "generator")
FAR_FROM_0 = 0.2  # logits of a fresh D lie around 0, probabilities around 1/2


class Fit(NamedTuple):
    """What a trial without numbers tells of two networks that fit together."""

    sample_shape: tuple[int, ...]  # of one sample
    convolves: bool  # either network holds a convolution
    apart: bool  # D reads every sample on its own and stores nothing


def settled(gan) -> dict:
    """Return the settings of a GAN in the one form that the rest of the code meets.

    Raises:
        ValueError: naming the setting, what came and what was expected.
    """
    latent = gan.latent
    if isinstance(latent, int) or hasattr(latent, "__index__"):
        latent = Normal(validate.count(latent, "latent", minimum=1))
    return {
        "generator": _network(gan.generator, "generator"),
        "discriminator": _network(gan.discriminator, "discriminator"),
        "latent": latent,
        "optimizer": optimizers.settled(gan.optimizer),
    }


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
        functional.outline(network)
    except Exception as error:
        raise ValueError(
            f"{name} cannot be built by {describe(network)[:80]}: {_reason(error)}."
            f"{_build_cause(error)}"
        ) from error
    return network


def _build_cause(error) -> str:
    if "Likely cause" in str(error):
        return ""
    return (
        " Expected a call with rngs to be enough. Likely cause: a setting that "
        "functools.partial(...) should give, or plain lists of layers, which newer "
        "versions of Flax want as nnx.List([...])."
    )


def require_consistent(gan) -> None:
    """Refuse settings that cannot go together.

    Raises:
        ValueError: naming both.
    """
    if gan.compute_dtype not in (None, "float32", "bfloat16"):
        raise ValueError(
            f"compute_dtype is {gan.compute_dtype!r}; expected None, 'float32' or "
            "'bfloat16'. Likely cause: float16, whose range is too small."
        )
    generates, judges = map(functional.classes_of, (gan.generator, gan.discriminator))
    if generates != judges:
        raise ValueError(
            f"generator reads {generates} classes and discriminator {judges}; "
            "expected the same number. Likely cause: only one of the two was made "
            "conditional."
        )
    if gan.penalty is not None and functional.couples_samples(gan.discriminator):
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
    if gan.update.through_optimizer and gan.optimizer[0] is optimizers.optax.adam:
        raise ValueError(
            f"optimizer is adam and update is {gan.update}; expected "
            "optimizer=adam_through or optax.sgd, because the rule differentiates the "
            "step and Adam's has no slope where a gradient is 0."
        )


def rates(gan, hyper: dict) -> dict:
    """Fill in the learning rates; refuse one for an optimiser that brings its own.

    Raises:
        ValueError: naming the player.
    """
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


@lru_cache(maxsize=64)
def fit(gan) -> Fit:
    """Try both networks without numbers.

    Raises:
        ValueError: naming the network that refuses, what came and what was expected.
    """
    rows = 2 * functional.batch_multiple(gan.discriminator)
    key = jax.random.key(0)
    y = [jax.ShapeDtypeStruct((rows,), "int32")] * bool(gan.classes)
    g, d = (
        jax.eval_shape(partial(functional.init, network), key)
        for network in (gan.generator, gan.discriminator)
    )
    z = jax.eval_shape(lambda: gan.latent.sample(key, rows))
    x = _output(gan, "generator", g, z, y)
    if x.ndim < 2 or x.shape[0] != rows:
        raise ValueError(
            f"generator turns latents {_shape(z)} into {_shape(x)}; expected samples "
            f"({rows}, ...).{_swapped(gan)}"
        )
    logits = _output(gan, "discriminator", d, x, y)
    if logits.shape not in ((rows,), (rows, 1)):
        raise ValueError(
            f"discriminator returns {_shape(logits)} for {rows} samples {_shape(x)}; "
            f"expected one logit a sample, shape ({rows},) or ({rows}, 1)."
            f"{_swapped(gan) or _flat(logits)}"
        )
    for name, params in (("discriminator", d.params), ("generator", g.params)):
        optimizer = gan.optimizer[PLAYERS.index(name)]
        optimizers.require_gradients_only(optimizer, params, name)
    convolves = functional.convolves(gan.generator, z, *y)
    convolves = convolves or functional.convolves(gan.discriminator, x, *y)
    stores = jax.tree.leaves(d.rest) or functional.couples_samples(gan.discriminator)
    return Fit(x.shape[1:], convolves, not stores)


def _output(gan, name: str, variables, given, y):
    """Return the shape of a network's output in training."""
    network = getattr(gan, name)
    try:
        apply = partial(functional.apply, network, train=True)
        output, after = jax.eval_shape(apply, variables, given, *y)
    except Exception as error:
        what = "latents" if name == "generator" else "samples of the generator,"
        raise ValueError(
            f"{name} cannot read {what} {_shape(given)}: {_reason(error)}."
            f"{_swapped(gan) or _cause(error, name)}"
        ) from error
    if not hasattr(output, "shape"):
        raise ValueError(
            f"{name} returns {type(output).__name__}; expected one array. Likely "
            "cause: features or losses returned beside it."
        )
    if jax.tree.structure(after) != jax.tree.structure(variables):
        raise ValueError(
            f"{name} stores something new in training; expected the variables that it "
            "was built with. Likely cause: self.sow, or an attribute that is first set "
            "in the call."
        )
    return output


def _swapped(gan) -> str:
    """Say so when the two networks fit together the other way round."""
    key, rows = jax.random.key(0), 2

    def trial():
        z = gan.latent.sample(key, rows)
        g = functional.init(gan.discriminator, key)
        d = functional.init(gan.generator, key)
        x, _ = functional.apply(gan.discriminator, g, z)
        return functional.apply(gan.generator, d, x)[0]

    try:
        logits = jax.eval_shape(trial)
    except Exception:
        return ""
    if getattr(logits, "shape", None) not in ((rows,), (rows, 1)):
        return ""
    return (
        " Likely cause: generator and discriminator are swapped; they fit together the "
        "other way round."
    )


def _flat(logits) -> str:
    if logits.ndim > 2:
        return " Likely cause: a map of patches; average it, logits.mean((1, 2, 3))."
    return " Likely cause: features in place of a logit; end in a layer of one unit."


def _cause(error, name: str) -> str:
    if "Likely cause" in str(error):  # a layer of ours has named it
        return ""
    if name == "generator":
        return " Likely cause: latent has another size than its first layer reads."
    return (
        " Likely cause: the size of an image, its channels, or flat against image data."
    )


def _reason(error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = " ".join(lines)[:400] or type(error).__name__
    return text.rstrip(".")


def _shape(x) -> str:
    return f"of shape {tuple(x.shape)}"


def as_batch(gan, batch) -> Batch:
    """Check a batch against the networks and add the axis of draws where it lacks.

    Raises:
        ValueError: naming what came, what was expected and the likely cause.
    """
    if not isinstance(batch, Batch):
        batch = Batch(*batch) if isinstance(batch, tuple) else Batch(batch)
    shape, draws = gan.sample_shape, gan.update.draws
    x, y, z = batch
    if x.ndim == len(shape) + 1 and draws == 1:
        x, y = x[None], None if y is None else y[None]
    if x.ndim != len(shape) + 2 or x.shape[2:] != shape or x.shape[0] < draws:
        raise ValueError(_misfit(x, shape, draws))
    if x.shape[1] == 0:
        raise ValueError(f"batch is empty: {validate.describe(x)}.")
    if not jnp.issubdtype(x.dtype, jnp.floating):
        raise ValueError(
            f"batch is {validate.describe(x)}; expected float32. Likely cause: raw "
            "pixels or labels; scale pixels with x / 127.5 - 1."
        )
    validate.finite(x, "batch")
    if len(shape) == 3:
        validate.image_range(x, "batch")
    return Batch(x, y, z)


def _misfit(x, shape, draws):
    expected = ", ".join(("draws", "B", *map(str, shape)))
    cause = "data of another shape than the generator makes"
    if x.ndim <= 2 < len(shape) + 1:
        cause = "labels where images belong, or flattened images"
    elif x.ndim >= 3 and len(shape) == 3 and x.shape[-1] != shape[-1]:
        cause = f"{x.shape[-1]} channels against {shape[-1]}"
    elif x.shape[-len(shape) :] == shape:
        cause = f"the update makes {draws} inner steps and needs a batch for each"
    return (
        f"batch is {validate.describe(x)}; expected shape ({expected}) with {draws} or "
        f"more draws. Likely cause: {cause}."
    )


def source_fits(gan, source) -> None:
    """Refuse a source whose batches the networks cannot read.

    Raises:
        ValueError: naming both shapes, or what is wrong with the labels.
    """
    x = jax.eval_shape(lambda: source.batch(jax.random.key(0), 0)).x
    expected = (gan.update.draws, source.batch_size, *gan.sample_shape)
    if x.shape != expected:
        raise ValueError(
            f"source gives batches of shape {x.shape}; expected {expected}, because "
            f"the generator makes samples of shape {gan.sample_shape}. Likely cause: "
            "another data set, one channel against three, or labels in place of images."
        )
    if not gan.classes:
        return
    y = source.source[1] if isinstance(source.source, tuple) else None
    (y,) = gan.labels(y)
    whole = jnp.issubdtype(y.dtype, jnp.integer)
    if y.ndim != 1 or not whole or y.min() < 0 or y.max() >= gan.classes:
        raise ValueError(
            f"source has labels {validate.describe(y)}; expected whole numbers from 0 "
            f"to {gan.classes - 1}, shape (N,). Likely cause: one-hot labels, or "
            "labels counted from 1."
        )


def sigmoid_left(gan, state, source) -> str | None:
    """Ask whether D's outputs are probabilities, where a loss expects logits.

    Args:
        gan: structure.
        state: after the first updates.
        source: batches.

    Returns:
        None, or a sentence to warn with.
    """
    if getattr(gan.loss, "func", gan.loss) is losses.least_squares:
        return None  # its targets are 0 and 1
    x, y, _ = source.batch(jax.random.key(0), 0)
    labels = y[0] if gan.classes else None
    fakes = gan.sample(state, jax.random.key(0), len(x[0]), labels, ema=False)
    seen = [gan.logits(state, x[0], labels)]
    seen += [gan.logits(state, fakes, labels)] if state.step.ndim == 0 else []
    low, high = min(s.min() for s in seen), max(s.max() for s in seen)
    if not 0 < low < high < 1 or seen[0].mean() < FAR_FROM_0:
        return None
    return (
        f"every output of the discriminator lies between 0 and 1 ({low:.2f} to "
        f"{high:.2f}, on a batch of data and fakes). Is there a sigmoid left at its "
        "end? The losses expect logits and apply the sigmoid themselves."
    )
