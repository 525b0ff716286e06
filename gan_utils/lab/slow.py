"""Slow motion: one update in ten named phases, with the arrays that each concerns."""

from collections.abc import Callable, Iterator
from functools import partial

import jax
import numpy as np

from gan_utils.engine import run
from gan_utils.lab.frame import Phase
from gan_utils.lab.loss_readings import shade
from gan_utils.lab.structure import Setup
from gan_utils.lab.view import centres, plane
from gan_utils.networks import models

CAPTIONS = (
    "The generator turns noise into samples",
    "The discriminator judges data and samples",
    "Its loss: how wrong was it, sample by sample?",
    "Its gradient: each sample asks for a higher or a lower score",
    "The discriminator moves",
    "The generator turns fresh noise into samples",
    "The new discriminator judges the samples",
    "The generator's loss: how far from convincing is each sample?",
    "Its gradient: where each sample would like to go",
    "The generator moves",
)


def phases(setup: Setup, state) -> Iterator[Phase]:
    """Take the next update apart; the state itself is not changed.

    Of several steps of a player, the loss and gradient are those of the first, and the
    move is that of all. A player who makes no step has no phases.

    Yields:
        Phases 1 to 5 of the discriminator, then 6 to 10 of the generator. Points are
        (B, 2), judgements (B,) probabilities, "heat" (cells,) row by row from below.
    """
    after, _ = run(setup.gan, state, setup.batches, 1)
    dim = setup.source.dim
    seen = _explain(setup.gan, setup.batches, state, after, centres(dim))
    seen = jax.tree.map(np.asarray, seen)
    rule = setup.gan.update
    for number, (name, arrays) in enumerate(zip(CAPTIONS, seen, strict=True), start=1):
        player = "discriminator" if number <= 5 else "generator"
        if rule.d_steps if number <= 5 else rule.g_steps:
            ready = {k: plane(a) if a.ndim == 2 else a for k, a in arrays.items()}
            yield Phase(number, player, name, ready)


@partial(jax.jit, static_argnames=("gan",))
def _explain(gan, batches, before, after, cells) -> list[dict]:
    """Compute what each phase of an update concerns."""
    real = batches.batch(before.key, before.step).x[0]
    z = gan.latents(before.key, before.step, batches.batch_size)
    z_d, z_g = z[0], z[min(gan.update.d_steps, gan.update.moves - 1)]
    found = (before, after, real, z_d, z_g, cells)
    return explain(gan, *found, gan.loss, shade(gan.loss))


def explain(
    gan, before, after, real, z_d, z_g, cells, loss: Callable, reading: Callable
) -> list[dict]:
    """Compute what each phase concerns, under a loss and its reading.

    Args:
        gan: its two networks are used.
        before, after: states around the update.
        real: data of D's first move, (B, dim).
        z_d, z_g: latents of both players' first moves, (B, size).
        cells: centres of the view's cells, (cells, dim).
        loss: as of `gan_utils.losses`.
        reading: how scores become probabilities, as of `loss_readings.shade`.
    """
    old_g, new_g = before.g.variables, after.g.variables
    old_d, new_d = before.d.variables, after.d.variables

    def make(g, z):
        return models.apply(gan.generator, g, z)[0]

    def judge(d, x):
        return models.apply(gan.discriminator, d, x)[0]

    def readable(d):
        on_real, on_fake = judge(d, real), judge(d, make(old_g, z_d))
        middle = (on_real.mean() + on_fake.mean()) / 2
        spread = jax.numpy.concatenate([on_real, on_fake]).std() + 1e-6
        return partial(reading, middle=middle, spread=spread)

    old, new = readable(old_d), readable(new_d)
    fake = make(old_g, z_d)
    scores = judge(old_d, real), judge(old_d, fake)
    to_d = jax.grad(lambda s: loss(*s).discriminator.sum())(scores)
    tried = make(old_g, z_g)
    partner = judge(new_d, real)

    def g_loss(x):
        return loss(partner, judge(new_d, x)).generator

    fooled = new(judge(new_d, tried))
    return [
        dict(z=z_d, fake=fake),
        dict(real=real, fake=fake, on_real=old(scores[0]), on_fake=old(scores[1])),
        dict(real=real, fake=fake, loss=loss(*scores).discriminator),
        dict(real=real, fake=fake, push_real=-to_d[0], push_fake=-to_d[1]),
        dict(heat_before=old(judge(old_d, cells)), heat=new(judge(new_d, cells))),
        dict(z=z_g, fake=tried),
        dict(fake=tried, on_fake=fooled, heat=new(judge(new_d, cells))),
        dict(fake=tried, on_fake=fooled, loss=g_loss(tried)),
        dict(fake=tried, arrows=-jax.grad(lambda x: g_loss(x).sum())(tried)),
        dict(fake_before=tried, fake=make(new_g, z_g)),
    ]
