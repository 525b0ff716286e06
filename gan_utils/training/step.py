"""One update of both players, on one screen: D's half and G's half in parallel.

A rule of play makes moves. A move descends one player's loss in that player's own
parameters. What a move needs (data, latents, a key) is its turn.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import optax

from gan_utils import validate
from gan_utils.data.streams import INSIDE, stream
from gan_utils.history import Report
from gan_utils.losses import PlayerLosses
from gan_utils.networks.functional import Variables
from gan_utils.training import optimizers
from gan_utils.training.state import GANState, Player

if TYPE_CHECKING:
    from gan_utils.training.gan import GAN

ONE_BY_ONE = 2  # most moves of a player that are compiled each for itself


class Turn(NamedTuple):
    """What one move needs; with a leading axis, what several moves need."""

    x: jax.Array  # data, (B, ...)
    y: jax.Array | None  # labels, (B,)
    z: jax.Array  # latents, (B, size)
    key: jax.Array


class Comparison(NamedTuple):
    """Both networks' view of one batch, with their updated statistics."""

    losses: PlayerLosses  # two scalars
    real: jax.Array  # logits on data, (B,)
    fake: jax.Array  # logits on generated samples, (B,)
    penalty: jax.Array  # unweighted mean, ()
    d: Variables
    g: Variables


def move_d(gan: "GAN", state: GANState, turn: Turn):
    """Descend D's loss in D's parameters; return the state and D's half of a report."""
    d, g = state.d.variables, state.g.variables

    def loss(params):
        d_now, gamma = d._replace(params=params), state.now.gamma
        seen = compare(gan, d_now, g, turn, gamma, together=gan.one_call)
        return seen.losses.discriminator, seen

    gradient, seen = jax.grad(loss, has_aux=True)(d.params)
    return descend_d(gan, state, gradient, seen)


def move_g(gan: "GAN", state: GANState, turn: Turn):
    """Descend G's loss in G's parameters; return the state and G's half of a report."""
    d, g = state.d.variables, state.g.variables

    def loss(params):
        seen = compare(gan, d, g._replace(params=params), turn)
        return seen.losses.generator, seen

    gradient, seen = jax.grad(loss, has_aux=True)(g.params)
    return descend_g(gan, state, gradient, seen)


def descend_d(gan: "GAN", state: GANState, gradient: Any, seen: Comparison):
    """Step D against a gradient, and project its parameters."""
    d = descend(gan.optimizer[0], state, state.d, gradient, state.now.d_learning_rate)
    if gan.project is not None:
        params = gan.project(d.variables.params, state.now.clip)
        d = d._replace(variables=d.variables._replace(params=params))
    said = d_report(seen, optax.tree.norm(gradient))
    return with_statistics(state._replace(d=d), seen), said


def descend_g(gan: "GAN", state: GANState, gradient: Any, seen: Comparison):
    """Step G against a gradient."""
    g = descend(gan.optimizer[1], state, state.g, gradient, state.now.g_learning_rate)
    said = g_report(seen, optax.tree.norm(gradient))
    return with_statistics(state._replace(g=g), seen), said


def descend(optimizer, state: GANState, player: Player, gradient: Any, rate) -> Player:
    """Take the optimiser's step of one player against a gradient."""
    optimizer = optimizers.build(optimizer, rate, state.now.beta1, state.now.beta2)
    variables, params = player.variables, player.variables.params
    with jax.numpy_dtype_promotion("standard"):  # optax raises float decay to int count
        updates, opt_state = optimizer.update(gradient, player.opt_state, params)
        params = optax.apply_updates(params, updates)
    return Player(variables._replace(params=params), opt_state)


def with_statistics(state: GANState, seen: Comparison) -> GANState:
    """Keep what a pass changes besides parameters: batch statistics, vectors, keys."""
    d = state.d.variables._replace(rest=seen.d.rest)
    g = state.g.variables._replace(rest=seen.g.rest)
    players = state.d._replace(variables=d), state.g._replace(variables=g)
    return state._replace(d=players[0], g=players[1])


def average(state: GANState) -> GANState:
    """Average the generator and count the update: the end of every rule of play."""
    step = state.step.astype("float32")
    warm = (1 + step) / (10 + step)  # as TensorFlow's: the untrained start is forgotten
    decay = jnp.minimum(state.now.ema_decay, warm)
    ema = optax.incremental_update(state.g.variables.params, state.ema, 1 - decay)
    return state._replace(ema=ema, step=state.step + 1)


@dataclass(frozen=True)
class Rule:
    """A rule of play: called with (gan, state, batch), it returns (state, Report)."""

    order = (0,)  # which of the update's batches of data each move reads
    regularises = False  # uses gamma for a penalty of its own
    through_optimizer = False  # differentiates an optimiser's step

    @property
    def draws(self) -> int:
        """Batches of data that one update needs."""
        return 1 + max(self.order)

    @property
    def moves(self) -> int:
        """Batches of latents that one update needs."""
        return len(self.order)


@dataclass(frozen=True)
class Alternating(Rule):
    """Move D `d_steps` times, then G `g_steps` times; each may be 0.

    References:
        Goodfellow et al., arXiv:1406.2661, algorithm 1.
    """

    d_steps: int = 1
    g_steps: int = 1

    def __post_init__(self):
        validate.count(self.d_steps, "d_steps")
        validate.count(self.g_steps, "g_steps")

    @property
    def rests(self) -> bool:
        """True when a player rests; the report then takes a look of its own."""
        return not (self.d_steps and self.g_steps)

    @property
    def order(self) -> tuple[int, ...]:
        """Which batch each move reads; the first serves the report, if one rests."""
        return (*range(self.d_steps), *range(self.g_steps), *[0] * self.rests)

    def __call__(self, gan: "GAN", state: GANState, batch):
        turns = turns_of(self, state, batch)
        report = look(gan, state, turns[-1]) if self.rests else {}
        of_d, of_g = turns[: self.d_steps], turns[self.d_steps :][: self.g_steps]
        state, d_said = repeat(move_d, gan, state, of_d)
        state, g_said = repeat(move_g, gan, state, of_g)
        return average(state), Report(**report | d_said | g_said)


@dataclass(frozen=True)
class Simultaneous(Rule):
    """Move both players at once, each from the same point and the same fakes.

    References:
        Goodfellow et al., arXiv:1406.2661; so the code that came with it.
    """

    def __call__(self, gan: "GAN", state: GANState, batch):
        (turn,) = turns_of(self, state, batch)
        after_d, d_said = move_d(gan, state, turn)
        after_g, g_said = move_g(gan, state, turn)
        return average(after_g._replace(d=after_d.d)), Report(**d_said | g_said)


alternating, simultaneous = Alternating, Simultaneous  # as they read in GAN(update=...)


def turns_of(rule: Rule, state: GANState, batch) -> list[Turn]:
    """List what each move of an update needs."""
    keys = jax.random.split(stream(state.key, state.step, INSIDE), rule.moves)
    y = [None] * len(batch.x) if batch.y is None else batch.y
    rows = zip(rule.order, batch.z, keys, strict=True)
    return [Turn(batch.x[k], y[k], z, key) for k, z, key in rows]


def repeat(move, gan: "GAN", state: GANState, turns: list[Turn]):
    """Make a player's moves; many of them share the program of one."""
    said = {}
    if len(turns) <= ONE_BY_ONE or gan.convolves:  # convolutions are slow inside a loop
        for turn in turns:
            state, said = move(gan, state, turn)
        return state, said
    turns = jax.tree.map(lambda *rows: jnp.stack(rows), *turns)
    state, said = jax.lax.scan(lambda state, turn: move(gan, state, turn), state, turns)
    return state, jax.tree.map(lambda rows: rows[-1], said)


def compare(gan: "GAN", d, g, turn: Turn, gamma=0.0, together=False) -> Comparison:
    """Compare a turn's data with fakes; see `GAN.compare`."""
    given = {"y": turn.y, "z": turn.z, "together": together}
    return gan.compare(d, g, turn.x, turn.key, gamma, **given)


def look(gan: "GAN", state: GANState, turn: Turn) -> dict:
    """Report on both players, for an update in which only one of them moves."""
    seen = compare(gan, state.d.variables, state.g.variables, turn, state.now.gamma)
    return d_report(seen, jnp.zeros(())) | g_report(seen, jnp.zeros(()))


def d_report(seen: Comparison, norm: jax.Array) -> dict:
    """Take D's half of a report from a comparison and the norm of D's gradient."""
    return {
        "d_loss": seen.losses.discriminator,
        "d_real": seen.real.mean(),
        "d_fake": seen.fake.mean(),
        "penalty": seen.penalty,
        "d_grad_norm": norm,
    }


def g_report(seen: Comparison, norm: jax.Array) -> dict:
    """Take G's half of a report."""
    return {"g_loss": seen.losses.generator, "g_grad_norm": norm}
