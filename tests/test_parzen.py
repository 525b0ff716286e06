"""Parzen windows against scikit-learn's, and k-means centres that beat the data."""

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.cluster import KMeans
from sklearn.neighbors import KernelDensity

from gan_utils import data
from gan_utils.metrics import log_parzen, parzen
from gan_utils.metrics.parzen import SIGMAS

RNG = np.random.default_rng(0)
CENTRES, X = RNG.normal(size=(50, 4)), RNG.normal(size=(30, 4))


@pytest.mark.parametrize("shift", [0.0, 1e3])
def test_it_is_scikit_learns_density(shift):
    found = log_parzen(CENTRES + shift, X + shift, [0.2, 1.5])
    for row, sigma in zip(found, (0.2, 1.5), strict=True):
        model = KernelDensity(bandwidth=sigma).fit(CENTRES)
        np.testing.assert_allclose(row, model.score_samples(X), rtol=1e-6)


def test_one_centre_is_a_gaussian():
    found = log_parzen(np.zeros((1, 1)), X[:, :1], [0.7])[0]
    np.testing.assert_allclose(found, norm.logpdf(X[:, 0], 0, 0.7), rtol=1e-12)


def test_the_width_is_chosen_on_validation_data_and_the_error_is_of_the_mean():
    sigmas = (0.3, 0.6, 0.9)
    found = parzen(CENTRES, X[:10], X[10:], sigmas)
    best = log_parzen(CENTRES, X[:10], sigmas).mean(1).argmax()
    assert found.sigma == sigmas[best]
    logs = log_parzen(CENTRES, X[10:], [found.sigma])[0]
    assert found.log_likelihood == pytest.approx(logs.mean(), rel=1e-12)
    assert found.standard_error == pytest.approx(logs.std(ddof=1) / 20**0.5, rel=1e-12)


def test_k_means_centres_score_above_true_data():
    x = (data.digits8().x.reshape(-1, 64) + 1) / 2
    x = x[RNG.permutation(len(x))]
    train, validation, test = x[:1200], x[1200:1400], x[1400:]
    means = KMeans(100, n_init=1, max_iter=20, random_state=0).fit(train)
    true = parzen(train[:100], validation, test)
    averages = parzen(means.cluster_centers_, validation, test)
    gain = averages.log_likelihood - true.log_likelihood
    assert gain > 5 * (true.standard_error + averages.standard_error)


def test_the_published_widths():
    assert len(SIGMAS) == 10 and SIGMAS[0] == pytest.approx(0.1) and SIGMAS[-1] == 1
    ratios = np.divide(SIGMAS[1:], SIGMAS[:-1])
    np.testing.assert_allclose(ratios, 10 ** (1 / 9), rtol=1e-12)


@pytest.mark.parametrize(
    ("sets", "sigmas", "message"),
    [
        ((CENTRES, X, X[:, :2]), SIGMAS, "samples has 4 numbers a row and x has 2"),
        ((CENTRES, X, X), (0.1, 0.0), "sigmas"),
        ((CENTRES * np.nan, X, X), SIGMAS, "samples holds .* NaN"),
        ((CENTRES, X, X[:1]), SIGMAS, "number of values"),
    ],
)
def test_what_does_not_fit_is_refused(sets, sigmas, message):
    with pytest.raises(ValueError, match=message):
        parzen(*sets, sigmas)
