"""The ensemble wall: one setting with many seeds, in one vectorised run."""

import jax
import numpy as np

from gan_utils import validate
from gan_utils.engine import run
from gan_utils.lab import densities, measures, view
from gan_utils.lab.frame import Wall
from gan_utils.lab.show import data_of
from gan_utils.lab.structure import Setup, hyper_of

SHOWN = 400  # points of each member
LEAST = 0.5  # of the data covered: a seed that does well
MOST_SEEDS = 256


def build(setup: Setup, steps: int, seeds: int, checkpoints: int) -> Wall:
    """Play an ensemble and look at it now and then; see `Lab.wall`."""
    validate.count(steps, "steps", minimum=1)
    if validate.count(seeds, "seeds", minimum=1) > MOST_SEEDS:
        raise ValueError(f"seeds is {seeds}; expected 1 to {MOST_SEEDS}.")
    validate.count(checkpoints, "checkpoints", minimum=1)
    gan, data = setup.gan, data_of(setup.source)
    numbers = setup.settings.seed + np.arange(seeds)
    keys = jax.vmap(jax.random.key)(numbers.astype("uint32"))
    state = gan.init_ensemble(keys, **hyper_of(setup.settings))
    ends = np.unique(np.linspace(0, steps, checkpoints + 1).round().astype(int)[1:])
    z = view.noise(gan.latent)[: view.SAMPLE // 5]
    cover, fake = [], None
    for n in np.diff(ends, prepend=0):
        state, _ = run(gan, state, setup.batches, int(n))
        fake = np.asarray(_all(gan, state, z))
        cover.append([_covered(data, x) for x in fake])
    cover = np.stack(cover, 1)
    points = np.where(np.isfinite(fake), fake, np.nan)
    return Wall(
        seeds=numbers,
        steps=ends,
        fake=view.plane(points[:, :SHOWN]),
        covered=cover,
        survival=(cover >= LEAST).mean(0),
    )


def _all(gan, state, z):
    return gan.generate(state, z, ema=False)


def _covered(data: measures.Data, x: np.ndarray) -> float:
    if not np.isfinite(x).all():
        return 0.0
    return measures.covered(data.p, densities.counted(x))
