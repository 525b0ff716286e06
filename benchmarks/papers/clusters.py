"""2D-ring and 2D-grid: our recommended recipe and four others at the same budget.

All rows but D2L's share the networks: dense, three hidden layers of 64 (PacGAN's have
four of 400 and three of 200 x 5), a 2-d latent, Fourier features before D, data scaled
to unit size. D2L's keeps its own and gets the updates that a quarter of an hour on two
cores has time for; ours takes nine minutes. The rate and beta1 of the rows without
penalties were chosen on the ring among 3e-4, 1e-3 and 3e-3, and 0 and 0.5, by two seeds
of a plain GAN and 4,000 steps: 3e-3 and 0.5 put 95 and 96 % of the samples on 6 and 8
modes. 1e-3 and 0 found 8 and 8 modes, with 76 and 83 %. Their Fourier features are half
as fine as ours, scale 1 in place of 2: with 2, all 16 seeds, GAN and PacGAN2 kept 4.3
and 6.8 modes of the ring (6.4 and 7.8 with 1), 6.6 and 19.3 of the grid (13.8, 21.9).
"""

import dataclasses

from benchmarks.papers import runs
from benchmarks.papers.runs import Method
from gan_utils import data, losses, penalties
from gan_utils.networks import models, packing
from gan_utils.networks.wrappers.fourier import fourier
from gan_utils.training import GAN, cosine
from gan_utils.training.recipes import Recipe, clusters

DATA = {
    "ring": lambda: data.ring(8, radius=1.0, std=0.01),
    "grid": lambda: data.grid(5, spacing=2.0, std=0.05),
}
STEPS = {"cpu": 20_000, "full": 400_000}
SHORT = ", as many as fit into 15 minutes on two cores"
PUBLISHED = {
    ("ring", "GAN"): "PacGAN's GAN 6.3 +- .5 modes, 98.2 +- .2 %, .45 +- .09",
    ("ring", "PacGAN2"): "7.9 +- .1 modes, 95.6 +- 2.0 %, .07 +- .03",
    ("grid", "GAN"): "PacGAN's GAN 17.3 +- .8 modes, 94.8 +- .7 %, .70 +- .07",
    ("grid", "PacGAN2"): "23.8 +- .7 modes, 91.3 +- .8 %, .13 +- .04",
    ("grid", "GAN + R1 + R2"): "D2L, one seed: 25 modes, 3 %, .19",
    ("grid", "D2L's RpGAN + R1 + R2"): "D2L, one seed: 25 modes, 4 %, .22",
}
BEST = {
    "ring": "PacGAN4 7.8 +- .1 modes, 95.9 +- 1.4 %, .07 +- .02",
    "grid": "PacGAN4 24.8 +- .2 modes, 93.6 +- .6 %, .04 +- .01",
}


def rows(table, budget, work, only=None):
    """Yield the oracle's row, then ours, then the rows to compare it with."""
    distribution = DATA[table]()
    yield runs.oracle(distribution)
    for method in methods(table, budget):
        if not only or method.name in only:
            yield runs.measure(method, distribution, work)


def methods(table: str, budget: str) -> list[Method]:
    """List what is trained, our recommended recipe first."""
    steps = STEPS[budget]
    ours = clusters(steps)
    regularised = dataclasses.replace(ours.gan, loss=losses.nonsaturating)
    told = {
        "cpu": f"reduced budget: {steps:,} steps of 256 in place of 400,000 of 100",
        "full": "the published number of steps",
    }[budget]
    told += ", smaller networks, Fourier features before D, data of unit size"
    made = [
        ("recommended: RpGAN + R1 + R2", ours, f"recommended; {told}"),
        ("GAN + R1 + R2", ours._replace(gan=regularised), told),
        ("GAN", plain(steps), told),
        ("PacGAN2", packed(steps), told),
    ]
    found = [
        Method(name, recipe, _published(table, name), label)
        for name, recipe, label in made
    ]
    return [*found, _d2l(table, budget)]


def _published(table, name) -> str:
    if name.startswith("recommended"):
        return BEST[table]
    return PUBLISHED.get((table, name), "not published")


def plain(steps: int, size: int = 2) -> Recipe:
    """Make a GAN without penalties, as well as we could tune it."""
    discriminator = fourier(
        models.mlp_discriminator(size + 32, (64, 64, 64)), size, count=16
    )
    gan = GAN(
        models.mlp_generator(2, (64, 64, 64), 2),
        discriminator if size == 2 else packing.packed(discriminator, size // 2),
        latent=2,
        loss=losses.nonsaturating,
    )
    hyper = dict(learning_rate=cosine(3e-3, 0.0, steps), beta1=0.5, beta2=0.99)
    return Recipe(gan, hyper, steps, batch_size=256)


def packed(steps: int) -> Recipe:
    """Make the same GAN with a discriminator of pairs."""
    return plain(steps, size=4)


def _d2l(table, budget) -> Method:
    """Make D2L's recipe with its own networks, rates and step size."""
    steps = {"cpu": 5000, "full": 20_000}[budget]
    gan = GAN(
        models.mlp_generator(64, (256, 256), 2),
        models.mlp_discriminator(2, (256, 256)),
        latent=64,
        loss=losses.relativistic,
        penalty=penalties.r1_r2,
    )
    hyper = dict(learning_rate=2e-4, beta1=0.0, beta2=0.99, gamma=1.0, ema_decay=0.0)
    name = "D2L's RpGAN + R1 + R2"
    return Method(
        name,
        Recipe(gan, hyper, steps, batch_size=256),
        PUBLISHED.get((table, name), "not published"),
        f"its own networks and settings, {steps:,} of its 20,000 steps"
        f"{SHORT if steps < 20_000 else ''}",
        unit=False,
    )
