"""Widgets of a critic: watch it learn, and the field that it makes."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import data, losses, plots
from gan_utils.networks import models
from gan_utils.training import fit_critic
from gan_utils.widgets.controls import choice, slider
from gan_utils.widgets.registry import registered
from gan_utils.widgets.slider_figure import Explorer, explore

CRITIC = models.mlp_discriminator(1, (64, 64))
MEANS = (-3.0, -1.5, 0.0, 0.5, 1.5, 3.0)


@registered
def critic_in_training(steps: int = 1000) -> Explorer:
    """Explore how a critic approaches the best one, for fakes in several places.

    Args:
        steps: length of the training, a multiple of 50.

    Returns:
        An Explorer over the step and the mean of the fakes.
    """
    real = data.mixture([-1.5, 1.5], 0.5)
    x = np.linspace(-6, 6, 121, dtype="float32")[:, None]

    def train(mean):
        fake = data.gaussian(mean, 1.2)
        return fit_critic(
            CRITIC, jax.random.key(0), real, fake, steps=steps, frames=50
        ).frames

    @jax.jit
    @jax.vmap
    def chances(variables):
        return jax.nn.sigmoid(models.apply(CRITIC, variables, x)[0])

    @cache  # trained when first looked at
    def said(mean):
        return np.asarray(chances(train(mean)))

    p = np.asarray(real.prob(x))

    def draw(step, mean):
        q = np.asarray(data.gaussian(mean, 1.2).prob(x))
        trained = said(mean)[step // (steps // 50) - 1]
        title = f"Step {step}: the obvious comes first, the tails come last"
        best = p / np.maximum(p + q, 1e-30)
        return plots.critic_over_densities(x[:, 0], p, q, best, trained, title=title)

    return explore(
        draw,
        step=slider(steps // 50, steps, steps // 5, step=steps // 50, play=150),
        mean=choice(list(MEANS), 0.5, label="mean of the fakes"),
    )


@registered
def climbing_field(fakes: int = 40) -> Explorer:
    """Explore the arrows that two generators follow when their critic is the best one.

    Args:
        fakes: how many fakes to draw.

    Returns:
        An Explorer over the distance of the fakes from the data.
    """
    real = data.mixture([[-1.0, 0.0], [1.0, 0.0]], 0.5)
    shown = real.sample(jax.random.key(0), 150)
    noise = jax.random.normal(jax.random.key(1), (fakes, 2))
    pairs = {"minimax": losses.minimax, "non-saturating": losses.nonsaturating}

    def arrows(loss):
        def cost(x, distance):
            fake = data.mixture(jnp.stack([jnp.stack([0.0, distance])]), 0.5)
            logit = real.log_prob(x) - fake.log_prob(x)
            return loss(logit, logit).generator.sum()

        return jax.jit(lambda x, distance: -jax.grad(cost)(x, distance))

    fields = {name: arrows(loss) for name, loss in pairs.items()}

    def draw(distance):
        x = 0.5 * noise + jnp.array([[0.0, distance]])
        panels = {name: (x, field(x, distance)) for name, field in fields.items()}
        figure = plots.arrow_fields(panels, shown, limits=(-2.5, 4.5), scale=0.1)
        return plots.describe(figure, f"Fakes {distance:g} away. {figure.alt}")

    return explore(
        draw, distance=slider(0.0, 3.5, 2.0, step=0.25, label="distance of the fakes")
    )
