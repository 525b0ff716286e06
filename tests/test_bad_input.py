"""What bad input gets: a ValueError that names the argument, what came and why."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data, losses, penalties, validate
from gan_utils.networks import models
from gan_utils.training import GAN, alternating, checkpoints, train

KEY = jax.random.key(0)
RING = data.ring(8, 1.0, 0.05)
IMAGES = np.zeros((20, 28, 28, 1), "float32")


def point_gan(width: int = 8, **settings) -> GAN:
    return GAN(
        generator=models.mlp_generator(2, (width,), 2),
        discriminator=models.mlp_discriminator(2, (width,)),
        latent=2,
        **settings,
    )


def image_gan() -> GAN:
    shape = (28, 28, 1)
    return GAN(
        generator=models.mlp_generator(4, (8,), shape, output=jnp.tanh),
        discriminator=models.mlp_discriminator(shape, (8,)),
        latent=4,
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (IMAGES + 200, "0..255"),
        (IMAGES + 1.5, "standardised"),
        (IMAGES.astype("uint8"), "raw pixels"),
        (IMAGES[..., 0], "channel axis"),
        (np.zeros((20, 784), "float32"), "samples of shape"),
        (np.zeros((20, 28, 28, 3), "float32"), "one channel against three"),
        (np.arange(20), "shape"),
        (IMAGES[:0], "empty"),
        (np.where(IMAGES == 0, np.nan, IMAGES), "NaN"),
        (IMAGES[:5], "batch_size is 16"),
        ((IMAGES, np.zeros(19, "int32")), "one label a sample"),
    ],
)
def test_train_refuses_bad_data(source, message):
    gan = image_gan()
    with pytest.raises(ValueError, match=message):
        train(gan, gan.init(KEY), source, 1, batch_size=16, progress=False)


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        (jnp.zeros((16,)), "labels where images belong"),
        (jnp.zeros((16,), "int32"), "labels where images belong"),
        (jnp.zeros((16, 28, 28, 3)), "3 channels against 1"),
        (jnp.zeros((0, 28, 28, 1)), "empty"),
        (jnp.full((16, 28, 28, 1), 255.0), "0..255"),
        (jnp.full((16, 28, 28, 1), jnp.nan), "NaN"),
        (jnp.zeros((16, 28, 28, 1), "int32"), "raw pixels"),
    ],
)
def test_step_refuses_bad_batches(batch, message):
    gan = image_gan()
    with pytest.raises(ValueError, match=message):
        gan.step(gan.init(KEY), batch)


def test_step_needs_a_draw_for_each_inner_step():
    gan = point_gan(update=alternating(3, 1))
    with pytest.raises(ValueError, match="3 inner steps"):
        gan.step(gan.init(KEY), jnp.zeros((2, 16, 2)))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"steps": -1}, "steps is int -1"),
        ({"steps": 2.5}, "steps"),
        ({"steps": 1, "batch_size": 0}, "batch_size"),
        ({"steps": 1, "frame_every": 0}, "frame_every"),
        ({"steps": 1, "checkpoint_every": 0}, "checkpoint_every"),
    ],
)
def test_train_refuses_bad_numbers(settings, message):
    gan = point_gan()
    with pytest.raises(ValueError, match=message):
        train(gan, gan.init(KEY), RING, progress=False, **settings)


@pytest.mark.parametrize(
    "hyper",
    [
        {"learning_rate": -1e-3},
        {"gamma": -1.0},
        {"beta1": 1.0},
        {"ema_decay": float("nan")},
        {"learning_rate": "fast"},
        {"clip": 0.0},
    ],
)
def test_init_refuses_bad_hyper_parameters(hyper):
    with pytest.raises(ValueError, match=next(iter(hyper))):
        point_gan().init(KEY, **hyper)


def test_networks_that_do_not_fit_are_refused():
    gan = GAN(
        models.mlp_generator(2, (8,), 3), models.mlp_discriminator(2, (8,)), latent=2
    )
    with pytest.raises(ValueError, match="discriminator cannot read samples") as caught:
        gan.init(KEY)
    assert str(caught.value).count("Likely cause") == 1
    with pytest.raises(ValueError, match=r"generator .* expected an nnx"):
        GAN(lambda rngs: "net", models.mlp_discriminator(2, (8,)), latent=2)


def test_penalty_refuses_a_discriminator_that_couples_samples():
    with pytest.raises(ValueError, match="rows are independent"):
        GAN(
            models.conv_generator(4, (8, 4)),
            models.conv_discriminator((28, 28, 1), (4, 8), batch_norm=True),
            latent=4,
            penalty=penalties.r1,
        )


def test_ensemble_needs_one_number_a_member():
    keys = jax.random.split(KEY, 3)
    with pytest.raises(ValueError, match="3 members"):
        point_gan().init_ensemble(keys, gamma=jnp.ones(2))


def saved_run(folder, gan):
    return train(gan, gan.init(KEY), RING, 5, 16, checkpoint_dir=folder, progress=False)


def files_below(folder):
    return {
        p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_used_folder_is_not_overwritten(tmp_path):
    gan = point_gan()
    saved_run(tmp_path, gan)
    before = files_below(tmp_path)
    with pytest.raises(ValueError, match="already holds checkpoints"):
        saved_run(tmp_path, gan)
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("other", [point_gan(16), point_gan(loss=losses.hinge)])
def test_checkpoint_of_another_architecture(tmp_path, other):
    saved_run(tmp_path, point_gan())
    before = files_below(tmp_path)
    with pytest.raises(ValueError, match="another architecture"):
        train(other, other.init(KEY), RING, 9, checkpoint_dir=tmp_path, resume=True)
    assert files_below(tmp_path) == before


def test_truncated_checkpoint(tmp_path):
    gan = point_gan()
    saved_run(tmp_path, gan)
    cut = [p for p in tmp_path.rglob("*") if p.is_file() and p.stat().st_size > 200]
    assert cut
    for path in cut:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ValueError, match="truncated or damaged"):
        checkpoints.restore(tmp_path, gan, gan.init(KEY))


def test_missing_step(tmp_path):
    gan = point_gan()
    with pytest.raises(ValueError, match=r"holds checkpoints of steps \[\]"):
        checkpoints.restore(tmp_path, gan, gan.init(KEY))
    saved_run(tmp_path, gan)
    with pytest.raises(ValueError, match="step 4"):
        checkpoints.restore(tmp_path, gan, gan.init(KEY), step=4)


def test_checkpoint_keeps_the_history(tmp_path):
    gan = point_gan()
    state, history = saved_run(tmp_path, gan)
    back, again = checkpoints.restore(tmp_path, gan, gan.init(jax.random.key(9)))
    assert int(back.step) == 5
    assert np.array_equal(history.d_loss, again.d_loss)
    assert jnp.array_equal(
        gan.sample(state, KEY, 4, ema=False), gan.sample(back, KEY, 4, ema=False)
    )


def test_describe_is_readable():
    text = validate.describe(np.array([[0, 255]], "uint8"))
    assert text == "uint8 array of shape (1, 2), range [0, 255]"


def test_an_ensemble_without_members_is_refused():
    gan = point_gan()
    ensemble = gan.init_ensemble(jax.random.split(KEY, 2))
    none = jax.tree.map(lambda leaf: leaf[:0], ensemble)
    with pytest.raises(ValueError, match="matched none"):
        train(gan, none, RING, 1, batch_size=16, progress=False)
