"""Do the two networks fit together? Trials without numbers, and what they tell."""

from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.data.batches import Batch
from gan_utils.networks import functional, traits
from gan_utils.training.checks.optimizers import require_gradients_only
from gan_utils.training.state import GANState, make_hyper, start

if TYPE_CHECKING:
    from gan_utils.training.gan import GAN

PLAYERS = ("discriminator", "generator")


class Fit(NamedTuple):
    """What a trial without numbers tells of two networks that fit together."""

    latent_shape: tuple[int, ...]  # of one latent
    sample_shape: tuple[int, ...]  # of one sample
    convolves: bool  # either network holds a convolution
    apart: bool  # D reads every sample on its own and stores nothing


@lru_cache(maxsize=64)
def networks(gan: "GAN") -> Fit:
    """Try both networks without numbers.

    Raises:
        ValueError: naming the network that refuses, what came and what was expected.
    """
    rows = 2 * traits.batch_multiple(gan.discriminator)
    key = jax.random.key(0)
    y = [jax.ShapeDtypeStruct((rows,), "int32")] * bool(gan.classes)
    g, d = (
        jax.eval_shape(partial(functional.init, network), key)
        for network in (gan.generator, gan.discriminator)
    )
    z = _latents(gan, key, rows)
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
    for each in zip(gan.optimizer, (d.params, g.params), PLAYERS, strict=True):
        require_gradients_only(*each)
    convolves = traits.convolves(gan.generator, z, *y)
    convolves = convolves or traits.convolves(gan.discriminator, x, *y)
    stores = jax.tree.leaves(d.rest)
    couples = traits.couples_samples(gan.discriminator)
    if not couples and (gan.penalty is not None or not stores):
        couples = traits.mixes_rows(gan.discriminator, d, x, *y)
    if gan.penalty is not None and couples:
        raise ValueError(
            "penalty is set, but the discriminator computes across the samples of a "
            "batch; expected one whose rows are independent, because the penalty needs "
            "each sample's own gradient. Likely cause: statistics over axis 0."
        )
    return Fit(z.shape[1:], x.shape[1:], convolves, not (stores or couples))


@cache
def outline(gan: "GAN") -> GANState:
    """Trace one update without numbers; refuse what would fail in the middle of one.

    Returns:
        The state of a run, with shapes in place of numbers.

    Raises:
        ValueError: with the reason.
    """
    rows = 2 * traits.batch_multiple(gan.discriminator)
    shape = gan.update.draws, rows
    y = jnp.zeros(shape, "int32") if gan.classes else None
    batch = Batch(jnp.zeros((*shape, *gan.sample_shape)), y)

    def update(key):
        state = start(gan, key, make_hyper())
        z = gan.latents(key, 0, rows)
        return state, gan.update(gan, state, batch._replace(z=z))[0]

    try:
        before, after = jax.eval_shape(update, jax.random.key(0))
    except Exception as error:
        if is_sentence(error):
            raise
        raise ValueError(
            f"an update of this GAN cannot be made: {reason(error)}. Likely cause: "
            "a loss, penalty or project of another form than the course's, or numbers "
            "in another format than float32."
        ) from error
    kinds = [[(x.shape, x.dtype) for x in jax.tree.leaves(s)] for s in (before, after)]
    if kinds[0] != kinds[1]:
        raise ValueError(
            "an update of this GAN changes the kind of numbers in its state; expected "
            "float32 throughout. Likely cause: parameters in half precision; keep them "
            "in float32 and set compute_dtype='bfloat16'."
        )
    return before


def _latents(gan: "GAN", key, rows: int):
    """Return the shape of latents."""
    try:
        z = jax.eval_shape(lambda: gan.latent.sample(key, rows))
        if z.shape[0] == rows:
            return z
        cause = f"it gives {_shape(z)}"
    except Exception as error:
        cause = reason(error)
    raise ValueError(
        f"latent cannot draw {rows} latents: {cause}; expected sample(key, n) to give "
        f"an array of shape ({rows}, size). Likely cause: arguments in another order."
    )


def _output(gan: "GAN", name: str, variables, given, y):
    """Return the shape of a network's output in training."""
    network = getattr(gan, name)
    try:
        apply = partial(functional.apply, network, train=True)
        output, after = jax.eval_shape(apply, variables, given, *y)
    except Exception as error:
        what = "latents" if name == "generator" else "samples of the generator,"
        raise ValueError(
            f"{name} cannot read {what} {_shape(given)}: {reason(error)}."
            f"{_swapped(gan) or _cause(error, network, name, 1 + len(y))}"
        ) from error
    if not hasattr(output, "shape"):
        raise ValueError(
            f"{name} returns {type(output).__name__}; expected one array. Likely "
            "cause: features or losses returned beside it."
        )
    numbers = [output, *jax.tree.leaves(variables.params)]
    if not all(jnp.issubdtype(x.dtype, jnp.floating) for x in numbers):
        raise ValueError(
            f"{name} has parameters or outputs that are whole numbers; expected "
            "floating point, because it is differentiated. Likely cause: a count in an "
            "nnx.Param; keep it in an nnx.Variable."
        )
    kinds = [
        [(v.shape, v.dtype) for v in jax.tree.leaves(t)] for t in (after, variables)
    ]
    same = jax.tree.structure(after) == jax.tree.structure(variables)
    if not same or kinds[0] != kinds[1]:
        raise ValueError(
            f"{name} stores something new in training; expected the variables that it "
            "was built with. Likely cause: self.sow, or an attribute that is first set "
            "in the call."
        )
    return output


def _swapped(gan: "GAN") -> str:
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


def _cause(error, network, name: str, given: int) -> str:
    if names_cause(error):
        return ""
    if isinstance(error, jax.errors.JAXTypeError):
        return " Likely cause: NumPy, or an if on values; use jnp and jnp.where."
    if unfilled := traits.unfilled(network, given):
        return (
            f" Likely cause: nothing fills the argument {unfilled[0]!r} of its call; a "
            "switch is called train, labels need a setting called classes, and random "
            "keys come from an nnx.Rngs that the module keeps."
        )
    if name == "generator":
        return " Likely cause: latent has another size than its first layer reads."
    return (
        " Likely cause: the size of an image, its channels, or flat against image data."
    )


# Errors of ours are known by their phrases and not by a class, whose name would show
# where learners read "ValueError: ...": in notebook 06b and in what exercises say.
def is_sentence(error: Exception) -> bool:
    """Tell whether an error says what was expected, as all of ours do."""
    return "; expected " in str(error)


def names_cause(error: Exception) -> bool:
    """Tell whether an error names its cause, so that no guess need be added."""
    return "Likely cause" in str(error)


def reason(error: Exception) -> str:
    """Take the words of an error, on one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = " ".join(lines)[:400] or type(error).__name__
    return text.rstrip(".")


def _shape(x) -> str:
    return f"of shape {tuple(x.shape)}"
