"""Divergences: exact on discrete distributions, and estimated from samples."""

from gan_utils.divergences.discrete import (
    chi_squared,
    f_divergence,
    hellinger,
    js,
    kl,
    reverse_kl,
    total_variation,
)
from gan_utils.divergences.estimators import (
    Estimate,
    f_divergence_estimate,
    histogram_kl,
    js_estimate,
    kl_estimate,
    monte_carlo,
    total_variation_estimate,
    variational_estimate,
)
from gan_utils.divergences.f_table import F_DIVERGENCES, FDivergence
from gan_utils.divergences.kernel import (
    energy_distance,
    mmd_squared,
    polynomial_mmd_squared,
)
from gan_utils.divergences.sobolev import dual_sobolev_squared
from gan_utils.divergences.variational import variational_bound
from gan_utils.divergences.wasserstein import (
    optimal_assignment,
    sliced_wasserstein,
    wasserstein,
    wasserstein_1d,
)

__all__ = [
    "F_DIVERGENCES",
    "Estimate",
    "FDivergence",
    "chi_squared",
    "dual_sobolev_squared",
    "energy_distance",
    "f_divergence",
    "f_divergence_estimate",
    "hellinger",
    "histogram_kl",
    "js",
    "js_estimate",
    "kl",
    "kl_estimate",
    "mmd_squared",
    "monte_carlo",
    "optimal_assignment",
    "polynomial_mmd_squared",
    "reverse_kl",
    "sliced_wasserstein",
    "total_variation",
    "total_variation_estimate",
    "variational_bound",
    "variational_estimate",
    "wasserstein",
    "wasserstein_1d",
]
