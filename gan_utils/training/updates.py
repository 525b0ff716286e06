"""Rules of play: how one update moves the two players, and in what order."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax

from gan_utils import validate
from gan_utils.networks import models
from gan_utils.threefry import unrolled
from gan_utils.training import one_pass
from gan_utils.training.state import GANState, Player, Report, value_at


class Turn(NamedTuple):
    """What one move needs; with a leading axis, what several moves need."""

    x: jax.Array  # data, (B, ...)
    y: jax.Array | None  # labels, (B,)
    z: jax.Array | None  # latents, (B, size); None: drawn from the key
    key: jax.Array


UNROLLED = 2  # most moves of a player that are compiled one by one


@dataclass(frozen=True)
class Alternating:
    """Move the discriminator `d_steps` times, then the generator `g_steps` times."""

    d_steps: int = 1
    g_steps: int = 1

    def __post_init__(self):
        validate.count(self.d_steps, "d_steps")
        validate.count(self.g_steps, "g_steps")

    @property
    def draws(self) -> int:
        """Batches of data that one update needs."""
        return max(self.d_steps, self.g_steps, 1)

    @property
    def moves(self) -> int:
        """Batches of latents that one update needs: one a move, and see `alone`."""
        return self.d_steps + self.g_steps + self.alone

    @property
    def alone(self) -> bool:
        """True when one player rests; then the report takes a comparison of its own."""
        return not (self.d_steps and self.g_steps)

    def __call__(self, gan, state: GANState, batch):
        turns = partial(_turns, batch, _keys(state, self.moves))
        report = Report(*[jnp.zeros(())] * len(Report._fields))
        if self.alone:
            report = _report_of_both(gan, state, _row(turns(self.moves - 1, 1)))
        d, g = turns(0, self.d_steps), turns(self.d_steps, self.g_steps)
        state, report = _repeat(_move_d, self.d_steps, gan, state, d, report)
        state, report = _repeat(_move_g, self.g_steps, gan, state, g, report)
        return advance(state), report


@dataclass(frozen=True)
class Simultaneous:
    """Move both players at once, each from the same point and the same fakes."""

    one_pass: bool = False  # one backward pass over the fakes serves both players

    def __post_init__(self):
        if not isinstance(self.one_pass, bool):
            raise ValueError(
                f"one_pass is {self.one_pass!r}; expected True or False. Likely cause: "
                "a number of steps; a simultaneous update makes one step a player."
            )

    @property
    def draws(self) -> int:
        """Batches of data that one update needs."""
        return 1

    @property
    def moves(self) -> int:
        """Batches of latents that one update needs."""
        return 1

    def __call__(self, gan, state: GANState, batch):
        turn = _row(_turns(batch, _keys(state, 1), 0, 1))
        report = Report(*[jnp.zeros(())] * len(Report._fields))
        if self.one_pass:
            to_d, to_g, seen = _one_pass(gan, state, turn)
            after_d, report = _descend_d(gan, state, to_d, seen, report)
            after_g, report = _descend_g(gan, state, to_g, seen, report)
        else:
            after_d, report = _move_d(gan, state, turn, report)
            after_g, report = _move_g(gan, state, turn, report)
        return advance(after_g._replace(d=after_d.d)), report


def alternating(d_steps: int = 1, g_steps: int = 1) -> Alternating:
    """Make the rule of Goodfellow's algorithm 1: k critic steps, then the generator.

    Args:
        d_steps: discriminator steps in one update, 0 or more.
        g_steps: generator steps in one update, 0 or more.

    References:
        Goodfellow et al., arXiv:1406.2661, algorithm 1.
    """
    return Alternating(d_steps, g_steps)


def simultaneous(one_pass: bool = False) -> Simultaneous:
    """Make the rule that moves both players at once, as the 2014 code did.

    Args:
        one_pass: True goes back through the discriminator's judgement of the fakes
            once for both players, which saves time and changes results by rounding
            only. The discriminator must judge every sample on its own and hold its
            parameters in the layers of `sample_weights.LAYERS`; `GAN` checks.
    """
    return Simultaneous(one_pass)


def loops_well(gan) -> bool:
    """Tell whether updates should run inside a compiled loop.

    XLA's CPU backend runs a convolution inside a loop 10 to 60 times slower than
    outside, so there a convolutional GAN is dispatched step by step.
    """
    convolves = any(map(models.uses_convolution, (gan.generator, gan.discriminator)))
    return not (convolves and jax.default_backend() == "cpu")


def _gains_together(gan, d) -> bool:
    """Tell whether D should judge data and fakes in one call: same logits, less time.

    XLA's CPU convolutions are slower on one large batch than on two halves.
    """
    alone = not (jax.tree.leaves(d.rest) or models.couples_samples(gan.discriminator))
    return alone and loops_well(gan)


def _keys(state, n):
    return jax.random.split(jax.random.fold_in(unrolled(state.key), state.step), n)


def _turns(batch, keys, start: int, n: int) -> Turn:
    """Collect what n moves of a player need, from the update's move `start` on."""
    moves = slice(start, start + n)
    return Turn(
        batch.x[:n],
        None if batch.y is None else batch.y[:n],
        None if batch.z is None else batch.z[moves],
        keys[moves],
    )


def _row(turns: Turn, k: int = 0) -> Turn:
    return jax.tree.map(lambda rows: rows[k], turns)


def _repeat(move, n: int, gan, state, turns: Turn, report):
    """Make n moves of one player; many of them share the program of one."""
    if n <= UNROLLED or not loops_well(gan):
        for k in range(n):
            state, report = move(gan, state, _row(turns, k), report)
        return state, report

    def one(carry, turn):
        return move(gan, carry[0], turn, carry[1]), None

    return jax.lax.scan(one, (state, report), turns)[0]


def _move_d(gan, state, turn, report):
    """Descend the discriminator's loss in the discriminator's parameters only."""
    gamma = value_at(state.hyper.gamma, state.step)
    together = _gains_together(gan, state.d.variables)

    def loss(params):
        d = state.d.variables._replace(params=params)
        seen = _compare(gan, d, state.g.variables, turn, gamma, together)
        return seen.losses.discriminator, seen

    gradient, seen = jax.grad(loss, has_aux=True)(state.d.variables.params)
    return _descend_d(gan, state, gradient, seen, report)


def _descend_d(gan, state, gradient, seen, report):
    rate = value_at(state.hyper.d_learning_rate, state.step)
    d = _descend(gan, state.hyper, state.d, gradient, rate)
    if gan.project is not None:
        params = gan.project(d.variables.params, state.hyper.clip)
        d = d._replace(variables=d.variables._replace(params=params))
    report = report._replace(
        d_loss=seen.losses.discriminator,
        d_real=seen.real.mean(),
        d_fake=seen.fake.mean(),
        penalty=seen.penalty,
        d_grad_norm=optax.tree.norm(gradient),
    )
    return _with_statistics(state._replace(d=d), seen), report


def _move_g(gan, state, turn, report):
    """Descend the generator's loss in the generator's parameters only."""

    def loss(params):
        g = state.g.variables._replace(params=params)
        seen = _compare(gan, state.d.variables, g, turn, 0.0)
        return seen.losses.generator, seen

    gradient, seen = jax.grad(loss, has_aux=True)(state.g.variables.params)
    return _descend_g(gan, state, gradient, seen, report)


def _descend_g(gan, state, gradient, seen, report):
    rate = value_at(state.hyper.g_learning_rate, state.step)
    g = _descend(gan, state.hyper, state.g, gradient, rate)
    report = report._replace(
        g_loss=seen.losses.generator, g_grad_norm=optax.tree.norm(gradient)
    )
    return _with_statistics(state._replace(g=g), seen), report


def _one_pass(gan, state, turn: Turn):
    """Compute both players' gradients, as `_move_d` and `_move_g` would."""
    gamma = value_at(state.hyper.gamma, state.step)
    d, g = state.d.variables, state.g.variables
    return one_pass.gradients(gan, d, g, turn.x, turn.key, gamma, turn.y, turn.z)


def _compare(gan, d, g, turn: Turn, gamma, together=False):
    return gan.compare(d, g, turn.x, turn.key, gamma, turn.y, turn.z, together)


def _descend(gan, hyper, player: Player, gradient, rate) -> Player:
    optimizer = gan.optimizer(hyper.beta1, hyper.beta2)
    params = player.variables.params
    with jax.numpy_dtype_promotion("standard"):  # optax raises float decay to int count
        direction, moments = optimizer.update(gradient, player.moments, params)
    params = jax.tree.map(lambda p, u: p - rate * u, params, direction)
    return Player(player.variables._replace(params=params), moments)


def _with_statistics(state: GANState, seen) -> GANState:
    """Keep what a pass changes besides parameters: batch statistics, vectors, keys."""
    d = state.d.variables._replace(rest=seen.d.rest)
    g = state.g.variables._replace(rest=seen.g.rest)
    return state._replace(
        d=state.d._replace(variables=d), g=state.g._replace(variables=g)
    )


def _report_of_both(gan, state, turn: Turn) -> Report:
    """Report on both players, for an update in which only one of them moves."""
    gamma = value_at(state.hyper.gamma, state.step)
    seen = _compare(gan, state.d.variables, state.g.variables, turn, gamma)
    zero = jnp.zeros(())
    return Report(
        d_loss=seen.losses.discriminator,
        g_loss=seen.losses.generator,
        d_real=seen.real.mean(),
        d_fake=seen.fake.mean(),
        penalty=seen.penalty,
        d_grad_norm=zero,
        g_grad_norm=zero,
    )


def advance(state: GANState) -> GANState:
    """Average the generator and count the step: the end of every rule of play."""
    step = state.step.astype("float32")
    warm = (1 + step) / (10 + step)  # a young average forgets the untrained start
    decay = jnp.minimum(value_at(state.hyper.ema_decay, state.step), warm)
    ema = jax.tree.map(
        lambda a, p: decay * a + (1 - decay) * p, state.ema, state.g.variables.params
    )
    return state._replace(ema=ema, step=state.step + 1)
