"""Packing: what is joined, and that the trainer accepts it."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data, penalties
from gan_utils.networks import models, packing
from gan_utils.training import GAN


def test_points_are_joined_side_by_side_in_order():
    x = jnp.arange(12.0).reshape(6, 2)
    np.testing.assert_array_equal(packing.pack(x, 3)[0], [0, 1, 2, 3, 4, 5])
    np.testing.assert_array_equal(packing.pack(x, 1), x)


def test_images_are_joined_as_channels():
    x = jnp.arange(4 * 2 * 2 * 1.0).reshape(4, 2, 2, 1)
    packs = packing.pack(x, 2)
    assert packs.shape == (2, 2, 2, 2)
    np.testing.assert_array_equal(packs[1, :, :, 0], x[2, :, :, 0])
    np.testing.assert_array_equal(packs[1, :, :, 1], x[3, :, :, 0])


def test_every_sample_of_a_pack_gets_its_logit():
    inner = models.mlp_discriminator(4, (8,))
    recipe = packing.packed(inner, 2)
    variables = models.init(recipe, jax.random.key(0))
    x = jax.random.normal(jax.random.key(1), (6, 2))
    logits = models.apply(recipe, variables, x)[0]
    assert logits.shape == (6,)
    np.testing.assert_array_equal(logits[0::2], logits[1::2])
    changed = models.apply(recipe, variables, x.at[0].add(1.0))[0]
    assert changed[1] != logits[1], "a neighbour in the pack must count"
    np.testing.assert_array_equal(changed[2:], logits[2:])
    assert models.parameter_count(recipe) == models.parameter_count(inner)


@pytest.mark.parametrize("size", [2, 3, 11])
def test_a_packed_gan_takes_a_step(size):
    gan = GAN(
        generator=models.mlp_generator(2, (8,), 2),
        discriminator=packing.packed(models.mlp_discriminator(2 * size, (8,)), size),
        latent=2,
    )
    state = gan.init(jax.random.key(0))
    _, report = jax.jit(gan.step)(state, data.ring().sample(jax.random.key(1), 66))
    assert np.isfinite(report.d_loss) and np.isfinite(report.g_loss)


def test_a_penalty_on_packs_is_refused():
    with pytest.raises(ValueError, match="rows are independent"):
        GAN(
            generator=models.mlp_generator(2, (8,), 2),
            discriminator=packing.packed(models.mlp_discriminator(4, (8,)), 2),
            latent=2,
            penalty=penalties.r1,
        )


@pytest.mark.parametrize(
    ("shape", "size", "message"),
    [
        ((5, 2), 2, "odd batch"),
        ((4,), 2, "expected shape"),
        ((4, 2), 0, "size is int 0"),
    ],
)
def test_bad_packs_are_refused(shape, size, message):
    with pytest.raises(ValueError, match=message):
        packing.pack(jnp.zeros(shape), size)
