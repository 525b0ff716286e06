"""Rules of play that are wrong in one way each, built around a sound one."""

from dataclasses import dataclass

import jax

from gan_utils.networks import models
from gan_utils.training import GANState, Rule


@dataclass(frozen=True)
class _Around(Rule):
    """A rule that needs what the rule inside it needs."""

    inner: Rule

    @property
    def order(self) -> tuple[int, ...]:
        """Which batch each move reads."""
        return self.inner.order


@dataclass(frozen=True)
class OnlyFakes(_Around):
    """Play a rule on the generator's own samples in place of the data."""

    def __call__(self, gan, state: GANState, batch):
        draws, rows = batch.x.shape[:2]
        key = jax.random.fold_in(jax.random.fold_in(state.key, state.step), 1)
        z = gan.latent.sample(key, draws * rows)
        x, _ = models.apply(gan.generator, state.g.variables, z)
        return self.inner(gan, state, batch._replace(x=x.reshape(batch.x.shape)))


@dataclass(frozen=True)
class PrintsNoLoss(_Around):
    """Play a rule and report the mean logit on fakes in place of both losses."""

    def __call__(self, gan, state: GANState, batch):
        state, report = self.inner(gan, state, batch)
        return state, report._replace(d_loss=report.d_fake, g_loss=report.d_fake)
