"""The exercises of notebook 01: sampling, Monte Carlo KL, transport, ratios."""

from gan_utils.exercises.nb01 import (
    inverse_cdf,
    monte_carlo_kl,
    ratio_from_classifier,
    w1_by_sorting,
)

__all__ = ["inverse_cdf", "monte_carlo_kl", "ratio_from_classifier", "w1_by_sorting"]
