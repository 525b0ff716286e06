"""A loss typed as Python by the learner: compiled, tried, and compared by its text."""

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.losses import LOSSES, PlayerLosses

NAME = "<your loss>"
PROBE = 8  # logits of each kind in the trial
LONGEST = 5.0  # seconds of the trial


class _TooLong(BaseException):  # no `except Exception` on its way stops it
    pass


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
        if self._try:
            with _in_time():
                _tried(self.source)

    def __call__(self, real: jax.Array, fake: jax.Array) -> PlayerLosses:
        """Compute both players' losses per sample."""
        with jax.numpy_dtype_promotion("standard"), jax.numpy_rank_promotion("allow"):
            pair = _function(self.source)(real, fake)
        d, g = pair
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
        exec(compile(source, NAME, "exec"), space)
    except SyntaxError as error:
        raise ValueError(
            f"Python cannot read line {error.lineno}: {error.msg}."
        ) from error
    except Exception as error:
        raise ValueError(
            f"The text does not run: {type(error).__name__}: {error}."
        ) from error
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


@contextmanager
def _in_time():
    """Refuse a text that loops for longer than LONGEST."""
    end, before = time.monotonic() + LONGEST, sys.gettrace()

    def look(frame, event, argument):
        if frame.f_code.co_filename != NAME:
            return None
        frame.f_trace_opcodes = True  # a loop on one line meets no new line
        if time.monotonic() > end:
            raise _TooLong
        return look

    sys.settrace(look)
    try:
        yield
    except _TooLong:
        raise ValueError(
            f"The loss did not end within {LONGEST:.0f} seconds. Likely cause: a "
            "`while` whose condition never becomes false."
        ) from None
    finally:
        sys.settrace(before)


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


def _first_line(error: Exception) -> str:
    text = str(error).strip().split("\n")[0][:160].rstrip(".")
    return f"{type(error).__name__}: {text}"
