"""gan_utils: the recipe for digits, by the runner that `train` uses."""

import jax
import numpy as np

from gan_utils.data import batches
from gan_utils.engine import run
from gan_utils.networks import models
from gan_utils.training.recipes import Recipe, r3gan


def patches(steps: int) -> Recipe:
    """Make our recipe: dense layers, and one of overlapping patches of 8 x 8 pixels."""
    shape, window = (28, 28, 1), {"kernel_size": 8, "strides": (4,)}
    return r3gan(
        models.conv_generator(
            64, (32,), shape, activation=models.leaky_relu, hidden=(256, 512), **window
        ),
        models.conv_discriminator(shape, (32,), hidden=(512, 512), **window),
        latent=64,
        steps=steps,
        batch_size=128,
        rate=(2e-3, 2e-5),
    )


class Ours:
    """`patches`; its samples come from the averaged generator."""

    chunk = 20

    def __init__(self, x: np.ndarray, seed: int):
        recipe = patches(2000)
        self.gan = recipe.gan
        self.source = batches(x, recipe.batch_size, self.gan.update.draws)
        run_key, self.key = jax.random.split(jax.random.key(seed))
        self.state = recipe.init(run_key)

    def advance(self) -> None:
        self.state, _ = run(self.gan, self.state, self.source, self.chunk)
        jax.block_until_ready(self.state)

    def samples(self, n: int) -> np.ndarray:
        key = jax.random.fold_in(self.key, self.state.step)
        return np.asarray(self.gan.sample(self.state, key, n))


def make(x: np.ndarray, seed: int) -> Ours:
    """Start one run; what an earlier run compiled is forgotten."""
    jax.clear_caches()
    return Ours(x, seed)
