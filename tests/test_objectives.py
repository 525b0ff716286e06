"""Objectives and bad minima: brute force against closed forms, in float64."""

import itertools
import math
from fractions import Fraction

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import optimize

from gan_utils import basins, divergences, numerics, objectives


def pair(seed=0, k=6):
    return np.random.default_rng(seed).dirichlet(np.ones(k), size=2)


@pytest.mark.parametrize("seed", range(5))
def test_optimal_discriminator_beats_a_grid(seed):
    p, q = pair(seed)
    grid = np.linspace(1e-3, 1 - 1e-3, 999)
    score = p[:, None] * np.log(grid) + q[:, None] * np.log(1 - grid)
    best = objectives.optimal_discriminator(p, q)
    np.testing.assert_allclose(grid[score.argmax(1)], best, atol=1.01e-3)
    assert objectives.value(best, p, q) >= score.max(1).sum()


@pytest.mark.parametrize("seed", range(5))
def test_optimal_discriminator_to_twelve_digits(seed):
    """Where p log y + q log(1 - y), which is concave in y, stops rising."""
    p, q = pair(seed, k=40)
    best = objectives.optimal_discriminator(p, q)
    with numerics.float64():
        by_jax = np.asarray(objectives.optimal_discriminator(*map(jnp.asarray, (p, q))))
    assert best.dtype == by_jax.dtype == np.float64
    np.testing.assert_allclose(by_jax, best, rtol=1e-15)
    terms = p / best, q / (1 - best)  # the slope is their difference
    np.testing.assert_allclose(*terms, rtol=1e-12)
    for a, b, y in zip(p, q, best, strict=True):
        below, above = (_exact_slope(a, b, y, sign) for sign in (-1, 1))
        assert below > 0 > above  # so the summit is closer to y than 1e-12 y
        root = optimize.brentq(
            lambda y, a=a, b=b: a / y - b / (1 - y), 1e-9, 1 - 1e-9, xtol=1e-16
        )
        assert y == pytest.approx(root, rel=1e-12)


def _exact_slope(p, q, y, sign):
    """Differentiate p log y + q log(1 - y), a little beside y, without rounding."""
    y = Fraction(y) * (1 + sign * Fraction(1, 10**12))
    return Fraction(p) / y - Fraction(q) / (1 - y)


@pytest.mark.parametrize("seed", range(5))
def test_virtual_criterion_is_twice_jensen_shannon_minus_log_four(seed):
    p, q = pair(seed)
    expected = -math.log(4) + 2 * divergences.js(p, q)
    assert abs(objectives.virtual_criterion(p, q) - expected) < 1e-14
    best = objectives.optimal_discriminator(p, q)
    assert objectives.value(best, p, q) == pytest.approx(expected, abs=1e-14)


def test_extremes_of_the_criterion():
    p, q = np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.0, 0.0, 0.25, 0.75])
    assert objectives.virtual_criterion(p, q) == 0
    assert objectives.virtual_criterion(p, p) == pytest.approx(-math.log(4))
    assert objectives.optimal_discriminator(p, q).tolist() == [1, 1, 0, 0]
    nowhere = objectives.optimal_discriminator(np.zeros(2), np.zeros(2))
    assert nowhere.tolist() == [0.5, 0.5]
    assert objectives.value(np.array([0.0, 1, 1, 1]), p, q) == -np.inf


@pytest.mark.parametrize("name", objectives.MARGIN_LOSSES)
@pytest.mark.parametrize("seed", range(3))
def test_bayes_risk_gap_by_brute_force(name, seed):
    p, q = pair(seed)
    loss = objectives.MARGIN_LOSSES[name].loss
    t = np.linspace(-12, 12, 240_001)
    risk = sum(
        0.5 * (a * loss(t) + b * loss(-t)).min() for a, b in zip(p, q, strict=True)
    )
    blind = (0.5 * loss(t) + 0.5 * loss(-t)).min()
    gap = objectives.bayes_risk_gap(name, p, q)
    assert gap == pytest.approx(blind - risk, abs=1e-8)


@pytest.mark.parametrize("seed", range(3))
def test_bayes_risk_gaps_are_the_divergences_they_claim(seed):
    p, q = pair(seed)
    expected = {
        "logistic": divergences.js(p, q),
        "square": ((p - q) ** 2 / (p + q)).sum() / 2,
        "hinge": divergences.total_variation(p, q),
        "exponential": 1 - np.sqrt(p * q).sum(),
    }
    assert set(expected) == set(objectives.MARGIN_LOSSES)
    for name, gap in expected.items():
        assert objectives.bayes_risk_gap(name, p, q) == pytest.approx(gap, abs=1e-14)
    assert expected["exponential"] == pytest.approx(divergences.hellinger(p, q) / 2)


def test_unknown_margin_loss_is_refused():
    with pytest.raises(ValueError, match="name is 'l1'"):
        objectives.bayes_risk_gap("l1", *pair())


def test_jax_in_gives_jax_out():
    p, q = (jnp.float32(a) for a in pair())
    for result in (
        objectives.virtual_criterion(p, q),
        objectives.bayes_risk_gap("logistic", p, q),
        objectives.bayes_risk_gap("hinge", p, q),
        objectives.pairing_value(jnp.log(p / q), p, q),
    ):
        assert isinstance(result, type(p))
        assert result.dtype == jnp.float32


@pytest.mark.parametrize(("n", "count"), [(1, 0), (2, 2), (3, 21), (4, 232)])
def test_bad_minima_are_counted(n, count):
    assert count == n**n - math.factorial(n)
    assert len(basins.bad_minima(basins.separable_value, n)) == count
    assert len(basins.bad_minima(basins.redrawn_value, n)) == count
    assert basins.bad_minima(basins.paired_value, n) == []


SMALL = [
    (0, 0),
    (1, 0),
    (0, None),
    (0, 0, 0),
    (1, 2, 0),
    (1, 1, 0),
    (2, 2, 1),
    (0, None, 0),
]


def critic_search(objective, assignment):
    """Maximise over scores within reach; a fake off the data has its own score."""
    n = len(assignment)
    places = np.array([n + i if a is None else a for i, a in enumerate(assignment)])
    result = optimize.minimize(
        lambda f: -objective(f[:n], f[places]),
        np.zeros(2 * n),
        bounds=[(-40, 40)] * (2 * n),
        method="L-BFGS-B",
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 10_000},
    )
    return -result.fun


def log_sigmoid(t):
    return -np.logaddexp(0, -t)


@pytest.mark.parametrize("assignment", SMALL)
def test_assignment_values_by_searching_the_critic(assignment):
    search = {
        basins.separable_value: lambda x, y: (log_sigmoid(x) + log_sigmoid(-y)).mean(),
        basins.paired_value: lambda x, y: log_sigmoid(x - y).mean(),
        basins.redrawn_value: lambda x, y: log_sigmoid(x[:, None] - y[None, :]).mean(),
    }
    for value, objective in search.items():
        assert critic_search(objective, assignment) == pytest.approx(
            value(assignment), abs=1e-5
        )


@pytest.mark.parametrize("start", [(0, 0, 0), (1, 1, 0), (2, 2, 2, 0), (1, 2, 3, 1)])
def test_the_way_out_never_raises_the_paired_value(start):
    path = basins.way_out(start)
    values = [basins.paired_value(a) for a in path]
    assert all(b <= a for a, b in itertools.pairwise(values))
    assert sorted(path[-1]) == list(range(len(start)))
    separable = [basins.separable_value(a) for a in path]
    assert any(b > a for a, b in itertools.pairwise(separable))


def test_too_many_points_are_refused():
    with pytest.raises(ValueError, match="n is 6"):
        basins.bad_minima(basins.paired_value, 6)
