"""Prices at the best discriminator, and a coin-tossing generator that pays them."""

import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import descent
from gan_utils.numerics import float64

RATIOS = np.linspace(0.05, 6, 200)
FORMULAS = {
    "minimax": lambda r: np.log(r / (1 + r)),
    "non-saturating": lambda r: np.log(1 + r),
    "hinge": lambda r: np.sign(r - 1),
    "least squares (0, 1, 1)": lambda r: 0.5 * (r / (1 + r)) ** 2,
    "least squares (-1, 1, 0)": lambda r: 0.5 * ((1 - r) / (1 + r)) ** 2,
}


@pytest.mark.parametrize("name", descent.PRICES)
def test_price_formula(name):
    with float64():
        price = descent.PRICES[name](jnp.asarray(RATIOS))
    np.testing.assert_allclose(price, FORMULAS[name](RATIOS), atol=1e-12)


@pytest.mark.parametrize("name", descent.PRICES)
def test_only_one_price_falls(name):
    with float64():
        price = descent.PRICES[name](jnp.asarray(RATIOS))
    rises = bool((np.diff(price) >= 0).all())
    assert rises == (name != "least squares (-1, 1, 0)")


def test_minimax_push_is_the_slope_of_the_criterion():
    p, q = 0.3, np.array([0.1, 0.4, 0.8])
    with float64():
        push = descent.coin_push(descent.PRICES["minimax"], p, q)

    def criterion(q):
        pairs = ((p, q), (1 - p, 1 - q))
        return sum(a * np.log(a / (a + b)) + b * np.log(b / (a + b)) for a, b in pairs)

    slope = (criterion(q + 1e-6) - criterion(q - 1e-6)) / 2e-6
    np.testing.assert_allclose(-push, slope, atol=1e-8)


@pytest.mark.parametrize("p", [0.2, 0.3, 0.5])
@pytest.mark.parametrize(
    "name", ["minimax", "non-saturating", "least squares (0, 1, 1)"]
)
def test_rising_smooth_prices_find_the_data(name, p):
    starts = np.linspace(0.05, 0.95, 10)
    path = descent.coin_path(descent.PRICES[name], p, starts, 4000)
    np.testing.assert_allclose(path[0], starts, atol=1e-5)
    np.testing.assert_allclose(path[-1], p, atol=1e-3)


def test_the_valley_price_runs_away_from_the_data():
    price = descent.PRICES["least squares (-1, 1, 0)"]
    path = np.asarray(descent.coin_path(price, 0.3, np.linspace(0.05, 0.95, 10), 8000))
    lost = (path[-1] < 0.01) | (path[-1] > 0.99)
    assert lost.tolist() == [True] * 3 + [False] * 4 + [True] * 3


def test_data_may_be_any_number():
    price = descent.least_squares_price(0.0, 1.0, 1.0)
    for p in (0.2, 0.4, jnp.float32(0.6)):
        assert descent.coin_path(price, p, [0.5], 5).shape == (6, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"p": 1.5}, "p is"),
        ({"p": 0.0}, "p is"),
        ({"starts": [1.5]}, "starts"),
        ({"steps": -1}, "steps"),
        ({"rate": 0.0}, "rate"),
    ],
)
def test_bad_input_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        settings = {"p": 0.3, "starts": [0.5]} | options
        descent.coin_path(descent.PRICES["minimax"], **settings)
