"""From settings to what trains: the GAN, its batches and numbers, its carried state."""

from functools import lru_cache
from typing import Any, NamedTuple

import jax
import optax

from gan_utils import data, losses, penalties
from gan_utils.data.latents import Normal, Uniform
from gan_utils.lab.settings import Settings
from gan_utils.lab.sources import dimension, source_of
from gan_utils.networks import models
from gan_utils.training import GAN, GANState, alternating, make_hyper
from gan_utils.training.state import Hyper

OPTIMIZERS = {"sgd": optax.sgd, "adam": optax.adam}
PLAYERS = ("discriminator", "generator", "both")


class Setup(NamedTuple):
    """Everything that a stretch of a run follows from, besides its first state."""

    settings: Settings
    moves: str  # who moves, one of PLAYERS
    gan: GAN
    batches: data.Batches

    @property
    def source(self) -> Any:
        """The distribution of the data."""
        return self.batches.source


def setup_of(settings: Settings, moves: str = "both") -> Setup:
    """Build what trains under the settings."""
    gan = _gan(
        settings.changed(**_NO_NUMBERS, data="ring", drawing=()),
        dimension(settings),
        moves,
    )
    batches = data.batches(source_of(settings), settings.batch, gan.update.draws)
    return Setup(settings, moves, gan, batches)


def hyper_of(settings: Settings) -> dict:
    """Collect the numbers that a compiled program takes as arguments."""
    clipped = settings.penalty == "clip"
    return dict(
        d_learning_rate=settings.d_rate,
        g_learning_rate=settings.g_rate,
        beta1=settings.beta1,
        gamma=0.0 if clipped else settings.gamma,
        clip=settings.gamma if clipped else 1.0,
        ema_decay=0.0,  # what is shown is the generator that plays
    )


def start(setup: Setup) -> GANState:
    """Make the state of step 0."""
    return setup.gan.init(
        jax.random.key(setup.settings.seed), **hyper_of(setup.settings)
    )


def carry(state: GANState, old: Setup, new: Setup) -> tuple[GANState, str]:
    """Go on under new settings, keeping all that still fits.

    Args:
        state: under the old settings.
        old: setup it comes from.
        new: setup to go on with; its seed is not looked at.

    Returns:
        (state, sentence): the sentence says what was made anew, and is short when
        nothing was.
    """
    if old.gan == new.gan:
        return state._replace(hyper=_numbers(state.hyper, old, new)), "Changed."
    made, fresh = [], start(new)
    if old.gan.generator != new.gan.generator:
        state = state._replace(g=fresh.g, ema=fresh.ema)
        made.append("the generator")
    if old.gan.discriminator != new.gan.discriminator:
        state = state._replace(d=fresh.d)
        made.append("the discriminator")
    state = state._replace(hyper=fresh.hyper)
    if old.gan.optimizer != new.gan.optimizer:
        state = state._replace(
            d=state.d._replace(opt_state=fresh.d.opt_state),
            g=state.g._replace(opt_state=fresh.g.opt_state),
        )
        made.append("the optimiser's memory")
    if not made:
        return state, "Changed; both networks go on as they are."
    return state, f"Changed; {_list(made)} started anew, and the rest goes on."


def _list(words) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _numbers(hyper: Hyper, old: Setup, new: Setup) -> Hyper:
    """Replace the numbers that differ; the others keep their very arrays."""
    before, after = hyper_of(old.settings), hyper_of(new.settings)
    return make_hyper(**after) if before != after else hyper


_NO_NUMBERS = dict(gamma=1.0, g_rate=0.0, d_rate=0.0, beta1=0.0, batch=1, seed=0)


@lru_cache(maxsize=64)
def _gan(settings: Settings, dim: int, moves: str) -> GAN:
    kind, size = settings.noise.split()
    size = int(size[0])
    clipped = settings.penalty == "clip"
    named = getattr(penalties, settings.penalty, None)  # "none" is none of them
    loss = settings.loss
    return GAN(
        models.mlp_generator(
            size, (settings.g_width,) * settings.g_layers, dim, models.leaky_relu
        ),
        models.mlp_discriminator(dim, (settings.d_width,) * settings.d_layers),
        latent=Uniform(size) if kind == "uniform" else Normal(size),
        loss=losses.LOSSES[loss] if isinstance(loss, str) else loss,
        penalty=None if clipped else named,
        update=_rule(settings, moves),
        optimizer=OPTIMIZERS[settings.optimizer],
        project=penalties.clip_weights if clipped else None,
    )


def _rule(settings: Settings, moves: str):
    """Make the rule of play; a player who moves alone moves at least once."""
    if moves == "discriminator":
        return alternating(max(settings.k_d, 1), 0)
    if moves == "generator":
        return alternating(0, max(settings.k_g, 1))
    return alternating(settings.k_d, settings.k_g)
