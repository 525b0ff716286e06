"""The GAN: two networks, a loss and a rule of play, as pure functions of a state."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from gan_utils import losses, validate
from gan_utils.data.latents import Normal
from gan_utils.losses import PlayerLosses
from gan_utils.networks import models, sample_weights
from gan_utils.networks.models import Network, Variables
from gan_utils.penalties import OnPart
from gan_utils.threefry import unrolled
from gan_utils.training.fitting import as_batch
from gan_utils.training.members import stack, unstack
from gan_utils.training.optimizers import adam
from gan_utils.training.state import GANState, Player, Report, make_hyper
from gan_utils.training.updates import Alternating


class Comparison(NamedTuple):
    """Data and generated samples judged once, with the networks' updated statistics."""

    losses: PlayerLosses  # two scalars
    real: jax.Array  # logits on data, (B,)
    fake: jax.Array  # logits on generated samples, (B,)
    penalty: jax.Array  # unweighted mean, ()
    d: Variables
    g: Variables


@dataclass(frozen=True)
class GAN:
    """Structure of a GAN; hashable and compared by value. Numbers live in the state.

    Attributes:
        generator: recipe of a network from latents (B, size) to samples (B, ...).
        discriminator: recipe of a network from samples (B, ...) to logits (B,).
        latent: prior of the generator's input; a whole number means that many
            standard normal coordinates.
        loss: pair of per-sample losses on logits, from `gan_utils.losses`.
        penalty: from `gan_utils.penalties`, weighted by the hyper-parameter gamma.
        update: rule of play, from `gan_utils.training.updates`.
        optimizer: direction of a step, from `gan_utils.training.optimizers`.
        project: applied as project(params, clip) to the discriminator after a step.
        compute_dtype: "bfloat16" runs both networks in half the bytes, which pays on
            accelerators; parameters, moments, logits and losses stay float32.
    """

    generator: Network
    discriminator: Network
    latent: Any
    loss: losses.Loss = losses.nonsaturating
    penalty: Callable | None = None
    update: Any = Alternating(d_steps=1, g_steps=1)  # noqa: RUF009, it is frozen
    optimizer: Callable = adam
    project: Callable | None = None
    compute_dtype: str | None = None

    def __post_init__(self):
        if self.compute_dtype not in (None, "float32", "bfloat16"):
            raise ValueError(
                f"compute_dtype is {self.compute_dtype!r}; expected None, 'float32' or "
                "'bfloat16'. Likely cause: float16, whose range is too small."
            )
        if isinstance(self.latent, int):
            object.__setattr__(self, "latent", Normal(self.latent))
        for name in ("generator", "discriminator"):
            if not isinstance(getattr(self, name), Network):
                raise ValueError(
                    f"{name} is {validate.describe(getattr(self, name))}; expected a "
                    "Network recipe. Likely cause: a built module; wrap its class with "
                    "models.network(ModuleClass, ...)."
                )
        _check_classes(self)
        if self.penalty is not None and models.couples_samples(self.discriminator):
            raise ValueError(
                "penalty is set, but the discriminator holds batch normalisation or "
                "minibatch statistics; expected one whose rows are independent, "
                "because the penalty needs each sample's own gradient."
            )
        _check_rule(self)
        if getattr(self.update, "one_pass", False):
            sample_weights.require_support(self.discriminator, "one_pass")

    def init(self, key: jax.Array, **hyper) -> GANState:
        """Make the state of a new run.

        Args:
            key: PRNG key; the whole run follows from it.
            **hyper: see `make_hyper` (learning_rate, beta1, gamma, ema_decay, ...).

        Returns:
            GANState at step 0.

        Raises:
            ValueError: when a hyper-parameter is out of range, or the two networks do
                not fit together.
        """
        _sample_shape(self)  # fails early when the networks do not fit together
        return _init(self, key, make_hyper(**hyper))

    def init_ensemble(self, keys: jax.Array, **hyper) -> GANState:
        """Make the states of many runs at once, with a leading axis of members.

        Args:
            keys: PRNG keys, shape (members,).
            **hyper: as in `init`; an array of shape (members,) gives each its own.

        Returns:
            GANState whose every array has a leading axis (members,).
        """
        _sample_shape(self)
        members = keys.shape[0]
        hyper = jax.tree.map(partial(_per_member, members), make_hyper(**hyper))
        if isinstance(keys, jax.core.Tracer):
            return jax.vmap(partial(_init, self))(keys, hyper)
        states = [_init(self, key, None) for key in unstack(keys)]
        return stack(states)._replace(hyper=hyper)

    @property
    def classes(self) -> int:
        """Number of labels that both networks read; 0 when they read none."""
        return models.classes_of(self.generator)

    def labels(self, y) -> tuple:
        """Return what both networks take besides their first input: (y,) or ().

        Args:
            y: labels (B,), or None. Without classes they are left out.

        Raises:
            ValueError: when the networks need labels and there are none.
        """
        if self.classes and y is None:
            raise ValueError(
                f"y is None; expected a label from 0 to {self.classes - 1} for each "
                "sample. Likely cause: a source of images without labels."
            )
        return (y,) if self.classes else ()

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Shape of one generated sample, without the batch axis."""
        return _sample_shape(self)

    def step(self, state: GANState, batch) -> tuple[GANState, Report]:
        """Make one update of both players; pure, so jit, vmap, scan or shard it.

        Args:
            state: where the run stands.
            batch: Batch, or array of shape (draws, B, ...) with one draw for each inner
                step; (B, ...) will do when the rule needs one draw.

        Returns:
            (state, report): the next state and the report of this update.

        Raises:
            ValueError: when the batch does not fit the networks or the rule.
        """
        return self.update(self, state, as_batch(self, batch))

    def losses(self, d, g, batch, key, gamma=0.0) -> PlayerLosses:
        """Compute both players' mean losses; every update rule differentiates this.

        Args:
            d: Variables of the discriminator.
            g: Variables of the generator.
            batch: data, shape (B, ...).
            key: PRNG key for the latents and the penalty.
            gamma: weight of the penalty.

        Returns:
            PlayerLosses of two scalars; the discriminator's includes gamma * penalty.
        """
        return self.compare(d, g, batch, key, gamma).losses

    def compare(
        self, d, g, x, key, gamma=0.0, y=None, z=None, together=False
    ) -> Comparison:
        """Judge a batch of data beside as many generated samples; see `losses`.

        The latents z are drawn from the key when they are None. With `together`, the
        discriminator judges both halves in one call, for which it must judge each
        sample on its own and store nothing.
        """
        latent_key, penalty_key = jax.random.split(unrolled(key))
        labels = self.labels(y)
        z = self.latent.sample(latent_key, x.shape[0]) if z is None else z
        fake, g = self.play(self.generator, g, z, *labels)
        judge = partial(self.play, self.discriminator)
        if together:
            twice = [jnp.concatenate([label, label]) for label in labels]
            logits, d = judge(d, jnp.concatenate([x, fake]), *twice)
            real_logits, fake_logits = jnp.split(logits, 2)
        else:
            real_logits, d = judge(d, x, *labels)
            fake_logits, d = judge(d, fake, *labels)
        pair = self.loss(real_logits, fake_logits)
        penalty = self.penalise(d, x, fake, penalty_key, *labels)
        mean = PlayerLosses(
            discriminator=pair.discriminator.mean() + gamma * penalty,
            generator=pair.generator.mean(),
        )
        return Comparison(mean, real_logits, fake_logits, penalty, d, g)

    def penalise(self, d, x, fake, key, *labels) -> jax.Array:
        """Compute the mean penalty before it is weighted; 0 without one."""
        if self.penalty is None:
            return jnp.zeros(())
        penalty = self.penalty
        if isinstance(penalty, OnPart):  # labels go with their samples
            x, fake, *labels = (a[:: penalty.every] for a in (x, fake, *labels))
            penalty = penalty.penalty

        def critic(x):
            return self.play(self.discriminator, d, x, *labels)[0]

        return penalty(critic, x, fake, key).mean()

    def play(self, network, variables, *inputs, call=None):
        """Run a network in training, in the number format of the computation.

        See `models.apply` for the arguments and what it returns.
        """
        run = partial(models.apply, network, train=True, call=call)
        if self.compute_dtype in (None, "float32"):
            return run(variables, *inputs)
        low = partial(_cast, self.compute_dtype)
        lowered = variables._replace(params=low(variables.params))
        output, after = run(lowered, *low(inputs))
        rest = jax.tree.map(lambda a, b: a.astype(b.dtype), after.rest, variables.rest)
        return output.astype("float32"), Variables(variables.params, rest)

    def generate(self, state: GANState, z: jax.Array, y=None, ema: bool = True):
        """Turn latents (N, size) into samples (N, ...), by the averaged generator.

        Batch statistics are the running ones and dropout is off. A conditional
        generator without labels y (N,) goes through the classes in turn.
        """
        if self.classes and y is None:
            y = jnp.arange(len(z)) % self.classes
        return _generate(self, state, z, y, ema)

    def sample(self, state: GANState, key: jax.Array, n: int, y=None, ema: bool = True):
        """Draw n samples, shape (n, ...); (members, n, ...) from an ensemble.

        Args:
            state: of one run or of an ensemble.
            key: PRNG key; members of an ensemble share the latents.
            n: number of samples, 1 or more.
            y: labels (n,) for a conditional generator; None for all classes in turn.
            ema: use the averaged parameters (True) or the current ones.
        """
        validate.count(n, "n", minimum=1)
        return self.generate(state, self.latent.sample(key, n), y, ema)

    def logits(self, state: GANState, x: jax.Array, y=None) -> jax.Array:
        """Judge samples x (N, ...): logits (N,), or (members, N) from an ensemble."""
        return _logits(self, state, x, y)

    def describe(self) -> str:
        """Write the structure as text that is equal for equal structures."""
        return "\n".join(
            f"{f.name}: {_name(getattr(self, f.name))}" for f in fields(self)
        )


def _init(gan: GAN, key, hyper) -> GANState:
    d_key, g_key, run_key = jax.random.split(key, 3)
    d = models.init(gan.discriminator, d_key)
    g = models.init(gan.generator, g_key)
    moments, ema, step = _beside(gan.optimizer, d.params, g.params)
    return GANState(
        d=Player(d, moments[0]),
        g=Player(g, moments[1]),
        ema=ema,
        key=run_key,
        step=step,
        hyper=hyper,
    )


@partial(jax.jit, static_argnums=0)
def _beside(optimizer, d, g):
    """Make what a state holds beside the variables, in one program."""
    fresh = optimizer(0.5, 0.5)  # moments have the same shapes for any decay
    ema = jax.tree.map(jnp.copy, g)  # a copy: both may be donated
    return (fresh.init(d), fresh.init(g)), ema, jnp.zeros((), "int32")


def _check_classes(gan: GAN) -> None:
    counts = [models.classes_of(net) for net in (gan.generator, gan.discriminator)]
    if counts[0] != counts[1]:
        raise ValueError(
            f"generator reads {counts[0]} classes and discriminator {counts[1]}; "
            "expected the same number. Likely cause: only one of the two was made "
            "conditional."
        )


def _check_rule(gan: GAN) -> None:
    """Refuse what a rule that differentiates through the opponent cannot use."""
    if getattr(gan.update, "regularises", False) and gan.penalty is not None:
        raise ValueError(
            f"penalty is {_name(gan.penalty)} and update is {gan.update}; expected "
            "penalty=None, because this rule uses gamma for a penalty of its own."
        )
    if getattr(gan.update, "through_optimizer", False) and gan.optimizer is adam:
        raise ValueError(
            f"optimizer is adam and update is {gan.update}; expected "
            "optimizer=adam_through or sgd, because the rule differentiates the step "
            "and Adam's has no slope where a gradient is 0."
        )


def _cast(dtype, tree):
    """Change the format of all floating-point arrays."""

    def change(leaf):
        floating = jnp.issubdtype(leaf.dtype, jnp.floating)
        return leaf.astype(dtype) if floating else leaf

    return jax.tree.map(change, tree)


def _per_member(members: int, value):
    if value.ndim == 0:
        return jnp.broadcast_to(value, (members,))
    if value.shape != (members,):
        raise ValueError(
            f"a hyper-parameter has shape {value.shape}; expected a number, or one for "
            f"each of the {members} members."
        )
    return value


@cache
def _sample_shape(gan: GAN) -> tuple[int, ...]:
    key = jax.random.key(0)

    def judge(batch):
        z = gan.latent.sample(key, batch)
        labels = gan.labels(jnp.zeros(batch, "int32"))
        g, d = models.init(gan.generator, key), models.init(gan.discriminator, key)
        x, _ = models.apply(gan.generator, g, z, *labels)
        return x, models.apply(gan.discriminator, d, x, *labels)[0]

    try:
        batch = 2 * models.batch_multiple(gan.discriminator)
        x, logits = jax.eval_shape(partial(judge, batch))
    except (TypeError, ValueError, AssertionError) as error:
        raise ValueError(_unfit(str(error))) from error
    if logits.shape != (batch,):
        raise ValueError(
            f"discriminator returns shape {logits.shape} for {batch} samples; expected "
            f"one logit a sample, shape ({batch},). Likely cause: a last axis of "
            "size 1."
        )
    return x.shape[1:]


def _unfit(reason: str) -> str:
    message = f"generator and discriminator do not fit together: {reason}"
    if "Likely cause" in reason:  # a layer of ours has named it
        return message
    return (
        f"{message} Likely cause: the latent size, the image size or the number of "
        "channels differs."
    )


@partial(jax.jit, static_argnames=("gan", "ema"))
def _generate(gan, state, z, y, ema):
    def one(state):
        variables = state.g.variables
        variables = variables._replace(params=state.ema) if ema else variables
        return models.apply(gan.generator, variables, z, *gan.labels(y))[0]

    return jax.vmap(one)(state) if state.step.ndim else one(state)


@partial(jax.jit, static_argnames=("gan",))
def _logits(gan, state, x, y):
    def one(state):
        return models.apply(gan.discriminator, state.d.variables, x, *gan.labels(y))[0]

    return jax.vmap(one)(state) if state.step.ndim else one(state)


def _name(value) -> str:
    if isinstance(value, Network):
        config = ", ".join(f"{k}={_name(v)}" for k, v in value.config)
        return f"{value.module.__qualname__}({config})"
    if callable(value) and hasattr(value, "__qualname__"):
        return value.__qualname__
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))  # the next process has another
