"""Losses: independent float64 references, finite differences, extremes, identities."""

import inspect

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import losses, objectives
from gan_utils.numerics import float64


def sigmoid(t):
    return 1 / (1 + np.exp(-t))


REFERENCES = {  # written from the formulas on probabilities, in NumPy float64
    "minimax": lambda r, f: (
        -np.log(sigmoid(r)) - np.log(1 - sigmoid(f)),
        np.log(1 - sigmoid(f)),
    ),
    "nonsaturating": lambda r, f: (
        -np.log(sigmoid(r)) - np.log(1 - sigmoid(f)),
        -np.log(sigmoid(f)),
    ),
    "least_squares": lambda r, f: ((r - 1) ** 2 / 2 + f**2 / 2, (f - 1) ** 2 / 2),
    "hinge": lambda r, f: (np.maximum(0, 1 - r) + np.maximum(0, 1 + f), -f),
    "wasserstein": lambda r, f: (f - r, -f),
    "relativistic": lambda r, f: (-np.log(sigmoid(r - f)), -np.log(sigmoid(f - r))),
}
NAMES = sorted(REFERENCES)


def logits(n=200, scale=5.0, seed=0):
    return np.random.default_rng(seed).normal(scale=scale, size=(2, n))


def distributions(k=7, seed=0, rows=2):
    return np.random.default_rng(seed).dirichlet(np.ones(k), size=rows)


def test_every_loss_has_a_reference():
    assert set(losses.LOSSES) == set(REFERENCES)


@pytest.mark.parametrize("name", NAMES)
def test_loss_matches_reference(name):
    real, fake = logits()
    with float64():
        computed = losses.LOSSES[name](jnp.asarray(real), jnp.asarray(fake))
    expected = REFERENCES[name](real, fake)
    np.testing.assert_allclose(
        computed.discriminator, expected[0], rtol=1e-9, atol=1e-14
    )
    np.testing.assert_allclose(computed.generator, expected[1], rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_loss_in_float32_matches_reference(name):
    real, fake = logits(scale=3.0)
    computed = losses.LOSSES[name](jnp.float32(real), jnp.float32(fake))
    for got, expected in zip(computed, REFERENCES[name](real, fake), strict=True):
        assert got.dtype == jnp.float32
        np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("player", ["discriminator", "generator"])
def test_gradients_match_finite_differences(name, player):
    real, fake = logits(50, scale=2.0, seed=1)
    step = 1e-5

    def total(real, fake):
        return getattr(losses.LOSSES[name](real, fake), player).sum()

    with float64():
        gradients = jax.grad(total, argnums=(0, 1))(jnp.array(real), jnp.array(fake))

    def reference(real, fake):
        return REFERENCES[name](real, fake)[player == "generator"] + 0 * real

    by_real = reference(real + step, fake) - reference(real - step, fake)
    by_fake = reference(real, fake + step) - reference(real, fake - step)
    np.testing.assert_allclose(gradients[0], by_real / (2 * step), atol=1e-8)
    np.testing.assert_allclose(gradients[1], by_fake / (2 * step), atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_extreme_logits_stay_finite(name):
    extreme = jnp.array([-1e4, -88.0, -0.0, 0.0, 88.0, 1e4])
    real, fake = (a.ravel() for a in jnp.meshgrid(extreme, extreme))
    loss = losses.LOSSES[name]
    for player in ("discriminator", "generator"):
        value, gradients = jax.value_and_grad(
            lambda r, f, player=player: getattr(loss(r, f), player).sum(), (0, 1)
        )(real, fake)
        assert np.isfinite([value]).all()
        assert np.isfinite(gradients).all()


@pytest.mark.parametrize("name", NAMES)
def test_losses_are_per_sample_and_differentiable_twice(name):
    real, fake = jnp.float32(logits(5))
    loss = losses.LOSSES[name]
    assert loss(real, fake).discriminator.shape == (5,)
    assert loss(real, fake).generator.shape == (5,)
    one = [loss(real[i : i + 1], fake[i : i + 1]) for i in range(5)]
    np.testing.assert_allclose(
        loss(real, fake).discriminator, [x.discriminator[0] for x in one], rtol=1e-6
    )
    hessian = jax.hessian(lambda f: loss(real, f).generator.sum())(fake)
    assert np.isfinite(hessian).all()


@pytest.mark.parametrize("name", NAMES)
def test_losses_reward_the_right_player(name):
    """D gains by raising data or lowering fakes, G by raising fakes."""
    loss, low, high = losses.LOSSES[name], jnp.array([0.2]), jnp.array([0.4])
    assert loss(high, low).discriminator < loss(low, low).discriminator
    assert loss(low, high).discriminator > loss(low, low).discriminator
    assert loss(low, high).generator < loss(low, low).generator


def test_minimax_is_zero_sum_in_the_fakes():
    real, fake = jnp.float32(logits(20))
    d = jax.grad(lambda f: losses.minimax(real, f).discriminator.sum())(fake)
    g = jax.grad(lambda f: losses.minimax(real, f).generator.sum())(fake)
    np.testing.assert_allclose(d, -g, rtol=1e-6)


def test_relativistic_sees_only_differences():
    real, fake = jnp.float32(logits(20))
    moved = losses.relativistic(real + 3, fake + 3)
    np.testing.assert_allclose(
        losses.relativistic(real, fake).discriminator, moved.discriminator, atol=1e-5
    )


def test_default_targets_are_zero_one_one():
    parameters = inspect.signature(losses.least_squares).parameters
    assert [parameters[name].default for name in "abc"] == [0, 1, 1]


# Identities at the best discriminator, on discrete distributions.


def expectation(loss, score, p, q):
    """Return both players' expected losses, over independent pairs of outcomes."""
    shape = (score.size, score.size)
    real = jnp.broadcast_to(score[:, None], shape).ravel()
    fake = jnp.broadcast_to(score[None, :], shape).ravel()
    weights = jnp.outer(jnp.asarray(p), jnp.asarray(q)).ravel()
    return losses.PlayerLosses(*(weights @ x for x in loss(real, fake)))


@pytest.mark.parametrize("seed", range(5))
def test_least_squares_value_is_the_pearson_form(seed):
    p, q = distributions(seed=seed)
    score = objectives.least_squares_discriminator(p, q, a=-1.0, b=1.0)
    twice = (p * score**2).sum() + (q * score**2).sum()  # 2 C(G) with c = 0
    np.testing.assert_allclose(twice, ((p - q) ** 2 / (p + q)).sum(), rtol=1e-13)


@pytest.mark.parametrize(("a", "b"), [(-1.0, 1.0), (0.0, 1.0), (0.3, 2.0)])
def test_least_squares_discriminator_is_stationary(a, b):
    p, q = distributions(seed=3)

    def loss(score):
        def pair(r, f):
            return losses.least_squares(r, f, a=a, b=b)

        return expectation(pair, score, p, q).discriminator

    with float64():
        best = jnp.asarray(objectives.least_squares_discriminator(p, q, a, b))
        np.testing.assert_allclose(jax.grad(loss)(best), 0, atol=1e-14)


@pytest.mark.parametrize("seed", range(5))
def test_hinge_value_is_two_minus_twice_total_variation(seed):
    p, q = distributions(seed=seed)
    grid = np.linspace(-3, 3, 601)
    per_outcome = p[:, None] * np.maximum(0, 1 - grid)
    per_outcome = per_outcome + q[:, None] * np.maximum(0, 1 + grid)
    np.testing.assert_allclose(
        per_outcome.min(1).sum(), 2 - np.abs(p - q).sum(), rtol=1e-12
    )
    with float64():
        score = jnp.sign(jnp.asarray(p - q))
        loss = expectation(losses.hinge, score, p, q).discriminator
    np.testing.assert_allclose(loss, 2 - np.abs(p - q).sum(), rtol=1e-12)


def generator_gradient(generator_loss, p, theta):
    """Return the gradient in theta of E_q[loss(score)], q = softmax, D* held fixed."""
    held = jax.nn.softmax(theta)
    score = jax.lax.stop_gradient(jnp.log(p) - jnp.log(held))

    def loss(theta):
        pair = generator_loss(0 * score, score)
        return jax.nn.softmax(theta) @ pair.generator

    return jax.grad(loss)(theta)


@pytest.mark.parametrize("seed", range(5))
def test_generator_gradients_at_the_best_discriminator(seed):
    """Minimax follows 2 JS, non-saturating KL(q||p) - 2 JS, and their sum KL(q||p)."""
    p = distributions(seed=seed, rows=1)[0]
    theta = np.random.default_rng(seed).normal(size=7)

    def kl(theta, p):
        q = jax.nn.softmax(theta)
        return q @ (jnp.log(q) - jnp.log(p))

    def two_js(theta, p):
        q = jax.nn.softmax(theta)
        m = (p + q) / 2
        return p @ (jnp.log(p) - jnp.log(m)) + q @ (jnp.log(q) - jnp.log(m))

    with float64():
        p, theta = jnp.asarray(p), jnp.asarray(theta)
        minimax = generator_gradient(losses.minimax, p, theta)
        nonsaturating = generator_gradient(losses.nonsaturating, p, theta)
        slope_kl, slope_js = jax.grad(kl)(theta, p), jax.grad(two_js)(theta, p)
    np.testing.assert_allclose(minimax, slope_js, atol=1e-14)
    np.testing.assert_allclose(nonsaturating, slope_kl - slope_js, atol=1e-14)
    np.testing.assert_allclose(minimax + nonsaturating, slope_kl, atol=1e-14)


@pytest.mark.parametrize("seed", range(3))
def test_relativistic_critic_is_the_log_ratio_up_to_a_constant(seed):
    p, q = distributions(seed=seed)

    def loss(score):
        return expectation(losses.relativistic, score, p, q).discriminator

    with float64():
        for constant in (0.0, -4.2):
            score = jnp.asarray(np.log(p / q) + constant)
            np.testing.assert_allclose(jax.grad(loss)(score), 0, atol=1e-15)
        smallest = float(loss(score))
    real_first, fake_first = np.outer(p, q), np.outer(q, p)
    middle = (real_first + fake_first) / 2
    js = 0.5 * (real_first * np.log(real_first / middle)).sum()
    js += 0.5 * (fake_first * np.log(fake_first / middle)).sum()
    assert smallest == pytest.approx(np.log(2) - js, abs=1e-13)
    assert objectives.pairing_value(np.log(p / q), p, q) == pytest.approx(-smallest)
