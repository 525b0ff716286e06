"""A critic trained alone: what it learns, what it is kept from, what is refused."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data, losses, penalties
from gan_utils.networks import models
from gan_utils.training import fit_critic

KEY = jax.random.key(0)
REAL, FAKE = data.gaussian(1.0, 1.0), data.gaussian(-1.0, 1.0)
LINEAR = models.mlp_discriminator(1, ())
SMALL = models.mlp_discriminator(1, (16,))
X = np.linspace(-2, 2, 21, dtype="float32")[:, None]


def logits(recipe, variables, x=X):
    return np.asarray(models.apply(recipe, variables, x)[0])


def test_a_linear_critic_of_two_unit_bumps_finds_the_log_ratio():
    """log p / q of N(1, 1) and N(-1, 1) is 2 x, whatever the seed."""
    for seed in range(3):
        fit = fit_critic(
            LINEAR, jax.random.key(seed), REAL, FAKE, steps=1500, learning_rate=1e-2
        )
        np.testing.assert_allclose(logits(LINEAR, fit.variables), 2 * X[:, 0], atol=0.5)
        best = losses.nonsaturating(
            2 * REAL.sample(KEY, 9999), 2 * FAKE.sample(KEY, 9999)
        )
        np.testing.assert_allclose(
            fit.loss[-500:].mean(), best.discriminator.mean(), atol=0.04
        )


def test_the_same_key_gives_the_same_critic_and_another_key_another():
    fits = [
        fit_critic(SMALL, jax.random.key(s), REAL, FAKE, steps=20) for s in (0, 0, 1)
    ]
    first, again, other = (logits(SMALL, fit.variables) for fit in fits)
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 1e-3


def test_frames_are_snapshots_and_the_last_is_the_result():
    fit = fit_critic(SMALL, KEY, REAL, FAKE, steps=20, frames=4)
    assert fit.loss.shape == (20,)
    assert all(leaf.shape[0] == 4 for leaf in jax.tree.leaves(fit.frames))
    last = jax.tree.map(lambda leaf: leaf[-1], fit.frames)
    np.testing.assert_array_equal(logits(SMALL, last), logits(SMALL, fit.variables))


def test_stored_samples_are_all_that_is_seen():
    """With one datum and one fake, the loss can go to zero."""
    fit = fit_critic(
        SMALL, KEY, np.ones((1, 1)), -np.ones((1, 1)), steps=300, batch_size=1,
        learning_rate=1e-2,
    )  # fmt: skip
    assert fit.loss[-1] < 0.05


def test_clipping_and_penalties_hold_the_slope_down():
    def steepest(**settings):
        fit = fit_critic(
            SMALL, KEY, REAL, data.gaussian(-1.0, 0.1), steps=300, learning_rate=1e-2,
            **settings,
        )  # fmt: skip
        slope = jax.grad(lambda x: models.apply(SMALL, fit.variables, x)[0].sum())(X)
        return float(jnp.abs(slope).max()), fit.variables.params

    free, _ = steepest()
    clipped, params = steepest(clip=0.1)
    assert max(float(jnp.abs(w).max()) for w in jax.tree.leaves(params)) <= 0.1 + 1e-7
    held, _ = steepest(penalty=penalties.r1_r2, gamma=1.0)
    assert clipped < free / 2 and held < free / 2


def test_the_spectral_vector_moves_with_training():
    recipe = models.mlp_discriminator(1, (16, 16), spectral=True)
    start = models.init(recipe, KEY)
    fit = fit_critic(recipe, KEY, REAL, FAKE, steps=50, learning_rate=1e-2)
    before, after = (jax.tree.leaves(v.rest) for v in (start, fit.variables))
    moved = [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]
    assert any(moved)
    slope = jax.grad(lambda x: models.apply(recipe, fit.variables, x)[0].sum())(X)
    assert jnp.abs(slope).max() < 1.1


def test_it_can_be_mapped_over_keys_gamma_and_data():
    keys, gammas = jax.random.split(KEY, 3), jnp.array([0.0, 1.0])
    stored = REAL.sample(KEY, 3 * 40).reshape(3, 40, 1)

    def train(key, gamma, real):
        return fit_critic(
            SMALL, key, real, FAKE, penalty=penalties.r1, gamma=gamma, steps=10,
            batch_size=8,
        ).loss  # fmt: skip

    over = jax.vmap(jax.vmap(train, (None, 0, None)), (0, None, 0))
    assert over(keys, gammas, stored).shape == (3, 2, 10)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"steps": 10, "frames": 3}, "whole number of steps between frames"),
        ({"steps": 0}, "steps is"),
        ({"gamma": -1.0}, "gamma is"),
        ({"learning_rate": 0.0}, "learning_rate is"),
        ({"clip": 0.0}, "clip is"),
        ({"batch_size": 0}, "batch_size is"),
    ],
)
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        fit_critic(SMALL, KEY, REAL, FAKE, **{"steps": 10, **settings})


def test_a_convolution_is_refused_with_the_way_out():
    network = models.conv_discriminator((8, 8, 1), (4,))
    images = np.zeros((4, 8, 8, 1), "float32")
    with pytest.raises(ValueError, match="Jit one step and loop"):
        fit_critic(network, KEY, images, images, batch_size=2)
