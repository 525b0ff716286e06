"""Exercise: one step of the discriminator."""

import jax
from jax.nn import sigmoid, softplus

from gan_utils.exercises.exercise import Exercise, register
from gan_utils.exercises.nb05.games import descent, games


def _d_step(D, G, d, g, x, z, rate):
    fake = G(g, z)
    return descent(
        lambda d: (softplus(-D(d, x)) + softplus(D(d, fake))).mean(), d, rate
    )


def _d_variant(loss, factor=1):
    """Make a discriminator's step on another loss of (logits on data, on fakes)."""

    def step(D, G, d, g, x, z, rate):
        fake = G(g, z)
        return descent(lambda d: loss(D(d, x), D(d, fake)), d, factor * rate)

    return step


def _d_on_noise(D, G, d, g, x, z, rate):
    return descent(lambda d: (softplus(-D(d, x)) + softplus(D(d, z))).mean(), d, rate)


def _d_gradient(D, G, d, g, x, z, rate):
    fake = G(g, z)
    return jax.grad(lambda d: (softplus(-D(d, x)) + softplus(D(d, fake))).mean())(d)


def _d_without_rate(D, G, d, g, x, z, rate):
    return _d_step(D, G, d, g, x, z, 1.0)


def _d_change(D, G, d, g, x, z, rate):
    gradient = _d_gradient(D, G, d, g, x, z, rate)
    return jax.tree.map(lambda u: -rate * u, gradient)


def _d_moves_g(D, G, d, g, x, z, rate):
    return descent(
        lambda g: (softplus(-D(d, x)) + softplus(D(d, G(g, z)))).mean(), g, rate
    )


task = register(
    Exercise(
        name="discriminator_step",
        notebook="05",
        difficulty=3,
        minutes=12,
        reference=_d_step,
        cases=games,
    )
)

task.wrong(
    _d_variant(lambda r, f: softplus(-r.mean()) + softplus(f.mean())),
    "You averaged the logits and took one softplus of the average. Take the softplus "
    "of each logit first, then the mean of the losses.",
)
task.wrong(
    _d_variant(lambda r, f: (softplus(-r) + softplus(f)).mean(), -1),
    "You climbed your loss. A loss is to be made small: subtract rate times the "
    "gradient.",
)
task.wrong(
    _d_variant(lambda r, f: (softplus(r) + softplus(-f)).mean()),
    "Your discriminator is trained to be wrong: the labels are swapped. Data want a "
    "high logit (softplus(-logit)), fakes a low one.",
)
task.wrong(
    _d_variant(lambda r, f: softplus(f).mean()),
    'Your discriminator sees fakes only, so the answer "fake" for everything is '
    "perfect. Add the loss on the data.",
)
task.wrong(
    _d_variant(lambda r, f: softplus(-r).mean()),
    'Your discriminator sees data only, so the answer "real" for everything is '
    "perfect. Add the loss on the fakes.",
)
task.wrong(
    _d_variant(lambda r, f: (softplus(-sigmoid(r)) + softplus(sigmoid(f))).mean()),
    "You applied a sigmoid and then a loss that applies one again. D returns logits: "
    "hand them to softplus as they are.",
)
task.wrong(
    _d_variant(lambda r, f: (softplus(-r) + softplus(f)).sum()),
    "You summed over the batch: the step grows with the batch size. Take the mean.",
)
for s in (1, -1):
    task.wrong(
        _d_variant(lambda r, f, s=s: (softplus(s * r) + softplus(s * f)).mean()),
        "Both terms have the same sign. Data and fakes want opposite logits: "
        "softplus(-logit) on data, softplus(logit) on fakes.",
    )
task.wrong(
    _d_variant(lambda r, f: (softplus(-r) - softplus(f)).mean()),
    "You subtracted the loss on the fakes, so a high logit on them is rewarded. Add "
    "the two.",
)
task.wrong(
    _d_variant(lambda r, f: (softplus(-r) + softplus(f)).mean() / 2),
    "Your step is half as long: you averaged the two losses. Add them.",
)
task.wrong(
    _d_without_rate,
    "You forgot the learning rate: d - rate * gradient.",
)
task.wrong(
    _d_on_noise,
    "You judged the noise z itself. The fakes are G(g, z).",
)
task.wrong(
    _d_gradient,
    "You returned the gradient. Return the new parameters: d - rate * gradient.",
)
task.wrong(
    _d_change,
    "You returned the change alone. Add it to the old parameters: d - rate * gradient.",
)
task.wrong(
    _d_moves_g,
    "You moved the generator. In this step its parameters stand still; differentiate "
    "with respect to d.",
)
