"""A rule of play written as a script: whose loss is descended in whose parameters.

The ordinary rules give each player its own loss and its own optimiser. A script can
also get that wiring wrong, which is what several published GANs did.
"""

from dataclasses import dataclass
from typing import NamedTuple

import jax
import optax

from gan_utils.training import GANState, Player, Report, Rule
from gan_utils.training.step import average

D, G = "discriminator", "generator"


class Move(NamedTuple):
    """One call of an optimiser."""

    loss: str  # whose loss is computed
    moves: tuple[str, ...]  # whose parameters the optimiser holds
    optimiser: str  # whose optimiser: its moments and its learning rate
    sign: float = 1.0  # -1 climbs the loss


D_MOVE, G_MOVE = Move(D, (D,), D), Move(G, (G,), G)


@dataclass(frozen=True)
class Script(Rule):
    """Play moves one after the other, each on the first batch of data.

    The GAN's optimiser must be `two_optimisers`.
    """

    script: tuple[Move, ...] = (D_MOVE, G_MOVE)

    @property
    def order(self) -> tuple[int, ...]:
        """Every move reads the first batch of data."""
        return (0,) * len(self.script)

    def __call__(self, gan, state: GANState, batch):
        keys = jax.random.split(jax.random.fold_in(state.key, state.step), self.moves)
        report = {}
        for k, move in enumerate(self.script):
            turn = batch.x[0], keys[k], batch.z[k]
            state = _play(gan, state, move, turn, report)
        return average(state), Report(**report)


def _play(gan, state: GANState, move: Move, turn, report: dict) -> GANState:
    x, key, z = turn
    players = {D: state.d, G: state.g}
    gamma = state.now.gamma if move.loss == D else 0.0

    def loss(chosen):
        d, g = (
            p.variables._replace(params=chosen.get(name, p.variables.params))
            for name, p in players.items()
        )
        seen = gan.compare(d, g, x, key, gamma, None, z)
        return move.sign * getattr(seen.losses, move.loss), seen

    chosen = {name: players[name].variables.params for name in move.moves}
    gradient, seen = jax.grad(loss, has_aux=True)(chosen)
    for name, slope in gradient.items():
        players[name] = _descend(gan, state, players[name], slope, move.optimiser)
    report |= _said(move, seen, optax.tree.norm(gradient))
    return state._replace(
        d=_with_rest(players[D], seen.d), g=_with_rest(players[G], seen.g)
    )


def _descend(gan, state: GANState, player: Player, gradient, owner: str) -> Player:
    """Let the optimiser of one player move a network."""
    hyper = state.now
    rate = hyper.d_learning_rate if owner == D else hyper.g_learning_rate
    optimizer = two_optimisers(rate, hyper.beta1, hyper.beta2)
    params = player.variables.params
    with jax.numpy_dtype_promotion("standard"):  # optax raises float decay to int count
        updates, opt_state = optimizer.update(
            gradient, player.opt_state, params, owner=owner
        )
    params = optax.apply_updates(params, updates)
    return Player(player.variables._replace(params=params), opt_state)


def _with_rest(player: Player, seen) -> Player:
    """Keep what a pass changes besides parameters."""
    return player._replace(variables=player.variables._replace(rest=seen.rest))


def _said(move: Move, seen, norm) -> dict:
    """Report what the ordinary rules report: each loss where it is computed."""
    if move.loss == G:
        return {"g_loss": seen.losses.generator, "g_grad_norm": norm}
    return {
        "d_loss": seen.losses.discriminator,
        "d_real": seen.real.mean(),
        "d_fake": seen.fake.mean(),
        "penalty": seen.penalty,
        "d_grad_norm": norm,
    }


def two_optimisers(learning_rate, b1, b2) -> optax.GradientTransformationExtraArgs:
    """Make Adam with two sets of moments, one for each player's optimiser.

    An optimiser that holds the other player's network keeps moments for it as well. The
    argument `owner` of `update` says whose optimiser moves: "discriminator" or
    "generator".
    """
    inner = optax.adam(learning_rate, b1, b2)

    def init(params):
        return {D: inner.init(params), G: inner.init(params)}

    def update(gradient, opt_state, params=None, *, owner=D):
        updates, mine = inner.update(gradient, opt_state[owner], params)
        return updates, opt_state | {owner: mine}

    return optax.GradientTransformationExtraArgs(init, update)
