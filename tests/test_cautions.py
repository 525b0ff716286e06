"""Images in [0, 1] where [-1, 1] is meant: one sentence, and only where it is so."""

import warnings
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data, metrics, plots, validate, widgets
from gan_utils.networks import models
from gan_utils.training import GAN, train

DIGITS = data.mnist_sample().x[:60]
WRONG = (DIGITS + 1) / 2
KEY = jax.random.key(0)
GANS = GAN(
    models.mlp_generator(4, (8,), (28, 28, 1), output=jnp.tanh),
    models.mlp_discriminator((28, 28, 1), (8,)),
    latent=4,
)


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Drawn:
    """Somebody's own source."""

    x: jax.Array

    def sample(self, key, n):
        return self.x[jax.random.randint(key, (n,), 0, len(self.x))]


def taught(source):
    return train(GANS, GANS.init(KEY), source, 1, 8, progress=False)


TAKERS = {
    "validate.images": validate.images,
    "batches": lambda x: data.batches(x, 8),
    "train": taught,
    "train, with labels": lambda x: taught((x, np.zeros(len(x), int))),
    "train, a source": lambda x: taught(Drawn(jnp.asarray(x))),
    "step": lambda x: GANS.step(GANS.init(KEY), x[:8]),
    "stacked": data.stacked,
    "bytes": lambda x: data.pixels(np.round(x).astype("uint8")),
    "look": lambda x: metrics.judge().look(x),
    "features": lambda x: metrics.judge().features(x),
    "recognised": lambda x: metrics.judge().recognised(x),
    "judge_report": lambda x: metrics.judge_report(x[:20], x[20:40], x[40:]),
    "stacked_classes": lambda x: metrics.stacked_classes(np.repeat(x[:9], 3, 3)),
    "sheet": plots.sheet,
    "film": lambda x: plots.film([x[:8], x[8:16]]),
    "rows": lambda x: plots.rows({"one": x[:8], "two": x[8:16]}),
    "real or fake": lambda x: widgets.real_or_fake_images(x[:9], x[9:18], {}, rounds=3),
}
COMPARED = {  # with sets in [-1, 1]
    "nearest": lambda x: metrics.nearest(x, DIGITS),
    "memorisation": lambda x: metrics.memorisation(x[:30], DIGITS[:9], x[30:]),
    "neighbours": lambda x: metrics.neighbours(DIGITS, x),
    "two_sample_test": lambda x: metrics.two_sample_test(DIGITS, x),
}


@pytest.mark.parametrize("name", TAKERS | COMPARED)
def test_whatever_takes_images_says_it_once_with_the_remedy(name):
    with pytest.warns(UserWarning) as caught:
        (TAKERS | COMPARED)[name](WRONG)
    assert len(caught) == 1
    assert "255 * x" if name == "bytes" else "2 * x - 1" in str(caught[0].message)
    assert caught[0].filename == __file__  # where the images came from


@pytest.mark.parametrize("name", sorted(TAKERS.keys() - {"bytes", "train, a source"}))
def test_right_images_raise_no_doubt(name):
    TAKERS[name](DIGITS)  # warnings are errors


def test_points_and_images_that_are_no_pixels_may_all_be_above_0():
    positive = np.abs(np.random.default_rng(0).normal(size=(40, 2)))
    data.batches(positive, 8)
    metrics.frechet_distance(positive, positive + 1)
    metrics.nearest(positive, -positive)
    metrics.nearest(WRONG, WRONG)  # parzen windows are made for [0, 1]
    plots.named_images({"a filter": WRONG[0]})
    data.pixels(np.round(127.5 * (DIGITS + 1)).astype("uint8"))


@pytest.mark.parametrize("shade", [0.0, 0.4, 1.0])
def test_one_shade_tells_nothing(shade):
    validate.images(np.full((4, 8, 8, 1), shade))


def test_what_is_made_inside_jit_is_left_alone():
    def score(x):
        validate.image_range(x)
        return validate.images(x).mean()

    assert jax.jit(score)(jnp.asarray(WRONG)) > 0
    state, batch = GANS.init(KEY), jnp.asarray(WRONG[:8])
    jax.jit(GANS.step)(state, batch)


def test_a_loop_in_a_cell_is_not_flooded():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            validate.images(WRONG)
    assert len(caught) == 1
