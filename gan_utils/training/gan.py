"""The GAN: two networks, a loss and a rule of play, as pure functions of a state."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import optax

from gan_utils import engine, losses, members, validate
from gan_utils.by_value import describe
from gan_utils.data import latents
from gan_utils.data.batches import Given
from gan_utils.history import Report
from gan_utils.losses import PlayerLosses
from gan_utils.networks import functional, traits
from gan_utils.networks.functional import Factory, Variables
from gan_utils.numerics import cast
from gan_utils.penalties import OnPart
from gan_utils.training import sampling
from gan_utils.training.checks import fit, inputs, settings
from gan_utils.training.state import GANState, Hyper, make_hyper, start
from gan_utils.training.step import Alternating, Comparison, Rule


@dataclass(frozen=True)
class GAN:
    """Structure of a GAN; hashable and compared by value. Numbers live in the state.

    A network is a class of `nnx.Module`, a `functools.partial` of it with its settings,
    or a function of `rngs` that builds one; `models.mlp_generator(...)` and its like
    make such partials. One that takes `train` in its call is told.

    Attributes:
        generator: network from latents (B, size) to samples (B, ...).
        discriminator: network from samples (B, ...) to logits (B,) or (B, 1).
            One that sorts or reorders its batch needs `couples_samples = True`.
        latent: prior of the generator's input; a whole number means that many
            standard normal coordinates.
        loss: pair of per-sample losses on logits, from `gan_utils.losses`.
        penalty: from `gan_utils.penalties`, weighted by the hyper-parameter gamma.
        update: rule of play, such as `alternating(5, 1)` or `simultaneous()`.
        optimizer: of Optax. A constructor, such as `optax.adam`, takes its rate and
            decays from the state; `optax.adam(1e-3)` brings its own. A pair is for D
            and G, and that is what is kept.
        project: applied as project(params, clip) to the discriminator after a step.
        compute_dtype: "bfloat16" runs both networks in half the bytes, which pays on
            accelerators; parameters, moments, logits and losses stay float32.
    """

    generator: Factory
    discriminator: Factory
    latent: Any
    loss: losses.Loss = losses.nonsaturating
    penalty: Callable | None = None
    update: Rule = Alternating()  # noqa: RUF009, it is frozen
    optimizer: Any = optax.adam
    project: Callable | None = None
    compute_dtype: str | None = None

    generate, sample, logits = sampling.generate, sampling.sample, sampling.logits

    def __post_init__(self):
        """Settle every setting in one form; refuse those that cannot go together."""
        for name, value in settings.settled(self).items():
            object.__setattr__(self, name, value)
        settings.require_consistent(self)

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
        validate.key(key, "key")
        hyper = self._hyper(hyper)
        settings.require_single(hyper)
        return start(self, key, hyper)

    def init_ensemble(self, keys: jax.Array, **hyper) -> GANState:
        """Make the states of many runs at once, with a leading axis of members.

        Args:
            keys: PRNG keys, shape (members,).
            **hyper: as in `init`; an array of shape (members,) gives each its own.

        Returns:
            GANState whose every array has a leading axis (members,).
        """
        validate.key(keys, "keys", many=True)
        count = keys.shape[0]
        hyper = jax.tree.map(partial(members.spread, count), self._hyper(hyper))
        if validate.is_traced(keys):
            return jax.vmap(partial(start, self))(keys, hyper)
        states = [start(self, key, None) for key in members.unstack(keys)]
        return members.stack(states)._replace(hyper=hyper)

    def _hyper(self, given: dict) -> Hyper:
        fit.networks(self)  # fails early where the networks do not fit together,
        fit.outline(self)  # or no update can be made
        return make_hyper(**settings.rates(self, given))

    @property
    def classes(self) -> int:
        """Number of labels that both networks read; 0 when they read none."""
        return traits.classes_of(self.generator)

    @property
    def outline(self) -> GANState:
        """A state of one run, with shapes in place of numbers."""
        return fit.outline(self)

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Shape of one generated sample, without the batch axis."""
        return fit.networks(self).sample_shape

    @property
    def convolves(self) -> bool:
        """True on a CPU with convolutions, which are slow there inside a loop."""
        return fit.networks(self).convolves and jax.default_backend() == "cpu"

    @property
    def one_call(self) -> bool:
        """True when D may read data and fakes in one call, and gains by it."""
        return fit.networks(self).apart and not self.convolves

    def latents(self, key: jax.Array, step, rows: int) -> jax.Array:
        """Draw an update's latents, (moves, rows, size), from the key of the run."""
        return latents.draw(self.latent, self.update.moves, key, step, rows)

    def step(self, state: GANState, batch) -> tuple[GANState, Report]:
        """Make one update of both players; pure, so jit, vmap, scan or shard it.

        Called from Python it is compiled first, and gives what `train` gives, bit for
        bit: `gan.step(state, source.batch(state.key, state.step))` is its next update.

        Args:
            state: where the run stands.
            batch: Batch, or array of shape (draws, B, ...) with one draw for each inner
                step; (B, ...) will do when the rule needs one draw.

        Returns:
            (state, report): the next state and the report of this update.

        Raises:
            ValueError: when the batch does not fit the networks or the rule.
        """
        inputs.require_state(state)
        if validate.is_traced((state, batch)):
            return self.advance(state, batch)
        batch = Given(inputs.as_batch(self, batch))
        state, reports = engine.run(self, state, batch, 1)
        return state, jax.tree.map(lambda row: row[0], reports)

    def advance(self, state: GANState, batch) -> tuple[GANState, Report]:
        """Make an update by the rule of play: what `step` and the engine compile."""
        batch = inputs.as_batch(self, batch)
        inputs.require_own(self, state, "d", "g", "ema")  # once for each program
        if batch.z is None:
            z = self.latents(state.key, state.step, batch.x.shape[1])
            batch = batch._replace(z=z)
        return self.update(self, state, batch)

    def losses(self, d, g, batch, key, gamma=0.0) -> PlayerLosses:
        """Compute both players' mean losses; rules of play take them from `compare`.

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
        """Compare a batch of data with as many generated samples; see `losses`.

        The latents z are drawn from the key when they are None. With `together`, the
        discriminator reads both halves in one call; see `one_call`.
        """
        latent_key, penalty_key = jax.random.split(key)
        labels = inputs.labels(self, y, x.shape[:1])
        z = self.latent.sample(latent_key, x.shape[0]) if z is None else z
        fake, g = self.play(self.generator, g, z, *labels)
        if together:
            twice = [jnp.concatenate([label, label]) for label in labels]
            logits, d = self.discriminate(d, jnp.concatenate([x, fake]), *twice)
            real_logits, fake_logits = jnp.split(logits, 2)
        else:
            real_logits, d = self.discriminate(d, x, *labels)
            fake_logits, d = self.discriminate(d, fake, *labels)
        pair = self.loss(real_logits, fake_logits)
        penalty = self.penalise(d, x, fake, penalty_key, *labels)
        d_loss = pair.discriminator.mean() + gamma * penalty
        mean = PlayerLosses(d_loss, pair.generator.mean())
        return Comparison(mean, real_logits, fake_logits, penalty, d, g)

    def penalise(self, d, x, fake, key, *labels) -> jax.Array:
        """Compute the mean penalty before it is weighted; 0 without one."""
        if self.penalty is None:
            return jnp.zeros(())
        penalty = self.penalty
        if isinstance(penalty, OnPart):  # labels go with their samples
            x, fake, *labels = (a[:: penalty.every] for a in (x, fake, *labels))
            penalty = penalty.penalty
        return penalty(
            lambda x: self.discriminate(d, x, *labels)[0], x, fake, key
        ).mean()

    def discriminate(self, d, x, *labels):
        """Run the discriminator in training: logits (B,) and its new Variables."""
        logits, d = self.play(self.discriminator, d, x, *labels)
        return logits.reshape(len(x)), d

    def play(self, network, variables, *given):
        """Run a network in training, in the number format of the computation."""
        if self.compute_dtype in (None, "float32"):
            return functional.apply(network, variables, *given, train=True)
        lowered = variables._replace(params=cast(variables.params, self.compute_dtype))
        low = cast(given, self.compute_dtype)
        with jax.numpy_dtype_promotion("standard"):  # batch statistics stay float32
            output, after = functional.apply(network, lowered, *low, train=True)
        rest = jax.tree.map(lambda a, b: a.astype(b.dtype), after.rest, variables.rest)
        return output.astype("float32"), Variables(variables.params, rest)

    def describe(self) -> str:
        """Write the structure as text that is equal for equal structures."""
        held = ((field.name, getattr(self, field.name)) for field in fields(self))
        return "\n".join(f"{name}: {describe(value)}" for name, value in held)
