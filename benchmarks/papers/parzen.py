"""Parzen: the first GAN paper's estimator, on real digits, on averages and on ours.

The protocol of arXiv:1406.2661: 10,000 samples in [0, 1], a width chosen among ten on
the first 1,000 validation images, the mean over 10,000 test images. The training set is
the first 50,000 images, the validation set the other 10,000.

The lesson is in the first rows. Fresh real digits are the best that a generator can
make; averages of digits, which nobody would take for data, score higher.
"""

import jax
import numpy as np
from sklearn.cluster import KMeans

from benchmarks.papers import runs
from benchmarks.recipes.ours import patches
from gan_utils import data, metrics

SAMPLES, TRAIN, VALIDATION = 10_000, 50_000, 1000
STEPS = {"cpu": 1500, "full": 20_000}
SEEDS = 3
ROUNDS = 10  # of Lloyd's algorithm
OURS = "recommended: RpGAN + R1 + R2"
QUOTED = "no source at hand"


def rows(table, budget, work, only=None):
    """Yield real digits, k-means centres, and our generator after a budget."""
    train = data.mnist(dtype="uint8", download="required").x
    test = data.mnist("test", dtype="uint8", download="required").x
    seen, validation = train[:TRAIN], train[TRAIN : TRAIN + VALIDATION]
    recipe = patches(STEPS[budget])

    def real(seed, folder):
        return shades(np.random.default_rng(seed).permutation(seen)[:SAMPLES])

    def centres(seed, folder):
        x = shades(seen).reshape(len(seen), -1)
        start = dict(init="random", n_init=1, random_state=seed)
        return KMeans(SAMPLES, max_iter=ROUNDS, **start).fit(x).cluster_centers_

    def ours(seed, folder):
        init_key, sample_key = jax.random.split(jax.random.key(seed))
        start = recipe.init(init_key)
        state = runs.trained(recipe, start, data.pixels(seen), folder)
        parts = [
            np.asarray(recipe.gan.sample(state, key, SAMPLES // 10))
            for key in jax.random.split(sample_key, 10)
        ]
        return (np.concatenate(parts) + 1) / 2

    told = f"reduced budget: {recipe.steps:,} updates of {recipe.batch_size}"
    made = [
        ("oracle: training digits", real, 0, QUOTED, "matched protocol"),
        ("k-means centres", centres, 0, QUOTED, f"matched, {ROUNDS} rounds of Lloyd"),
        (OURS, ours, recipe.steps, "225 +- 2 (2014)", f"recommended; {told}"),
    ]
    for name, draw, steps, published, label in made:
        if not only or name in only:
            row = _row(name, draw, steps, work, validation, test)
            yield row | {"published": published, "label": label}


def shades(x: np.ndarray) -> np.ndarray:
    """Scale bytes to [0, 1], float32."""
    return x.astype("float32") / 255


def _row(name, draw, steps, work, validation, test) -> dict:
    def score(seed, folder) -> dict:
        samples = draw(seed, folder)
        return metrics.parzen(samples, shades(validation), shades(test))._asdict()

    folder = runs.folder_of(work, name)
    each = runs.each_seed(folder, [name, steps], SEEDS, score)
    mean = {key: float(np.mean(values)) for key, values in each.items()}
    spread = float(np.std(each["log_likelihood"], ddof=1))
    return {
        "method": name,
        **mean,
        "computed": f"{mean['log_likelihood']:.1f} +- {mean['standard_error']:.1f}",
        "spread": {"log_likelihood": spread},
        "each": each,
        "seeds": SEEDS,
        "steps": steps,
    }
