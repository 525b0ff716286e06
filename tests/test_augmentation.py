"""Differentiable augmentation: the changes by hand, and a discriminator behind them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import losses, penalties
from gan_utils.networks import augmentation, models
from gan_utils.training import GAN

KEY = jax.random.key(0)
SHAPE = (16, 8, 1)
IMAGES = np.random.default_rng(0).uniform(-1, 1, (400, *SHAPE)).astype("float32")


def test_a_shift_moves_every_pixel_alike_and_fills_with_black():
    found = np.asarray(augmentation.translate(KEY, jnp.asarray(IMAGES)))
    seen = set()
    for before, after in zip(IMAGES, found, strict=True):
        fits = [
            (down, across)
            for down in range(-2, 3)
            for across in range(-1, 2)
            if np.allclose(after, moved(before, down, across), atol=1e-6)
        ]
        assert len(fits) == 1
        seen.add(fits[0])
    assert len(seen) == 15  # every shift that there is, up to an eighth of each side


def moved(image, down, across):
    """Shift an image by slices."""
    found = np.full_like(image, -1)
    height, width = image.shape[:2]
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - across < width:
                found[i, j] = image[i - down, j - across]
    return found


def test_a_hole_is_a_black_rectangle_of_half_a_side_or_less():
    found = np.asarray(augmentation.cut_out(KEY, jnp.asarray(IMAGES)))
    hole = (found != IMAGES)[..., 0]
    assert np.all(found[hole] == -1)
    sizes = {(int(h.any(1).sum()), int(h.any(0).sum()), int(h.sum())) for h in hole}
    assert all(tall * wide == area for tall, wide, area in sizes)
    assert max(tall for tall, _, _ in sizes) == 8
    assert max(wide for _, wide, _ in sizes) == 4


def test_light_is_one_number_an_image():
    change = np.asarray(augmentation.brighten(KEY, jnp.asarray(IMAGES))) - IMAGES
    light = change.mean((1, 2, 3))
    np.testing.assert_allclose(
        change, light[:, None, None, None] + 0 * change, atol=1e-6
    )
    assert -0.5 <= light.min() < -0.45 and 0.45 < light.max() <= 0.5


def recipe(policy=("translation", "cutout", "brightness")):
    return augmentation.augmented(models.mlp_discriminator(SHAPE, (8,)), policy)


def test_in_evaluation_nothing_changes_and_in_training_every_call_does():
    network = recipe()
    variables = models.init(network, KEY)
    x = jnp.asarray(IMAGES[:4])
    still = models.apply(network, variables, x)[0]
    again, after = models.apply(network, variables, x, train=True)
    third, _ = models.apply(network, after, x, train=True)
    assert still.shape == (4,)
    assert not np.allclose(still, again) and not np.allclose(again, third)
    np.testing.assert_array_equal(models.apply(network, after, x)[0], still)


def test_gradients_pass_through_every_change():
    x = jnp.asarray(IMAGES[:2])
    for name, change in augmentation.POLICIES.items():
        slope = jax.grad(lambda x, f=change: f(KEY, x).sum())(x)
        share = float(slope.mean())
        assert np.isin(slope, (0, 1)).all(), name
        assert share == 1 if name == "brightness" else 0.4 < share < 1, name


def test_a_gan_takes_a_step_with_penalties():
    gan = GAN(
        models.mlp_generator(2, (8,), SHAPE),
        recipe("translation"),
        latent=2,
        loss=losses.relativistic,
        penalty=penalties.r1_r2,
    )
    state = gan.init(KEY, gamma=0.1)
    after, report = jax.jit(gan.step)(state, jnp.asarray(IMAGES[:8]))
    assert np.isfinite(report.d_loss) and np.isfinite(report.g_loss)
    before, now = (
        jax.random.key_data(s.d.variables.rest["key"][...]) for s in (state, after)
    )
    assert not np.array_equal(before, now)


@pytest.mark.parametrize("policy", [(), ("rotation",)])
def test_a_policy_that_is_none_is_refused(policy):
    with pytest.raises(ValueError, match="policy is"):
        recipe(policy)
