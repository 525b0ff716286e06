"""Rules of play that differentiate through the opponent: consensus and unrolling.

In the ordinary rules each player takes its opponent as given. Here a player also sees
how its own move changes what the opponent will want.
"""

from dataclasses import dataclass
from functools import partial

import jax
import optax

from gan_utils import validate
from gan_utils.training import moves
from gan_utils.training.state import GANState, value_at


@dataclass(frozen=True)
class Consensus:
    """Move both players at once, and both towards where neither wants to move."""

    regularises = (
        True  # hyper.gamma weighs |v|^2 / 2; `GAN` refuses a penalty beside it
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
        turn = moves.row(moves.turns(batch, moves.keys(state, 1), 0, 1))
        points = state.d.variables.params, state.g.variables.params
        restless = jax.grad(partial(_restlessness, gan, state, turn), has_aux=True)
        pull, (own, seen) = restless(points)
        weight = value_at(state.hyper.gamma, state.step)
        to_d, to_g = jax.tree.map(lambda v, r: v + weight * r, own, pull)
        total = seen.losses.discriminator + weight * seen.penalty
        seen = seen._replace(losses=seen.losses._replace(discriminator=total))
        after_d, report = moves.descend_d(gan, state, to_d, seen, moves.blank())
        after_g, report = moves.descend_g(gan, state, to_g, seen, report)
        return moves.advance(after_g._replace(d=after_d.d)), report


@dataclass(frozen=True)
class Unrolling:
    """Move D one step; move G against the D of `k` steps later, and through them."""

    k: int = 5

    def __post_init__(self):
        validate.count(self.k, "k")

    @property
    def draws(self) -> int:
        """Batches of data that one update needs."""
        return 1

    @property
    def moves(self) -> int:
        """Batches of latents that one update needs."""
        return 1

    @property
    def through_optimizer(self) -> bool:
        """True when the discriminator's optimiser is differentiated."""
        return self.k > 0

    def __call__(self, gan, state: GANState, batch):
        turn = moves.row(moves.turns(batch, moves.keys(state, 1), 0, 1))
        ahead = partial(_loss_ahead, self.k, gan, state, turn)
        gradient, seen = jax.grad(ahead, has_aux=True)(state.g.variables.params)
        after_d, report = moves.move_d(gan, state, turn, moves.blank())
        after_g, report = moves.descend_g(gan, state, gradient, seen, report)
        return moves.advance(after_g._replace(d=after_d.d)), report


def consensus() -> Consensus:
    """Make the rule of consensus optimisation: descend |v|^2 / 2 beside the own loss.

    v holds both players' own gradients on the batch. Both descend the weighted length
    gamma |v|^2 / 2 as well, through each other's parameters; gamma is the
    hyper-parameter that otherwise weighs a penalty.

    References:
        Mescheder et al., The numerics of GANs, arXiv:1705.10461.
    """
    return Consensus()


def unrolling(k: int = 5) -> Unrolling:
    """Make the rule in which the generator looks k discriminator steps ahead.

    The generator's loss is read off the discriminator after k more steps on the same
    batch, and differentiated through these steps. The discriminator then makes one step
    from where it stood. With Adam, use `adam_through`, whose steps have a slope
    everywhere.

    Args:
        k: steps ahead, 0 or more; 0 is the simultaneous rule.

    References:
        Metz et al., Unrolled generative adversarial networks, arXiv:1611.02163.
    """
    return Unrolling(k)


def _restlessness(gan, state, turn, points):
    """Compute |v|^2 / 2, with v itself and the comparison beside it."""
    d_params, g_params = points

    def play(d_params, g_params):
        d = state.d.variables._replace(params=d_params)
        g = state.g.variables._replace(params=g_params)
        return moves.compare(gan, d, g, turn, 0.0)

    def d_loss(params):
        seen = play(params, g_params)
        return seen.losses.discriminator, seen

    def g_loss(params):
        return play(d_params, params).losses.generator

    to_d, seen = jax.grad(d_loss, has_aux=True)(d_params)
    own = to_d, jax.grad(g_loss)(g_params)
    length = 0.5 * optax.tree.norm(own, squared=True)
    return length, (own, seen._replace(penalty=length))


def _loss_ahead(k, gan, state, turn, params):
    """Compute the generator's loss against the discriminator of k steps later."""
    g = state.g.variables._replace(params=params)
    state = state._replace(g=state.g._replace(variables=g))

    def step(state, _):
        return moves.move_d(gan, state, turn, moves.blank())[0], None

    ahead, _ = jax.lax.scan(step, state, length=k)
    seen = moves.compare(gan, ahead.d.variables, g, turn, 0.0)
    return seen.losses.generator, seen
