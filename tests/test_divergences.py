"""Divergences on discrete distributions: identities in float64, the f-GAN table."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import integrate, optimize, stats
from scipy.special import rel_entr

from gan_utils import data
from gan_utils import divergences as dv
from gan_utils.divergences import F_DIVERGENCES
from gan_utils.numerics import float64

P, Q = np.random.default_rng(7).dirichlet(np.ones(12), (2, 20))
CLOSED = {
    "kl": lambda p, q: rel_entr(p, q).sum(-1),
    "reverse_kl": lambda p, q: rel_entr(q, p).sum(-1),
    "pearson": lambda p, q: ((p - q) ** 2 / q).sum(-1),
    "neyman": lambda p, q: ((p - q) ** 2 / p).sum(-1),
    "squared_hellinger": lambda p, q: 2 - 2 * np.sqrt(p * q).sum(-1),
    "js": lambda p, q: 2 * jensen_shannon(p, q),
    "gan": lambda p, q: 2 * jensen_shannon(p, q) - np.log(4),
    "total_variation": lambda p, q: np.maximum(p - q, 0).sum(-1),
}


@pytest.fixture
def rng():
    """Random numbers that do not depend on the tests before."""
    return np.random.default_rng(8)


def jensen_shannon(p, q):
    return (rel_entr(p, (p + q) / 2) + rel_entr(q, (p + q) / 2)).sum(-1) / 2


@pytest.mark.parametrize(
    ("function", "key", "scale"),
    [
        (dv.kl, "kl", 1),
        (dv.reverse_kl, "reverse_kl", 1),
        (dv.js, "js", 0.5),
        (dv.total_variation, "total_variation", 1),
        (dv.hellinger, "squared_hellinger", 1),
        (dv.chi_squared, "pearson", 1),
    ],
)
def test_divergences_agree_with_their_definitions(function, key, scale):
    found = function(P, Q)
    assert isinstance(found, np.ndarray) and found.dtype == np.float64
    np.testing.assert_allclose(found, scale * CLOSED[key](P, Q), rtol=1e-12)
    np.testing.assert_allclose(
        function(jnp.asarray(P), jnp.asarray(Q)), found, rtol=1e-4
    )
    np.testing.assert_allclose(function(P, P), 0, atol=1e-12)


def test_value_of_the_game_at_the_optimal_discriminator(rng):
    best = P / (P + Q)
    value = (P * np.log(best) + Q * np.log(1 - best)).sum(-1)
    np.testing.assert_allclose(value, -np.log(4) + 2 * dv.js(P, Q), atol=1e-12)
    for wiggle in rng.normal(size=(20, *P.shape)) * 0.1:
        other = 1 / (1 + np.exp(-(np.log(P / Q) + wiggle)))
        assert ((P * np.log(other) + Q * np.log1p(-other)).sum(-1) <= value).all()


def test_optimal_discriminator_by_numerical_search():
    for p, q in zip(P[0], Q[0], strict=True):
        found = optimize.minimize_scalar(
            lambda d, p=p, q=q: -p * np.log(d) - q * np.log(1 - d),
            bounds=(1e-9, 1 - 1e-9),
            method="bounded",
            options={"xatol": 1e-10},
        )
        assert found.x == pytest.approx(p / (p + q), abs=1e-5)


@pytest.mark.parametrize("key", F_DIVERGENCES)
def test_row_equals_its_divergence(key):
    np.testing.assert_allclose(
        dv.f_divergence(key, P, Q), CLOSED[key](P, Q), atol=1e-10
    )


@pytest.mark.parametrize("key", F_DIVERGENCES)
def test_bound_is_tight_at_the_optimal_critic_and_never_exceeded(rng, key):
    row = F_DIVERGENCES[key]
    exact = dv.f_divergence(row, P, Q)
    best = row.optimal_critic(P / Q)
    np.testing.assert_allclose(dv.variational_bound(row, P, Q, best), exact, atol=1e-8)
    for _ in range(200):
        critic = row.activation(rng.normal(size=P.shape) * 3)
        assert (dv.variational_bound(row, P, Q, critic) <= exact + 1e-10).all()


@pytest.mark.parametrize("key", F_DIVERGENCES)
def test_conjugate_is_the_supremum(key):
    row = F_DIVERGENCES[key]
    u = np.geomspace(1e-6, 1e6, 400_001)
    for t in row.derivative(np.array([0.3, 0.9, 2.0])):
        supremum = (u * t - row.f(u)).max()
        assert float(row.conjugate(t)) == pytest.approx(supremum, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("key", F_DIVERGENCES)
def test_row_is_consistent(key):
    row = F_DIVERGENCES[key]
    u = np.array([0.2, 0.7, 1.7, 4.0])
    step = 1e-6
    slope = (row.f(u + step) - row.f(u - step)) / (2 * step)
    np.testing.assert_allclose(row.derivative(u), slope, atol=1e-6)
    v = np.linspace(-30, 30, 101)
    t = row.activation(v)
    low, high = row.domain
    assert (t >= low).all() and (t <= high).all() and (np.diff(t) >= 0).all()
    if np.isfinite(row.slope_at_infinity):
        assert row.f(1e9) / 1e9 == pytest.approx(row.slope_at_infinity, abs=1e-3)
    if np.isfinite(high):
        assert row.conjugate(high + 0.1) == np.inf


def test_thresholds_of_the_table():
    found = {key: row.f_prime_at_1 for key, row in F_DIVERGENCES.items()}
    assert found == pytest.approx(
        {
            "kl": 1,
            "reverse_kl": -1,
            "pearson": 0,
            "neyman": 0,
            "squared_hellinger": 0,
            "js": 0,
            "gan": -np.log(2),
            "total_variation": 0,
        }
    )


@pytest.mark.parametrize("key", F_DIVERGENCES)
def test_disjoint_supports_give_the_limit(key):
    p, q = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    expected = {
        "kl": np.inf,
        "reverse_kl": np.inf,
        "pearson": np.inf,
        "neyman": np.inf,
        "squared_hellinger": 2.0,
        "js": 2 * np.log(2),
        "gan": 0.0,
        "total_variation": 1.0,
    }
    assert dv.f_divergence(key, p, q) == pytest.approx(expected[key])
    assert float(dv.f_divergence(key, jnp.array(p), jnp.array(q))) == pytest.approx(
        expected[key], abs=1e-6
    )


def test_zero_probabilities_keep_their_conventions():
    p, q = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5])
    assert dv.kl(p, q) == pytest.approx(np.log(2))
    assert dv.kl(q, p) == np.inf
    assert np.isfinite(jax.grad(lambda a: dv.kl(a, jnp.array(q)))(jnp.array(p))).all()


def test_divergences_run_under_jit_and_vmap_and_float64():
    p, q = jnp.asarray(P, jnp.float32), jnp.asarray(Q, jnp.float32)
    np.testing.assert_allclose(jax.jit(dv.js)(p, q), jax.vmap(dv.js)(p, q), rtol=1e-5)
    with float64():
        found = dv.js(jnp.asarray(P), jnp.asarray(Q))
        assert found.dtype == jnp.float64
        np.testing.assert_allclose(found, dv.js(P, Q), rtol=1e-13)


def test_a_plain_function_is_a_divergence():
    found = dv.f_divergence(lambda u: u * np.log(u), P, Q)
    np.testing.assert_allclose(found, dv.kl(P, Q), rtol=1e-10)


@pytest.mark.parametrize(
    ("p", "q", "words"),
    [
        ([0.5, 0.6], [0.5, 0.5], "p sums to 1.1"),
        ([0.5, 0.5], [3, 5], "q sums to 8"),
        ([1.5, -0.5], [0.5, 0.5], "p is"),
        ([0.5, np.nan], [0.5, 0.5], "p holds 1"),
        ([0.5, 0.5], [0.2, 0.3, 0.5], "equal shapes"),
        (0.5, 0.5, "equal shapes"),
    ],
)
def test_bad_probabilities_are_explained(p, q, words):
    for function in (dv.kl, dv.reverse_kl, dv.js, dv.total_variation):
        with pytest.raises(ValueError, match=words):
            function(np.array(p), np.array(q))


def test_bad_rows_are_explained():
    with pytest.raises(ValueError, match="one of kl"):
        dv.f_divergence("kullback", P, Q)
    with pytest.raises(ValueError, match="plain function"):
        dv.f_divergence(lambda u: u, np.array([1.0, 0.0]), np.array([0.0, 1.0]))


def test_estimators_agree_with_quadrature_and_are_unbiased():
    p, q = data.gaussian(0.0, 1.0), data.mixture([0.5, -1.0], [1.2, 1.0])
    x = np.linspace(-12, 12, 4001)
    a = stats.norm.pdf(x)
    b = (stats.norm.pdf(x, 0.5, 1.2) + stats.norm.pdf(x, -1)) / 2
    exact = {
        dv.kl_estimate: integrate.simpson(rel_entr(a, b), x=x),
        dv.js_estimate: integrate.simpson(
            (rel_entr(a, (a + b) / 2) + rel_entr(b, (a + b) / 2)) / 2, x=x
        ),
        dv.total_variation_estimate: integrate.simpson(np.abs(a - b) / 2, x=x),
    }
    for estimator, expected in exact.items():
        keys = jax.random.split(jax.random.key(0), 64)
        few = jax.jit(jax.vmap(lambda k, f=estimator: f(p, q, k, 50).value))(keys)
        assert abs(few.mean() - expected) < 4 * few.std() / 8
        many = estimator(p, q, jax.random.key(1), 4000)
        assert abs(many.value - expected) < 4 * many.standard_error
    found = dv.f_divergence_estimate("js", p, q, jax.random.key(2), 4000)
    assert abs(found.value - 2 * exact[dv.js_estimate]) < 4 * found.standard_error


def test_variational_estimate_of_the_optimal_critic():
    p, q = data.gaussian(0.0, 1.0), data.gaussian(1.0, 1.0)
    x, y = p.sample(jax.random.key(0), 4000), q.sample(jax.random.key(1), 4000)
    row = F_DIVERGENCES["kl"]
    critic = [
        row.optimal_critic(jnp.exp(p.log_prob(a) - q.log_prob(a))) for a in (x, y)
    ]
    found = dv.variational_estimate("kl", *critic)
    assert abs(found.value - 0.5) < 4 * found.standard_error


@pytest.mark.parametrize(
    "call, words",
    [
        (
            lambda: dv.variational_estimate(lambda u: u**2, [1.0, 2.0], [0.0, 1.0]),
            "f is a plain function; expected an FDivergence or one of kl",
        ),
        (
            lambda: dv.variational_bound(lambda u: u**2, P, Q, P),
            "f is a plain function; expected an FDivergence or one of kl",
        ),
        (lambda: dv.f_divergence(["kl"], P, Q), r"f is \['kl'\]; expected a function"),
        (lambda: dv.monte_carlo(3.0), "number of values is int 1"),
        (lambda: dv.histogram_kl([0, 0], [0.5, 0.5]), "the sum of counts is"),
        (lambda: dv.histogram_kl([2, -1], [0.5, 0.5]), "counts is"),
    ],
)
def test_what_has_no_estimate_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_plain_function_has_an_estimate():
    p, q = data.gaussian(0.0, 1.0), data.gaussian(1.0, 1.0)
    key = jax.random.key(0)
    found = dv.f_divergence_estimate(lambda u: (u - 1) ** 2, p, q, key, 100)
    assert found.value == dv.f_divergence_estimate("pearson", p, q, key, 100).value


def test_histogram_kl_has_the_bias_it_states(rng):
    q = np.full(25, 1 / 25)
    counts = rng.multinomial(500, q, size=2000)
    assert dv.histogram_kl(counts, q).mean() == pytest.approx(24 / 1000, rel=0.05)


LINE = np.linspace(-10, 12, 2201)


def test_dual_sobolev_norm_of_boxes_has_its_closed_form():
    """Shifted by a, the boxes' P - Q climbs to a, stays, falls: a^2 + a^3 / 3."""
    x, a = np.linspace(-0.5, 2, 20_001), 0.4
    p, q = (np.where((x >= low) & (x < low + 1), 1.0, 0.0) for low in (0, a))
    found = dv.dual_sobolev_squared(p, q, x)
    assert found == pytest.approx(a**2 + a**3 / 3, rel=1e-3)
    assert dv.dual_sobolev_squared(q, p, x) == pytest.approx(found)
    assert dv.dual_sobolev_squared(p, q, 3 * x) == pytest.approx(9 * found)
    assert dv.dual_sobolev_squared(p, p, x) == 0


@pytest.mark.parametrize("weighted", [False, True])
def test_dual_sobolev_norm_is_what_the_best_critic_earns(weighted):
    """Against a search over piecewise linear critics: E_p[t] - E_q[t] - E_w[t'^2]."""
    x = np.linspace(-6, 7, 131)
    p, q = stats.norm.pdf(x), stats.norm.pdf(x, 0.7, 1.2)
    w = stats.norm.pdf(x, 0.2, 1.5) if weighted else (p + q) / 2
    weigh = 0.5 * (w[1:] + w[:-1]) / np.diff(x)
    gain = (p / p.sum() - q / q.sum())[:, None]
    steps = np.diff(np.eye(len(x)), axis=0)
    cost = 2 * steps.T @ (weigh[:, None] * steps)
    critic = np.linalg.lstsq(cost, gain, rcond=1e-14)[0]
    earned = float((gain.T @ critic - 0.5 * critic.T @ cost @ critic).squeeze())
    found = dv.dual_sobolev_squared(p, q, x, w if weighted else None)
    assert found / 4 == pytest.approx(earned, rel=2e-3)


def test_dual_sobolev_norm_of_a_small_shift_is_the_squared_distance():
    for shift in (0.1, -0.2):
        p, q = stats.norm.pdf(LINE), stats.norm.pdf(LINE, shift)
        found = dv.dual_sobolev_squared(p, q, LINE)
        assert found == pytest.approx(shift**2, rel=1e-2)


def test_dual_sobolev_norm_is_infinite_where_nothing_is_weighed():
    near, far = (np.where(np.abs(LINE - c) < 1, 0.5, 0.0) for c in (0, 5))
    assert dv.dual_sobolev_squared(near, far, LINE) == np.inf
    assert np.isfinite(dv.dual_sobolev_squared(near, far, LINE, np.ones_like(LINE)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((P[0], Q[0], LINE), "another grid"),
        ((LINE, LINE, LINE[::-1]), "not sorted"),
        ((-np.ones(3), np.ones(3), np.arange(3.0)), "p "),
        ((np.zeros(3), np.ones(3), np.arange(3.0)), "some mass"),
    ],
)
def test_dual_sobolev_norm_refuses_bad_grids(arguments, message):
    with pytest.raises(ValueError, match=message):
        dv.dual_sobolev_squared(*arguments)


def test_energy_distance_on_a_line_is_scipys(rng):
    x, y = rng.normal(size=(40, 1)), rng.normal(1.0, 2.0, size=(30, 1))
    known = stats.energy_distance(x[:, 0], y[:, 0]) ** 2
    found = dv.energy_distance(x, y, unbiased=False)
    np.testing.assert_allclose(found, known, rtol=1e-12)


def test_energy_distance_is_unbiased(rng):
    sets = rng.normal(size=(400, 2, 10, 3))
    found = np.array([dv.energy_distance(*pair) for pair in sets])
    assert abs(found.mean()) < 4 * found.std(ddof=1) / 20
    biased = dv.energy_distance(*sets[0], unbiased=False)
    assert biased > found[0] and biased > 0
