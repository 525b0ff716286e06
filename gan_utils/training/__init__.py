"""Training: a GAN, its state, one update, and the loop around it. Begin with `step`.

gan          the structure, and what it computes from a batch
state        everything that an update reads or writes
step         one update: a move of D, a move of G, and rules that combine them
loop         many updates, by `gan_utils.engine`, with bar, guard and checkpoints
guard        finds the first bad update, and the last good state before it
optimizers   Optax's, with the numbers of the state
sampling     what a trained GAN makes, and says of samples

checks       what cannot be trained is refused in a sentence
studies      spectra, sweeps and rules that no training needs
recipes      settings that are known to work
"""

from gan_utils.engine import run
from gan_utils.history import History, Report
from gan_utils.saving import checkpoints, restore, save
from gan_utils.training.gan import GAN, Comparison
from gan_utils.training.loop import train
from gan_utils.training.optimizers import adam_through
from gan_utils.training.state import (
    Cosine,
    GANState,
    Geometric,
    Hyper,
    Player,
    cosine,
    geometric,
    make_hyper,
    value_at,
)
from gan_utils.training.step import (
    Alternating,
    Rule,
    Simultaneous,
    alternating,
    simultaneous,
)
from gan_utils.training.studies.critic import CriticFit, fit_critic
from gan_utils.training.studies.spectrum import UpdateMap, spectrum, update_map
from gan_utils.training.studies.sweep import Sweep, sweep
from gan_utils.training.studies.through_opponent import (
    Consensus,
    Unrolling,
    consensus,
    unrolling,
)

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
    "Rule",
    "Simultaneous",
    "Sweep",
    "Unrolling",
    "UpdateMap",
    "adam_through",
    "alternating",
    "checkpoints",
    "consensus",
    "cosine",
    "fit_critic",
    "geometric",
    "make_hyper",
    "restore",
    "run",
    "save",
    "simultaneous",
    "spectrum",
    "sweep",
    "train",
    "unrolling",
    "update_map",
    "value_at",
]
