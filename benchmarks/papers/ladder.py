"""From a plain GAN to R3GAN's recipe on the grid, one change at a time.

Every rung keeps the changes of the rungs before it. Networks, batch and steps are the
same throughout; the first rung has the usual settings of a plain GAN. One rung changes
two numbers of one optimiser, Adam's beta1 and beta2, since the recipe without momentum
uses them together.
"""

import dataclasses

from benchmarks.papers import runs
from benchmarks.papers.clusters import DATA
from benchmarks.papers.runs import Method
from gan_utils import losses, penalties
from gan_utils.networks import models
from gan_utils.training import GAN
from gan_utils.training.recipes import Recipe, clusters

STEPS = {"cpu": 4000, "full": 40_000}


def rows(table, budget, work, only=None):
    """Yield the oracle's row, then one for each rung."""
    distribution = DATA["grid"]()
    yield runs.oracle(distribution)
    for method in rungs(STEPS[budget]):
        if not only or method.name in only:
            yield runs.measure(method, distribution, work)


def rungs(steps: int) -> list[Method]:
    """List the rungs, each with all changes up to it."""
    last = clusters(steps)
    gan = GAN(
        models.mlp_generator(2, (64, 64, 64), 2),
        models.mlp_discriminator(2, (64, 64, 64)),
        latent=2,
        loss=losses.nonsaturating,
    )
    hyper = dict(learning_rate=1e-3, beta1=0.5, beta2=0.999, gamma=0.1, ema_decay=0.0)
    changes = [
        ("GAN", {}, {}),
        ("+ Adam (0, .99)", {}, {"beta1": 0.0, "beta2": 0.99}),
        ("+ R1", {"penalty": penalties.r1}, {}),
        ("+ R2", {"penalty": penalties.r1_r2}, {}),
        ("+ pairing", {"loss": losses.relativistic}, {}),
        ("+ averaged generator", {}, {"ema_decay": last.hyper["ema_decay"]}),
        ("+ falling gamma", {}, {"gamma": last.hyper["gamma"]}),
        ("+ falling rate", {}, {"learning_rate": last.hyper["learning_rate"]}),
        ("+ Fourier features", {"discriminator": last.gan.discriminator}, {}),
    ]
    found = []
    for name, structure, numbers in changes:
        gan, hyper = dataclasses.replace(gan, **structure), hyper | numbers
        label = f"reduced budget: {steps:,} steps, the grid, our networks"
        if name == changes[-1][0]:
            label = f"recommended; {label}"
        recipe = Recipe(gan, hyper, steps, last.batch_size)
        found.append(Method(name, recipe, "R3GAN climbs on FFHQ-256 only", label))
    return found
