"""Class-conditional networks: what a label changes, and what refuses to lack one."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils.networks import models
from gan_utils.training import GAN, recipes, train
from gan_utils.training.recipes import conditional

KEY = jax.random.key(0, impl="rbg")
G, D = models.mlp_generator(2, (8,), 2), models.mlp_discriminator(2, (8,))
PAIR = conditional(GAN(G, D, latent=2), classes=3)


def blobs(n: int = 300):
    """Draw points of three classes around three corners."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, n).astype("int32")
    corners = np.float32([[2, 0], [-2, 0], [0, 2]])
    return corners[y] + 0.1 * rng.normal(size=(n, 2)).astype("float32"), y


def test_the_logit_is_that_of_the_image_plus_that_of_the_label():
    variables = models.init(PAIR.discriminator, KEY)
    x = jax.random.normal(KEY, (5, 2))
    labels = [jnp.full(5, k, "int32") for k in range(3)]
    t = [models.apply(PAIR.discriminator, variables, x, y)[0] for y in labels]
    dense, table = variables.params["inner"]["dense0"], variables.params["label"]
    kernel, bias = (np.asarray(dense[name][...]) for name in ("kernel", "bias"))
    before = np.asarray(x) @ kernel + bias
    features = np.maximum(before, 0.2 * before)
    rows = np.asarray(table["embedding"][...])
    np.testing.assert_allclose(t[1] - t[0], features @ (rows[1] - rows[0]), atol=1e-5)


def test_without_classes_nothing_changes():
    gan = GAN(G, D, latent=2)
    assert conditional(gan, 0) is gan and gan.classes == 0 and PAIR.classes == 3


def test_it_learns_which_label_lies_where():
    x, y = blobs()
    state = PAIR.init(KEY, learning_rate=1e-2, gamma=0.1, ema_decay=0.9)
    state, _ = train(PAIR, state, (x, y), 600, 64, progress=False)
    got = PAIR.sample(state, KEY, 300, y=jnp.asarray(y))
    corners = np.stack([x[y == k].mean(axis=0) for k in range(3)])
    found = np.stack([np.asarray(got)[y == k].mean(axis=0) for k in range(3)])
    assert np.abs(found - corners).max() < 0.7


def test_labels_are_asked_for_and_checked():
    x, y = blobs()
    state = PAIR.init(KEY)
    with pytest.raises(ValueError, match="images without labels"):
        train(PAIR, state, x, 1, 8, progress=False)
    with pytest.raises(ValueError, match="counted from 1"):
        train(PAIR, state, (x, y + 1), 1, 8, progress=False)
    with pytest.raises(ValueError, match="one-hot"):
        train(PAIR, state, (x, np.eye(3, dtype="float32")[y]), 1, 8, progress=False)
    with pytest.raises(ValueError, match="only one of the two"):
        GAN(PAIR.generator, D, latent=2)
    with pytest.raises(ValueError, match="latent_size"):
        models.labelled_generator(D, 3)
    with pytest.raises(ValueError, match="features"):
        models.projection_discriminator(G, 3)


def test_classes_come_in_turn_unless_they_are_named():
    state = PAIR.init(KEY)
    z = PAIR.latent.sample(KEY, 6)
    turn = PAIR.generate(state, z)
    named = PAIR.generate(state, z, jnp.arange(6) % 3)
    np.testing.assert_array_equal(turn, named)


def test_labels_of_the_data_do_not_disturb_a_pair_that_reads_none():
    x, y = blobs()
    gan = GAN(G, D, latent=2)
    _, history = train(gan, gan.init(KEY), (x, y), 2, 8, progress=False)
    assert len(history) == 2


@pytest.mark.parametrize("name", recipes.IMAGES)
def test_every_image_recipe_has_a_conditional_version(name):
    recipe = recipes.IMAGES[name](steps=10, classes=10)
    assert recipe.gan.classes == 10 and recipe.gan.sample_shape == (28, 28, 1)
