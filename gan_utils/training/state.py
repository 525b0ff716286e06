"""The state of a run: one pytree that holds everything an update reads or writes."""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate
from gan_utils.networks import functional
from gan_utils.networks.functional import Variables
from gan_utils.training import optimizers


# Optax has such schedules as functions with their numbers inside. Here the numbers are
# arrays of the state, so they may differ between the members of an ensemble and change
# in a run without compiling anew. A schedule of Optax's belongs in the optimiser.
class Cosine(NamedTuple):
    """A hyper-parameter that falls (or rises) along half a cosine, then stays."""

    start: jax.Array
    end: jax.Array
    steps: jax.Array


def cosine(start: float, end: float, steps: int) -> Cosine:
    """Schedule a hyper-parameter from `start` to `end` over `steps` updates.

    Args:
        start: value at step 0.
        end: value from step `steps` on.
        steps: length of the schedule in updates, above 0.

    Returns:
        Cosine, accepted wherever a hyper-parameter is.
    """
    validate.positive(steps, "steps")
    return Cosine(start, end, steps)


class Geometric(NamedTuple):
    """A hyper-parameter that changes by the same factor in every step, then stays."""

    start: jax.Array
    end: jax.Array
    steps: jax.Array


def geometric(start: float, end: float, steps: int) -> Geometric:
    """Schedule a hyper-parameter from `start` to `end` by equal factors.

    Args:
        start: value at step 0, above 0.
        end: value from step `steps` on, above 0.
        steps: length of the schedule in updates, above 0.

    Returns:
        Geometric, accepted wherever a hyper-parameter is.
    """
    validate.positive(start, "start")
    validate.positive(end, "end")
    validate.positive(steps, "steps")
    return Geometric(start, end, steps)


def value_at(hyper, step: jax.Array) -> jax.Array:
    """Evaluate a hyper-parameter, constant or scheduled, at one step."""
    if not isinstance(hyper, (Cosine, Geometric)):
        return hyper
    passed = jnp.clip(step.astype("float32") / hyper.steps, 0.0, 1.0)
    if isinstance(hyper, Geometric):
        return hyper.start * (hyper.end / hyper.start) ** passed
    return hyper.end + (hyper.start - hyper.end) * 0.5 * (1 + jnp.cos(jnp.pi * passed))


class Hyper(NamedTuple):
    """Numbers that steer an update; arrays, so that changing one never recompiles."""

    d_learning_rate: Any
    g_learning_rate: Any
    beta1: Any
    beta2: Any
    gamma: Any  # weight of the penalty
    ema_decay: Any  # of the generator's averaged parameters
    clip: Any  # largest absolute weight of the discriminator, where it is clipped


def make_hyper(
    learning_rate=None,
    d_learning_rate=None,
    g_learning_rate=None,
    beta1=0.5,
    beta2=0.999,
    gamma=0.0,
    ema_decay=0.999,
    clip=0.01,
) -> Hyper:
    """Check hyper-parameters and turn them into float32 arrays.

    Args:
        learning_rate: step size of both players, 0 or more; None for 2e-4.
        d_learning_rate: the discriminator's own, or None for `learning_rate`.
        g_learning_rate: the generator's own, or None for `learning_rate`.
        beta1: decay of Adam's mean gradient, in [0, 1).
        beta2: decay of Adam's (or RMSProp's) mean square, in [0, 1).
        gamma: weight of the penalty, 0 or more.
        ema_decay: decay of the generator's average, in [0, 1); 0 for none. At update n
            it is (1 + n) / (10 + n) at most: 0.999 from update 8,990 on. Parameters are
            averaged, not batch statistics.
        clip: largest absolute weight of a clipped discriminator, above 0.

    Returns:
        Hyper. Each value may be a number, an array, or a `cosine` or `geometric`
        schedule.

    Raises:
        ValueError: when a value is out of its range.
    """
    both = 2e-4 if learning_rate is None else learning_rate
    rates = [both if own is None else own for own in (d_learning_rate, g_learning_rate)]
    hyper = Hyper(*rates, beta1, beta2, gamma, ema_decay, clip)
    from_0 = ("d_learning_rate", "g_learning_rate", "gamma")
    for name, value in hyper._asdict().items():
        check = validate.not_negative if name in from_0 else validate.fraction
        check = validate.positive if name == "clip" else check
        scheduled = isinstance(value, (Cosine, Geometric))
        if callable(value):
            raise ValueError(
                f"{name} is a function; expected a number, an array, or a `cosine` or "
                "`geometric` schedule. Likely cause: a schedule of Optax's; give it to "
                "the optimiser, GAN(optimizer=optax.adam(schedule))."
            )
        for part in value[:2] if scheduled else (value,):
            check(part, name)
    return jax.tree.map(lambda v: jnp.asarray(v, "float32"), hyper)


class Player(NamedTuple):
    """One network in training: its variables and its optimiser's state."""

    variables: Variables
    opt_state: Any  # of Optax; Adam's moments, for example


class GANState(NamedTuple):
    """Everything an update reads or writes; with a leading axis, an ensemble."""

    d: Player
    g: Player
    ema: Any  # averaged parameters of the generator
    key: jax.Array  # of the whole run; each update folds its number in
    step: jax.Array  # updates made so far, ()
    hyper: Hyper

    @property
    def now(self) -> Hyper:
        """The hyper-parameters of this update, schedules evaluated."""
        return Hyper(*(value_at(value, self.step) for value in self.hyper))

    @property
    def updates(self) -> int:
        """Return the updates made so far, in an ensemble by the member furthest on."""
        return int(np.asarray(self.step).max())  # on the host: nothing to compile


def start(gan, key: jax.Array, hyper: Hyper) -> GANState:
    """Draw the state of a new run; see `GAN.init`."""
    d_key, g_key, run_key = jax.random.split(key, 3)
    d = functional.init(gan.discriminator, d_key)
    g = functional.init(gan.generator, g_key)
    moments, ema, step = _rest_of_state(gan.optimizer, d.params, g.params)
    players = Player(d, moments[0]), Player(g, moments[1])
    return GANState(*players, ema=ema, key=run_key, step=step, hyper=hyper)


@partial(jax.jit, static_argnums=0)
def _rest_of_state(optimizers_of_both, d, g):
    """Make the optimisers' moments, the averaged parameters and the step at once."""
    # An optimiser's moments have the same shapes for any rate and decay.
    fresh = [optimizers.build(each, 1.0, 0.5, 0.5) for each in optimizers_of_both]
    ema = jax.tree.map(jnp.copy, g)  # a copy: both may be donated
    return (fresh[0].init(d), fresh[1].init(g)), ema, jnp.zeros((), "int32")
