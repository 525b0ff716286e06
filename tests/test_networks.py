"""Networks as recipes: values that compare, pure functions that survive transforms."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

from gan_utils.by_value import by_value
from gan_utils.networks import models
from gan_utils.networks.models import Variables
from gan_utils.networks.traits import convolves

KEY = jax.random.key(0, impl="rbg")  # compiles faster than the default


class Everything(nnx.Module):
    """One of each thing that stores something besides parameters."""

    def __init__(self, width: int, *, rngs: nnx.Rngs):
        self.spectral = models.mlp_discriminator(2, (4,), spectral=True)(rngs=rngs)
        self.dense = nnx.Linear(2, width, rngs=rngs)
        self.norm = nnx.BatchNorm(width, momentum=0.9, rngs=rngs)
        self.dropout = nnx.Dropout(0.5, rngs=rngs)

    def __call__(self, x):
        return self.dropout(self.norm(self.dense(x))).sum(axis=1) + self.spectral(x)


RECIPE = by_value(partial(Everything, width=8))
X = jax.random.normal(jax.random.key(7), (16, 2))


def same_layout(a, b) -> bool:
    dtypes = jax.tree.map(lambda x, y: x.dtype == y.dtype and x.shape == y.shape, a, b)
    return jax.tree.structure(a) == jax.tree.structure(b) and all(
        jax.tree.leaves(dtypes)
    )


def assert_same(a, b, **tolerance):
    is_key = jax.dtypes.prng_key
    for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        if jnp.issubdtype(x.dtype, is_key):
            x, y = jax.random.key_data(x), jax.random.key_data(y)
        np.testing.assert_allclose(x, y, **tolerance)


def test_recipes_are_values():
    a = models.mlp_generator(2, (64, 64), 2)
    b = models.mlp_generator(2, (64, 64), (2,))
    assert a == b and hash(a) == hash(b)
    assert a != models.mlp_generator(2, (64, 32), 2)
    assert by_value(partial(Everything, width=8)) == RECIPE
    assert len({a, b}) == 1


@pytest.mark.parametrize("value", [[1], {"a": 1}, np.ones(2), (1, [2])])
def test_unhashable_settings_are_refused(value):
    with pytest.raises(ValueError, match="width"):
        by_value(partial(Everything, width=value))


def test_init_follows_its_key():
    assert_same(models.init(RECIPE, KEY), models.init(RECIPE, KEY), rtol=0)
    a, b = (models.init(RECIPE, key).params for key in jax.random.split(KEY))
    assert not np.allclose(a["dense"]["kernel"][...], b["dense"]["kernel"][...])


def test_evaluation_is_deterministic_and_changes_nothing():
    variables = models.init(RECIPE, KEY)
    first, after = models.apply(RECIPE, variables, X)
    second, _ = models.apply(RECIPE, variables, X)
    assert_same(after, variables, rtol=0)
    np.testing.assert_array_equal(first, second)
    alone, _ = models.apply(RECIPE, variables, X[:1])  # no coupling in evaluation
    np.testing.assert_allclose(alone, first[:1], rtol=1e-5)


def test_training_returns_every_update_in_the_same_layout():
    variables = models.init(RECIPE, KEY)
    output, after = models.apply(RECIPE, variables, X, train=True)
    again, _ = models.apply(RECIPE, after, X, train=True)
    assert same_layout(variables, after)
    assert_same(after.params, variables.params, rtol=0)
    assert not np.allclose(output, again)  # another dropout mask
    mean = np.asarray(after.rest["norm"]["mean"][...])
    dense = np.asarray(X) @ np.asarray(variables.params["dense"]["kernel"][...])
    np.testing.assert_allclose(mean, 0.1 * dense.mean(0), rtol=1e-4, atol=1e-6)
    u = [v.rest["spectral"]["dense0"]["u"][...] for v in (variables, after)]
    np.testing.assert_allclose(np.linalg.norm(u[1]), 1, rtol=1e-5)


def test_dropout_silences_the_stated_fraction():
    recipe = models.mlp_discriminator(2, (512,), dropout=0.3)
    module = recipe(rngs=nnx.Rngs(KEY))
    silenced = module.dropout(jnp.ones((50, 512))) == 0
    assert 0.28 < float(silenced.mean()) < 0.32


def test_scan_and_loops_agree_with_plain_calls():
    start = models.init(RECIPE, KEY)

    def step(variables, _):
        output, variables = models.apply(RECIPE, variables, X, train=True)
        return variables, output

    scanned, outputs = jax.jit(lambda v: jax.lax.scan(step, v, None, length=3))(start)
    plain, expected = start, []
    for _ in range(3):
        plain, output = step(plain, None)
        expected.append(output)
    np.testing.assert_allclose(outputs, np.stack(expected), rtol=2e-4, atol=1e-5)
    assert_same(scanned, plain, rtol=2e-4, atol=1e-5)
    looped = jax.lax.fori_loop(0, 3, lambda _, v: step(v, None)[0], start)
    assert_same(looped, plain, rtol=2e-4, atol=1e-5)


def test_vmap_over_parameters_and_the_rest():
    keys = jax.random.split(jax.random.key(0), 3)  # "rbg" draws otherwise in a vmap
    members = jax.vmap(lambda key: models.init(RECIPE, key))(keys)
    run = jax.jit(jax.vmap(lambda v: models.apply(RECIPE, v, X, train=True)))
    outputs, after = run(members)
    assert outputs.shape == (3, 16) and same_layout(members, after)
    for i, key in enumerate(keys):
        alone, _ = models.apply(RECIPE, models.init(RECIPE, key), X, train=True)
        np.testing.assert_allclose(outputs[i], alone, rtol=2e-4, atol=1e-5)


def test_gradients_reach_the_parameters_only():
    variables = models.init(RECIPE, KEY)

    def loss(params):
        output, after = models.apply(
            RECIPE, Variables(params, variables.rest), X, train=True
        )
        return (output**2).mean(), after

    slopes, after = jax.grad(loss, has_aux=True)(variables.params)
    assert jax.tree.structure(slopes) == jax.tree.structure(variables.params)
    assert same_layout(after, variables)
    assert all(np.isfinite(s).all() for s in jax.tree.leaves(slopes))


def test_parameter_counts_by_hand():
    dense = models.mlp_generator(2, (64, 32), (3, 3))
    assert models.parameter_count(dense) == 2 * 64 + 64 + 64 * 32 + 32 + 32 * 9 + 9
    conv = models.conv_generator(16, (32, 8))
    by_hand = (16 + 1) * 7 * 7 * 32 + (16 * 32 + 1) * 8 + (16 * 8 + 1) * 1
    assert models.parameter_count(conv) == by_hand
    spectral = models.mlp_discriminator(2, (8,), spectral=True)
    assert models.parameter_count(spectral) == 3 * 8 + 9  # the vectors are not counted


def holds_convolution(network, given):
    return convolves(network, jnp.zeros((2, *given)))


def test_a_network_knows_what_it_holds():
    assert not holds_convolution(models.mlp_generator(2, (4,), 2), (2,))
    assert not models.couples_samples(models.mlp_generator(2, (4,), 2))
    assert models.couples_samples(models.mlp_generator(2, (4,), 2, batch_norm=True))
    for upsampling in ("transposed", "nearest", "shuffle"):
        recipe = models.conv_generator(4, (4,), (8, 8, 1), upsampling)
        assert holds_convolution(recipe, (4,))
        assert not models.couples_samples(recipe)
    for option in ({"batch_norm": True}, {"minibatch_std": True}):
        assert models.couples_samples(
            models.conv_discriminator((8, 8, 1), (4, 4), **option)
        )
    spectral = models.conv_discriminator((8, 8, 1), (4,), spectral=True)
    assert holds_convolution(spectral, (8, 8, 1))
    assert not models.couples_samples(spectral)
    assert models.couples_samples(models.mlp_discriminator(2, (4,), minibatch_std=True))


@pytest.mark.parametrize(
    "upsampling, batch_norm",
    [("transposed", False), ("nearest", True), ("shuffle", False)],
)
def test_convolutional_generators_make_images(upsampling, batch_norm):
    recipe = models.conv_generator(
        5, (8, 8), (12, 8, 3), upsampling, batch_norm=batch_norm
    )
    variables = models.init(recipe, KEY)
    z = jax.random.normal(KEY, (32, 5))
    images, after = jax.jit(lambda v: models.apply(recipe, v, z, train=True))(variables)
    assert images.shape == (32, 12, 8, 3) and same_layout(variables, after)
    assert 0.3 < float(images.std()) < 0.8 and np.abs(images).max() <= 1


@pytest.mark.parametrize(
    "option",
    [
        {"spectral": True, "dropout": 0.3, "minibatch_std": True},
        {"batch_norm": True},
    ],
)
def test_discriminators_give_one_logit_a_sample(option):
    recipe = models.conv_discriminator((12, 8, 3), (8, 8), **option)
    variables = models.init(recipe, KEY)
    x = jax.random.uniform(KEY, (32, 12, 8, 3), minval=-1)
    logits, after = jax.jit(lambda v: models.apply(recipe, v, x, train=True))(variables)
    assert logits.shape == (32,) and same_layout(variables, after)
    assert np.abs(logits).max() < 5


def test_starting_weights_keep_activations_steady():
    recipe = models.mlp_generator(64, (64,) * 8, 64)
    z = jax.random.normal(KEY, (256, 64))
    out, _ = models.apply(recipe, models.init(recipe, KEY), z)
    assert 0.3 < float(out.std()) < 2  # eight layers neither shrink nor blow it up
    small = models.mlp_generator(64, (64,) * 8, 64, init_std=0.02)
    drawn = models.init(small, KEY)
    kernel = np.asarray(drawn.params["dense3"]["kernel"][...])
    np.testing.assert_allclose(kernel.std(), 0.02, rtol=0.05)


def test_patches_are_written_and_read_by_layers_of_stride_4():
    settings = {"kernel_size": 8, "strides": (4,), "hidden": (16,)}
    generator = models.conv_generator(3, (2,), **settings)
    discriminator = models.conv_discriminator((28, 28, 1), (5,), **settings)
    drawn = models.init(generator, KEY), models.init(discriminator, KEY)
    images, _ = models.apply(generator, drawn[0], jnp.ones((4, 3)))
    logits, _ = models.apply(discriminator, drawn[1], images)
    assert images.shape == (4, 28, 28, 1) and logits.shape == (4,)
    kernels = [drawn[1].params[name]["kernel"].shape for name in ("conv0", "dense0")]
    assert kernels == [(8, 8, 1, 5), (7 * 7 * 5, 16)]


def test_bad_settings_are_named():
    generator = models.mlp_generator(2, (4,), 2)
    variables = models.init(generator, KEY)
    with pytest.raises(ValueError, match="latent of another size"):
        models.apply(generator, variables, jnp.ones((5, 3)))
    with pytest.raises(ValueError, match="hidden is a list"):
        models.mlp_generator(2, [4], 2)
    with pytest.raises(ValueError, match="latent_size"):
        models.mlp_generator(0, (4,), 2)
    with pytest.raises(ValueError, match="dropout"):
        models.mlp_discriminator(2, (4,), dropout=1.0)
    with pytest.raises(ValueError, match="multiples of 8"):
        models.conv_generator(2, (4, 4, 4), (28, 28, 1))
    with pytest.raises(ValueError, match="height, width, channels"):
        models.conv_discriminator((28, 28), (4,))
    with pytest.raises(ValueError, match="upsampling"):
        models.conv_generator(2, (4,), upsampling="bilinear")
    with pytest.raises(ValueError, match="tuple of 1 whole numbers"):
        models.conv_discriminator((28, 28, 1), (4,), strides=(2, 2))
    with pytest.raises(ValueError, match="multiples of 3"):
        models.conv_generator(2, (4,), kernel_size=5, strides=(3,))
    with pytest.raises(ValueError, match="expected all 2"):
        models.conv_generator(2, (4,), upsampling="nearest", strides=(1,))
    with pytest.raises(ValueError, match="channels is empty"):
        models.conv_generator(2, ())
    with pytest.raises(
        ValueError, match="kernel_size is 4 and a stride is 1; expected"
    ):
        models.conv_generator(8, (16, 8), strides=(1, 2))
    with pytest.raises(
        ValueError, match="kernel_size is 3 and a stride is 4; expected"
    ):
        models.conv_generator(8, (16,), kernel_size=3, strides=(4,))
