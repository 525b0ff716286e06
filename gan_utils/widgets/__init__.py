"""Interactive figures: thin faces over the plots, live with a kernel, still without."""

from gan_utils.widgets.controls import choice, slider, toggle
from gan_utils.widgets.critics import (
    climbing_field,
    critic_in_training,
)
from gan_utils.widgets.dynamics import damping, eigenvalue
from gan_utils.widgets.lab import LabFace, lab, replay
from gan_utils.widgets.live import live
from gan_utils.widgets.metrics import fooled_scores, frechet_noise, parzen_width
from gan_utils.widgets.networks import (
    chain_rule,
    fold_the_sheet,
    latent_walk,
    overlapping_kernels,
)
from gan_utils.widgets.objectives import bad_minimum, best_critic, coin_forger
from gan_utils.widgets.predict import Outcome, Prediction, predict
from gan_utils.widgets.probability import (
    kl_two_ways,
    monte_carlo_error,
    parallel_lines,
    pushforward_bend,
    tangent_line,
)
from gan_utils.widgets.real_or_fake import (
    RealOrFakeFace,
    real_or_fake_images,
    real_or_fake_points,
)
from gan_utils.widgets.registry import registered, registry
from gan_utils.widgets.slider_figure import Explorer, explore
from gan_utils.widgets.training import algorithm_one
from gan_utils.widgets.vector_field import VectorFieldFace, vector_field

__all__ = [
    "Explorer",
    "LabFace",
    "Outcome",
    "Prediction",
    "RealOrFakeFace",
    "VectorFieldFace",
    "algorithm_one",
    "bad_minimum",
    "best_critic",
    "chain_rule",
    "choice",
    "climbing_field",
    "coin_forger",
    "critic_in_training",
    "damping",
    "eigenvalue",
    "explore",
    "fold_the_sheet",
    "fooled_scores",
    "frechet_noise",
    "kl_two_ways",
    "lab",
    "latent_walk",
    "live",
    "monte_carlo_error",
    "overlapping_kernels",
    "parallel_lines",
    "parzen_width",
    "predict",
    "pushforward_bend",
    "real_or_fake_images",
    "real_or_fake_points",
    "registered",
    "registry",
    "replay",
    "slider",
    "tangent_line",
    "toggle",
    "vector_field",
]
