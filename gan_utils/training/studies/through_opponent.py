"""Rules of play that differentiate through the opponent: consensus and unrolling.

In the ordinary rules each player takes its opponent as given. Here a player also sees
how its own move changes what the opponent will want.
"""

from dataclasses import dataclass
from functools import partial

import jax
import optax

from gan_utils import validate
from gan_utils.history import Report
from gan_utils.training import step
from gan_utils.training.state import GANState


@dataclass(frozen=True)
class Consensus(step.Rule):
    """Move both players at once, and both towards where neither wants to move.

    v holds both players' own gradients on the batch. Both descend the weighted length
    gamma |v|^2 / 2 as well, through each other's parameters; gamma is the
    hyper-parameter that otherwise weighs a penalty.

    References:
        Mescheder et al., The numerics of GANs, arXiv:1705.10461.
    """

    regularises = True  # `GAN` refuses a penalty beside it

    def __call__(self, gan, state: GANState, batch):
        (turn,) = step.turns_of(self, state, batch)
        points = state.d.variables.params, state.g.variables.params
        restless = jax.grad(partial(_restlessness, gan, state, turn), has_aux=True)
        pull, (own, seen) = restless(points)
        weight = state.now.gamma
        to_d, to_g = jax.tree.map(lambda v, r: v + weight * r, own, pull)
        total = seen.losses.discriminator + weight * seen.penalty
        seen = seen._replace(losses=seen.losses._replace(discriminator=total))
        after_d, d_said = step.descend_d(gan, state, to_d, seen)
        after_g, g_said = step.descend_g(gan, state, to_g, seen)
        return step.average(after_g._replace(d=after_d.d)), Report(**d_said | g_said)


@dataclass(frozen=True)
class Unrolling(step.Rule):
    """Move D one step; move G against the D of `k` steps later, and through them.

    The generator's loss is read off the discriminator after k more steps on the same
    batch, and differentiated through these steps. The discriminator then makes one step
    from where it stood. With Adam, use `adam_through`, whose steps have a slope
    everywhere. k = 0 is the simultaneous rule.

    References:
        Metz et al., Unrolled generative adversarial networks, arXiv:1611.02163.
    """

    k: int = 5

    def __post_init__(self):
        validate.count(self.k, "k")

    @property
    def through_optimizer(self) -> bool:
        """True when the discriminator's optimiser is differentiated."""
        return self.k > 0

    def __call__(self, gan, state: GANState, batch):
        (turn,) = step.turns_of(self, state, batch)
        ahead = partial(_loss_ahead, self.k, gan, state, turn)
        gradient, seen = jax.grad(ahead, has_aux=True)(state.g.variables.params)
        after_d, d_said = step.move_d(gan, state, turn)
        after_g, g_said = step.descend_g(gan, state, gradient, seen)
        return step.average(after_g._replace(d=after_d.d)), Report(**d_said | g_said)


consensus, unrolling = Consensus, Unrolling  # as they read in GAN(update=...)


def _restlessness(gan, state, turn, points):
    """Compute |v|^2 / 2, with v itself and the comparison beside it."""
    d_params, g_params = points

    def play(d_params, g_params):
        d = state.d.variables._replace(params=d_params)
        g = state.g.variables._replace(params=g_params)
        return step.compare(gan, d, g, turn)

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

    def one(state, _):
        return step.move_d(gan, state, turn)[0], None

    ahead, _ = jax.lax.scan(one, state, length=k)
    seen = step.compare(gan, ahead.d.variables, g, turn)
    return seen.losses.generator, seen
