"""Training: state, update rules, the compiled runner, the loop and checkpoints.

Importing it settles how programs are compiled and switches on their cache, see
`gan_utils.compilation`: JAX looks once, at the first program that it compiles.
"""

from gan_utils.compilation import compile_quickly, use_cache
from gan_utils.training.checkpoints import restore, save
from gan_utils.training.critic import CriticFit, fit_critic
from gan_utils.training.gan import GAN, Comparison
from gan_utils.training.history import History
from gan_utils.training.loop import train
from gan_utils.training.optimizers import adam, adam_through, rmsprop, sgd
from gan_utils.training.runner import run
from gan_utils.training.spectrum import UpdateMap, spectrum, update_map
from gan_utils.training.state import (
    Cosine,
    GANState,
    Geometric,
    Hyper,
    Player,
    Report,
    cosine,
    geometric,
    make_hyper,
    value_at,
)
from gan_utils.training.sweep import Sweep, sweep
from gan_utils.training.through_opponent import (
    Consensus,
    Unrolling,
    consensus,
    unrolling,
)
from gan_utils.training.updates import (
    Alternating,
    Simultaneous,
    alternating,
    simultaneous,
)

compile_quickly()
use_cache()

__all__ = [
    "GAN",
    "Alternating",
    "Comparison",
    "Consensus",
    "Cosine",
    "CriticFit",
    "GANState",
    "Geometric",
    "History",
    "Hyper",
    "Player",
    "Report",
    "Simultaneous",
    "Sweep",
    "Unrolling",
    "UpdateMap",
    "adam",
    "adam_through",
    "alternating",
    "consensus",
    "cosine",
    "fit_critic",
    "geometric",
    "make_hyper",
    "restore",
    "rmsprop",
    "run",
    "save",
    "sgd",
    "simultaneous",
    "spectrum",
    "sweep",
    "train",
    "unrolling",
    "update_map",
    "value_at",
]
