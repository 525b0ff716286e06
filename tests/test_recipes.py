"""Recipes are complete: they build, step and sample. Their results are judged in the
notebooks, which train them to the end."""

import jax
import numpy as np
import pytest
from scipy.ndimage import correlate1d

from gan_utils import data
from gan_utils.training import recipes, train

SOURCES = {
    "ring8": data.ring(),
    "clusters": data.grid(),
    "digits_mlp": data.mnist_sample().x[:300],
}


@pytest.mark.parametrize("name", SOURCES)
def test_recipe_steps_and_samples(name):
    recipe = getattr(recipes, name)(steps=20)
    assert recipe.steps == 20
    state = recipe.init(jax.random.key(0))
    state, history = train(
        recipe.gan, state, SOURCES[name], 2, recipe.batch_size, progress=False
    )
    assert len(history) == 2 and history.stopped is None
    samples = recipe.gan.sample(state, jax.random.key(1), 3)
    assert samples.shape == (3, *recipe.gan.sample_shape)
    assert np.isfinite(samples).all()


def test_smoothing_agrees_with_scipy_inside_and_keeps_a_flat_image():
    x = np.random.default_rng(0).normal(size=(2, 28, 20, 3)).astype("float32")
    expected = x
    for axis in (1, 2):
        expected = correlate1d(expected, [0.25, 0.5, 0.25], axis=axis)
    got = np.asarray(recipes.smooth_tanh(x))
    np.testing.assert_allclose(
        got[:, 1:-1, 1:-1], np.tanh(expected)[:, 1:-1, 1:-1], atol=1e-6
    )
    flat = np.full((1, 9, 9, 1), 0.7, "float32")
    np.testing.assert_allclose(recipes.smooth_tanh(flat), np.tanh(flat), rtol=1e-6)
