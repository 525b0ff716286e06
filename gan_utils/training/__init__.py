"""Training: state, update rules, the compiled runner, the loop and checkpoints.

Importing it switches on the cache of compiled programs, see `gan_utils.compilation`:
JAX looks for the cache once, at the first program that it compiles.
"""

from gan_utils.compilation import use_cache
from gan_utils.training.checkpoints import restore, save
from gan_utils.training.critic import CriticFit, fit_critic
from gan_utils.training.gan import GAN, Comparison
from gan_utils.training.history import History
from gan_utils.training.loop import train
from gan_utils.training.optimizers import adam, rmsprop, sgd
from gan_utils.training.runner import run
from gan_utils.training.state import (
    Cosine,
    GANState,
    Hyper,
    Player,
    Report,
    cosine,
    make_hyper,
    value_at,
)
from gan_utils.training.updates import (
    Alternating,
    Simultaneous,
    alternating,
    simultaneous,
)

use_cache()

__all__ = [
    "GAN",
    "Alternating",
    "Comparison",
    "Cosine",
    "CriticFit",
    "GANState",
    "History",
    "Hyper",
    "Player",
    "Report",
    "Simultaneous",
    "adam",
    "alternating",
    "cosine",
    "fit_critic",
    "make_hyper",
    "restore",
    "rmsprop",
    "run",
    "save",
    "sgd",
    "simultaneous",
    "train",
    "value_at",
]
