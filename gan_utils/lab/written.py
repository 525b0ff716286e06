"""A loss typed as Python by the learner: compiled, tried, and compared by its text."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate
from gan_utils.losses import LOSSES, PlayerLosses
from gan_utils.time_limit import TooLong, within

NAME = "<your loss>"
PROBE = 8  # logits of each kind in the trial
LONGEST = 5.0  # seconds of computing in the trial
MOST = 20_000  # characters of a text


@dataclass(frozen=True)
class Written:
    """A pair of per-sample losses on logits, from the text of a function `loss`.

    The text must define `loss(real, fake)`, which takes logits (B,) on data and on
    fakes and returns two arrays (B,): the losses of the discriminator and of the
    generator. `jax`, `jnp`, `softplus`, `relu`, `sigmoid` and the losses of
    `gan_utils.losses` are there. Equal texts are equal losses, so nothing compiles
    twice.

    Raises:
        ValueError: that says what is wrong with the text.
    """

    source: str
    _try: bool = field(default=True, repr=False, compare=False)

    def __post_init__(self):
        if not isinstance(self.source, str) or len(self.source) > MOST:
            raise ValueError(
                f"source is {validate.describe(self.source)}; expected the text of a "
                f"function loss(real, fake), of {MOST:,} characters at most."
            )
        if self._try:
            try:
                within(LONGEST, lambda: _tried(self.source))
            except TooLong as late:
                raise ValueError(
                    f"The loss did not end within {late.seconds} seconds. Likely "
                    "cause: a `while` whose condition never becomes false."
                ) from None

    def __call__(self, real: jax.Array, fake: jax.Array) -> PlayerLosses:
        """Compute both players' losses per sample."""
        with (
            jax.numpy_dtype_promotion("standard"),
            jax.numpy_rank_promotion("allow"),
            _no_exit(),
        ):
            d, g = _function(self.source)(real, fake)
        return PlayerLosses(d, g)


@lru_cache(maxsize=64)
def _function(source: str):
    space = {
        "jax": jax,
        "jnp": jnp,
        "softplus": jax.nn.softplus,
        "relu": jax.nn.relu,
        "sigmoid": jax.nn.sigmoid,
        **LOSSES,
    }
    try:
        with _no_exit():
            exec(compile(source, NAME, "exec"), space)
    except SyntaxError as error:
        place = f"line {error.lineno}" if error.lineno else "the text"
        raise ValueError(f"Python cannot read {place}: {error.msg}.") from error
    except Exception as error:
        raise ValueError(f"The text does not run: {_first_line(error)}.") from error
    if not callable(space.get("loss")):
        raise ValueError(
            "The text defines no function called loss; expected def loss(real, fake): "
            "..., which returns the discriminator's and the generator's losses."
        )
    return space["loss"]


def _tried(source: str) -> None:
    """Trace the loss and try it on logits of ordinary size."""
    loss = Written(source, False)
    _function(source)
    logits = jnp.asarray(np.linspace(-3, 3, PROBE), "float32")
    try:
        shapes = jax.eval_shape(loss, logits, logits)
    except Exception as error:
        raise ValueError(
            f"The loss cannot be traced: {_first_line(error)}. Likely cause: an `if` "
            "on a number that JAX does not know yet (use jnp.where), NumPy in place of "
            "jnp, or not two results."
        ) from error
    for name, part in zip(("discriminator", "generator"), shapes, strict=True):
        if getattr(part, "shape", None) != (PROBE,):
            came = getattr(part, "shape", type(part).__name__)
            raise ValueError(
                f"The {name}'s loss has shape {came} for {PROBE} samples; expected "
                f"({PROBE},), one number a sample. Leave the mean to the lab."
            )
    _check_numbers(loss, logits)


def _check_numbers(loss, logits) -> None:
    def totals(real, fake):
        d, g = loss(real, fake)
        return jnp.stack([d.sum(), g.sum()])

    try:
        slopes = jax.jacrev(totals, argnums=(0, 1))(logits, logits[::-1])
        values = totals(logits, logits[::-1])
    except Exception as error:
        raise ValueError(f"The loss has no gradient: {_first_line(error)}.") from error
    numbers = [np.asarray(part) for part in (values, *slopes)]
    if not all(np.isfinite(part).all() for part in numbers):
        raise ValueError(
            "The loss or its slope is NaN or infinite for logits between -3 and 3. "
            "Likely cause: a logarithm or a root of a negative number; use softplus."
        )
    on_real, on_fake = numbers[1:]
    if not (on_real[0].any() or on_fake[0].any()) or not on_fake[1].any():
        name = (
            "generator" if (on_real[0].any() or on_fake[0].any()) else "discriminator"
        )
        raise ValueError(
            f"The {name}'s loss does not change with the logits, so the {name} would "
            "never move. Likely cause: a constant, or real and fake exchanged."
        )


@contextmanager
def _no_exit():
    """Let no text of a learner's end the program that runs it."""
    try:
        yield
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as error:  # exit(), and what a text derives of its own
        raise ValueError(f"it ends with {type(error).__name__}") from error


def _first_line(error: Exception) -> str:
    try:
        text = str(error).strip().split("\n")[0][:160].rstrip(".")
    except Exception:  # of a kind that the text has defined
        text = ""
    return f"{type(error).__name__}: {text}".rstrip(": ")
