"""gan_utils: the recipe for digits, by the runner that `train` uses."""

import jax
import numpy as np

from gan_utils.data import batches
from gan_utils.training.recipes import mlp28
from gan_utils.training.runner import run


class Ours:
    """`mlp28`; its samples come from the averaged generator."""

    chunk = 20

    def __init__(self, x: np.ndarray, seed: int):
        recipe = mlp28(2000)
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
