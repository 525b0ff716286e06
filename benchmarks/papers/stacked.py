"""Stacked MNIST, setting U: how many of 1,000 triples of digits a small GAN makes.

Data, noise, batch, rates and the size of D (a quarter of G's channels) are those of the
published rows; so are the 26,000 samples. Departures: G starts from 7 x 7 x 32, not
from 4 x 4 x 64; D's first layer is not normalised; samples are drawn with running
averages; the steps, which the label gives. A published row had 500,000.

The row of our recipe has G as the others and a D of 32 and 64 channels and a dense
layer, without batch normalisation: what one would use, not the handicap of the setting.
"""

import dataclasses
from functools import partial

import jax
import numpy as np

from benchmarks.papers import runs
from gan_utils import data, losses, metrics, penalties
from gan_utils.networks import models, packing
from gan_utils.training import GAN
from gan_utils.training.recipes import Recipe
from gan_utils.training.recipes.recipe import r3gan

STEPS = {"cpu": 2000, "full": 500_000}
SEEDS, SAMPLES, PART = 4, 26_000, 1000
KINDS = 1000  # triples of digits
SHAPE = (28, 28, 3)
PUBLISHED = {
    "DCGAN": "PacGAN's DCGAN 78.5 +- 17.6 modes, KL 5.21 +- .19; 50 trials, s.e.",
    "PacDCGAN2": "484.5 +- 33.0 modes, KL 2.61 +- .22",
    "PacDCGAN4": "667.4 +- 29.0 modes, KL 1.81 +- .15",
}
generator = models.conv_generator(
    256, (32, 16, 8), SHAPE, batch_norm=True, kernel_size=3, strides=(2, 2, 1)
)


def rows(table, budget, work, only=None):
    """Yield the oracle's row, then one for each method."""
    train = data.mnist(dtype="uint8", download="required")
    source = data.stacked(train.x)
    yield _oracle(train.y)
    for name, recipe, told in methods(STEPS[budget]):
        if not only or name in only:
            row = _row(name, recipe, source, work)
            published = PUBLISHED.get(name, "not published")
            yield row | {"published": published, "label": told}


def methods(steps: int) -> list[tuple[str, Recipe, str]]:
    """List name, recipe and label, our recommended recipe first."""
    told = (
        f"setting U, reduced budget: {steps:,} of 500,000 steps, G from 7 x 7 x 32, "
        "D's first layer not normalised, samples by running averages of the batches"
    )
    best = "recommended: RpGAN + R1 + R2"
    return [
        (best, ours(steps), f"recommended; {steps:,} steps of 64, a larger D"),
        ("DCGAN", packed(steps, 1), told),
        ("PacDCGAN2", packed(steps, 2), told),
        ("PacDCGAN4", packed(steps, 4), told),
    ]


def leaky_third(x):
    """Keep 0.3 of what is below zero, as the published discriminators do."""
    return jax.nn.leaky_relu(x, 0.3)


def packed(steps: int, size: int) -> Recipe:
    """Make the published GAN, its discriminator scoring packs of `size` images."""
    inner = models.conv_discriminator(
        (28, 28, 3 * size),
        (2, 4, 8),
        batch_norm=True,
        activation=leaky_third,
        kernel_size=3,
    )
    discriminator = inner if size == 1 else packing.packed(inner, size)
    gan = GAN(generator, discriminator, latent=256, loss=losses.nonsaturating)
    rates = dict(d_learning_rate=2e-4, g_learning_rate=1e-4)
    hyper = rates | dict(beta1=0.5, beta2=0.99, ema_decay=0.0)
    return Recipe(gan, hyper, steps, batch_size=128)


def ours(steps: int) -> Recipe:
    """Make our recipe with the same generator, penalties on a quarter of each batch."""
    discriminator = models.conv_discriminator(SHAPE, (32, 64), hidden=(256,))
    recipe = r3gan(
        generator,
        discriminator,
        latent=256,
        steps=steps,
        batch_size=64,
        rate=(2e-3, 2e-5),
    )
    on_quarter = penalties.on_part(penalties.r1_r2, 4)
    return recipe._replace(gan=dataclasses.replace(recipe.gan, penalty=on_quarter))


def _row(name, recipe, source, work) -> dict:
    each = runs.each_seed(
        runs.folder_of(work, name),
        [recipe.gan.describe(), str(recipe[1:])],
        SEEDS,
        partial(_score, recipe, source),
    )
    row = runs.summary(each)
    return row | {
        "all_modes": runs.with_all_modes(row, KINDS),
        "method": name,
        "seeds": SEEDS,
        "steps": recipe.steps,
        "high_quality": None,  # every image counts here
    }


def _score(recipe, source, seed, folder) -> dict:
    init_key, sample_key = jax.random.split(jax.random.key(seed))
    state = runs.trained(recipe, recipe.init(init_key), source, folder)
    classes = [
        metrics.stacked_classes(np.asarray(recipe.gan.sample(state, key, PART)))
        for key in jax.random.split(sample_key, SAMPLES // PART)
    ]
    return metrics.stacked_report(np.concatenate(classes))._asdict()


def _oracle(digits) -> dict:
    found = metrics.stacked_oracle(digits, SAMPLES)
    return {
        "method": "oracle: true digits",
        "seeds": 10,
        "steps": 0,
        **{key: float(value) for key, value in found.mean._asdict().items()},
        "spread": {key: float(value) for key, value in found.std._asdict().items()},
        "high_quality": None,
        "published": "0.0235 expected",
        "label": "a perfect generator's score",
    }
