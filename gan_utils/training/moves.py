"""Moves: one step of one player, the parts from which every rule of play is made."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax

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


def loops_well(gan) -> bool:
    """Tell whether updates should run inside a compiled loop.

    XLA's CPU backend runs a convolution inside a loop 10 to 60 times slower than
    outside, so there a convolutional GAN is dispatched step by step.
    """
    convolves = any(map(models.uses_convolution, (gan.generator, gan.discriminator)))
    return not (convolves and jax.default_backend() == "cpu")


def gains_together(gan, d) -> bool:
    """Tell whether D should judge data and fakes in one call: same logits, less time.

    XLA's CPU convolutions are slower on one large batch than on two halves.
    """
    alone = not (jax.tree.leaves(d.rest) or models.couples_samples(gan.discriminator))
    return alone and loops_well(gan)


def blank() -> Report:
    """Make the report of an update in which nobody has moved yet."""
    return Report(*[jnp.zeros(())] * len(Report._fields))


def keys(state, n):
    """Split the key of the next update, one for each of n moves."""
    return jax.random.split(jax.random.fold_in(unrolled(state.key), state.step), n)


def turns(batch, keys, start: int, n: int) -> Turn:
    """Collect what n moves of a player need, from the update's move `start` on."""
    moves = slice(start, start + n)
    return Turn(
        batch.x[:n],
        None if batch.y is None else batch.y[:n],
        None if batch.z is None else batch.z[moves],
        keys[moves],
    )


def row(turns: Turn, k: int = 0) -> Turn:
    """Take what move k of several needs."""
    return jax.tree.map(lambda rows: rows[k], turns)


def repeat(move, n: int, gan, state, turns: Turn, report):
    """Make n moves of one player; many of them share the program of one."""
    if n <= UNROLLED or not loops_well(gan):
        for k in range(n):
            state, report = move(gan, state, row(turns, k), report)
        return state, report

    def one(carry, turn):
        return move(gan, carry[0], turn, carry[1]), None

    return jax.lax.scan(one, (state, report), turns)[0]


def move_d(gan, state, turn, report):
    """Descend the discriminator's loss in the discriminator's parameters only."""
    gamma = value_at(state.hyper.gamma, state.step)
    together = gains_together(gan, state.d.variables)

    def loss(params):
        d = state.d.variables._replace(params=params)
        seen = compare(gan, d, state.g.variables, turn, gamma, together)
        return seen.losses.discriminator, seen

    gradient, seen = jax.grad(loss, has_aux=True)(state.d.variables.params)
    return descend_d(gan, state, gradient, seen, report)


def descend_d(gan, state, gradient, seen, report):
    """Step the discriminator against a gradient, project it, and report on it."""
    rate = value_at(state.hyper.d_learning_rate, state.step)
    d = descend(gan, state.hyper, state.d, gradient, rate)
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
    return with_statistics(state._replace(d=d), seen), report


def move_g(gan, state, turn, report):
    """Descend the generator's loss in the generator's parameters only."""

    def loss(params):
        g = state.g.variables._replace(params=params)
        seen = compare(gan, state.d.variables, g, turn, 0.0)
        return seen.losses.generator, seen

    gradient, seen = jax.grad(loss, has_aux=True)(state.g.variables.params)
    return descend_g(gan, state, gradient, seen, report)


def descend_g(gan, state, gradient, seen, report):
    """Step the generator against a gradient and report on it."""
    rate = value_at(state.hyper.g_learning_rate, state.step)
    g = descend(gan, state.hyper, state.g, gradient, rate)
    report = report._replace(
        g_loss=seen.losses.generator, g_grad_norm=optax.tree.norm(gradient)
    )
    return with_statistics(state._replace(g=g), seen), report


def one_pass_gradients(gan, state, turn: Turn):
    """Compute both players' gradients, as `move_d` and `move_g` would."""
    gamma = value_at(state.hyper.gamma, state.step)
    d, g = state.d.variables, state.g.variables
    return one_pass.gradients(gan, d, g, turn.x, turn.key, gamma, turn.y, turn.z)


def compare(gan, d, g, turn: Turn, gamma, together=False):
    """Judge a turn's data and fakes; see `GAN.compare`."""
    return gan.compare(d, g, turn.x, turn.key, gamma, turn.y, turn.z, together)


def descend(gan, hyper, player: Player, gradient, rate) -> Player:
    """Take the optimiser's step of a player against a gradient."""
    optimizer = gan.optimizer(hyper.beta1, hyper.beta2)
    params = player.variables.params
    with jax.numpy_dtype_promotion("standard"):  # optax raises float decay to int count
        direction, moments = optimizer.update(gradient, player.moments, params)
    params = jax.tree.map(lambda p, u: p - rate * u, params, direction)
    return Player(player.variables._replace(params=params), moments)


def with_statistics(state: GANState, seen) -> GANState:
    """Keep what a pass changes besides parameters: batch statistics, vectors, keys."""
    d = state.d.variables._replace(rest=seen.d.rest)
    g = state.g.variables._replace(rest=seen.g.rest)
    return state._replace(
        d=state.d._replace(variables=d), g=state.g._replace(variables=g)
    )


def report_of_both(gan, state, turn: Turn) -> Report:
    """Report on both players, for an update in which only one of them moves."""
    gamma = value_at(state.hyper.gamma, state.step)
    seen = compare(gan, state.d.variables, state.g.variables, turn, gamma)
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
