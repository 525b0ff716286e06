"""What each fault changes: functions from a healthy case to a sick one."""

import dataclasses

import jax
import numpy as np

from gan_utils import losses
from gan_utils.clinic import broken_losses, broken_networks, broken_rules
from gan_utils.clinic.case import Case
from gan_utils.clinic.rescaled import Rescaled, draw
from gan_utils.clinic.scripts import D_MOVE, G_MOVE, D, G, Move, Script, two_optimisers
from gan_utils.training import alternating, cosine


def loss(broken):
    """Make the change that replaces the loss."""
    return lambda case: _gan(case, loss=broken)


def script(*moves: Move):
    """Make the change that replaces the rule of play by a script."""
    return lambda case: _gan(case, update=Script(moves), optimizer=two_optimisers)


d_ascends = script(D_MOVE._replace(sign=-1.0), G_MOVE)
both_move = script(Move(D, (D, G), D), Move(G, (D, G), G))
# One optimiser over both networks' parameters, as one joint tree: every call moves
# both, at one rate, and the gradients of two losses mix in its moments. (One that
# keeps its moments by variable and is handed one network at a time, as Keras once
# allowed, shares no more than its step counter; newer ones refuse the second network,
# and Optax fails on the shapes, see `mistakes.one_state_for_two_networks`.)
one_optimiser = script(Move(D, (D, G), D), Move(G, (D, G), D))
g_trains_d = script(D_MOVE, Move(G, (D,), G))


def double_sigmoid(case: Case) -> Case:
    """End D in a sigmoid, in front of a loss that expects logits."""
    broken = broken_networks.sigmoid_end(case.gan.discriminator)
    return _gan(case, discriminator=broken)


def built_twice(case: Case) -> Case:
    """Build D twice: one judges data, the other fakes."""
    broken = broken_networks.built_twice(case.gan.discriminator)
    return _gan(case, discriminator=broken)


def no_activations(case: Case) -> Case:
    """Take the hidden activations out of both networks."""
    nets = {"generator": case.gan.generator, "discriminator": case.gan.discriminator}
    plain = {
        name: broken_networks.changed(net, activation=broken_networks.identity)
        for name, net in nets.items()
    }
    return _gan(case, **plain)


def no_data(case: Case) -> Case:
    """Let D compare fakes with fakes."""
    return _gan(case, update=broken_rules.OnlyFakes(case.gan.update))


def prints_no_loss(case: Case) -> Case:
    """Report the mean logit on fakes as if it were the losses."""
    return _gan(case, update=broken_rules.PrintsNoLoss(case.gan.update))


def outside_gradient(case: Case) -> Case:
    """Compute all losses, the penalty too, where no gradient is recorded."""
    return _gan(case, loss=broken_losses.outside_gradient, penalty=None)


def data_unscaled(case: Case) -> Case:
    """Leave the data at 0 to 255 where the generator ends in tanh."""
    raw = {
        name: Rescaled(getattr(case, name), 127.5, 127.5)
        for name in ("source", "held_out")
    }
    return case._replace(**raw)


def g_frozen(case: Case) -> Case:
    """Set the generator's learning rate to 0."""
    return _rates(case, g_learning_rate=_constant(case, 0.0))


def d_too_weak(case: Case) -> Case:
    """Give D a learning rate a hundred times too small."""
    return _rates(case, d_learning_rate=_constant(case, 1e-5))


def d_alone(case: Case) -> Case:
    """Train D alone, without its penalty, while G rests: an experiment, no fault."""
    return _gan(case, penalty=None, update=alternating(d_steps=1, g_steps=0))


def d_ahead(case: Case) -> Case:
    """Let D make five steps for one of G, without its penalty: an experiment."""
    return _gan(case, penalty=None, update=alternating(5, 1))


def collapse(case: Case) -> Case:
    """Let G make forty steps for one of D, without a penalty, at a constant rate."""
    return _hyper(
        _gan(case, penalty=None, update=alternating(1, 40)), learning_rate=3e-3
    )


def d_wins(case: Case) -> Case:
    """Let D run ahead of a G that starts as a point and has the saturating loss."""
    point = broken_networks.changed(case.gan.generator, init_std=0.02)
    ahead = _gan(case, generator=point, penalty=None, loss=losses.minimax)
    ahead = _gan(ahead, update=alternating(5, 1))
    return _rates(ahead, d_learning_rate=5e-3, g_learning_rate=1e-5)


def cycling(case: Case) -> Case:
    """Let G chase a small D without a penalty, at rates that never fall."""
    small = broken_networks.changed(case.gan.discriminator, hidden=(4,))
    chase = _gan(case, penalty=None, discriminator=small)
    return _hyper(chase, learning_rate=5e-3)


def memorising(case: Case) -> Case:
    """Train on eight points, over and over."""
    few = np.asarray(draw(case.source, jax.random.key(8), 8))
    return case._replace(
        source=np.tile(few, (case.batch_size // 8, *[1] * few[0].ndim))
    )


def nan(case: Case) -> Case:
    """Take logarithms of rounded probabilities, at a large learning rate."""
    naive = _gan(case, penalty=None, loss=broken_losses.naive_logarithms)
    return _hyper(naive, learning_rate=0.03, beta1=0.9)


def _constant(case: Case, rate: float):
    """Write a constant rate as a schedule: the healthy run's program fits it too."""
    return cosine(rate, rate, case.steps)


def _rates(case: Case, **rates) -> Case:
    rate = case.hyper["learning_rate"]
    both = {"d_learning_rate": rate, "g_learning_rate": rate} | rates
    rest = {k: v for k, v in case.hyper.items() if k != "learning_rate"}
    return case._replace(hyper=rest | both)


def _gan(case: Case, **settings) -> Case:
    return case._replace(gan=dataclasses.replace(case.gan, **settings))


def _hyper(case: Case, **hyper) -> Case:
    return case._replace(hyper=case.hyper | hyper)
