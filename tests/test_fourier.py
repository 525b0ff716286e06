"""Fourier features: what the inner network reads, and what is trained."""

import jax
import numpy as np
import pytest

from gan_utils.networks import fourier, models

X = np.random.default_rng(0).normal(size=(5, 2)).astype("float32")


def test_the_inner_network_reads_sines_and_cosines_of_the_kept_frequencies():
    inner = models.mlp_discriminator(8, (), init_std=1.0)  # linear: its weights show
    recipe = fourier.fourier(inner, size=2, count=3, scale=2.0)
    variables = models.init(recipe, jax.random.key(0))
    (frequencies,) = jax.tree.leaves(variables.rest)
    weights = {leaf.shape: leaf for leaf in jax.tree.leaves(variables.params)}
    phase = X.astype(float) @ np.asarray(frequencies, float)
    features = np.concatenate([X, np.sin(phase), np.cos(phase)], axis=1)
    expected = features @ weights[8, 1][:, 0] + weights[1,]
    logits, after = models.apply(recipe, variables, X, train=True)
    np.testing.assert_allclose(logits, expected, atol=1e-5)
    np.testing.assert_array_equal(jax.tree.leaves(after.rest)[0], frequencies)


def test_frequencies_have_the_scale_and_differ_between_seeds():
    inner = models.mlp_discriminator(2 + 4000, ())
    recipe = fourier.fourier(inner, size=2, count=2000, scale=3.0)
    drawn = [
        np.asarray(jax.tree.leaves(models.init(recipe, jax.random.key(s)).rest)[0])
        for s in (0, 1)
    ]
    assert drawn[0].std() == pytest.approx(3.0, rel=0.06)  # 4 standard errors
    assert abs(np.corrcoef(drawn[0].ravel(), drawn[1].ravel())[0, 1]) < 0.07
    assert models.parameter_count(recipe) == models.parameter_count(inner)


@pytest.mark.parametrize("bad", [{"count": 0}, {"scale": 0.0}, {"size": 0}])
def test_bad_settings_are_refused(bad):
    (name,) = bad
    with pytest.raises(ValueError, match=name):
        fourier.fourier(models.mlp_discriminator(4, ()), **{"size": 2} | bad)
