"""Exercise: one step of the generator."""

import jax
from jax.nn import sigmoid, softplus

from gan_utils.exercises.exercise import Exercise, register
from gan_utils.exercises.nb05.games import descent, games


def _g_step(D, G, d, g, z, rate):
    return descent(lambda g: softplus(-D(d, G(g, z))).mean(), g, rate)


def _g_variant(loss, factor=1):
    """Make a generator's step on another loss of the logits on fakes."""

    def step(D, G, d, g, z, rate):
        return descent(lambda g: loss(D(d, G(g, z))), g, factor * rate)

    return step


def _g_gradient(D, G, d, g, z, rate):
    return jax.grad(lambda g: softplus(-D(d, G(g, z))).mean())(g)


def _g_without_rate(D, G, d, g, z, rate):
    return _g_step(D, G, d, g, z, 1.0)


def _g_change(D, G, d, g, z, rate):
    gradient = _g_gradient(D, G, d, g, z, rate)
    return jax.tree.map(lambda u: -rate * u, gradient)


def _g_moves_d(D, G, d, g, z, rate):
    return descent(lambda d: softplus(-D(d, G(g, z))).mean(), d, rate)


task = register(
    Exercise(
        name="generator_step",
        notebook="05",
        difficulty=3,
        minutes=10,
        reference=_g_step,
        cases=lambda rng: [case[:4] + case[5:] for case in games(rng)],
    )
)

task.wrong(
    lambda D, G, d, g, z, rate: g,
    "Your generator does not move. Likely cause: the fakes were made outside the "
    "function that is differentiated, or D judged the noise itself, so the loss does "
    "not depend on g. Judge G(g, z) inside it.",
)
task.wrong(
    _g_variant(lambda f: softplus(-f.mean())),
    "You averaged the logits and took one softplus of the average. Take the softplus "
    "of each logit first, then the mean of the losses.",
)
task.wrong(
    _g_variant(lambda f: softplus(-f).mean(), -1),
    "You climbed your loss. A loss is to be made small: subtract rate times the "
    "gradient.",
)
task.wrong(
    _g_without_rate,
    "You forgot the learning rate: g - rate * gradient.",
)
task.wrong(
    _g_variant(lambda f: -f.mean()),
    "You used the mean logit itself, the Wasserstein loss. The task asks for "
    "softplus(-logit).",
)
task.wrong(
    _g_variant(lambda f: -sigmoid(f).mean()),
    "You raised D(G(z)) itself. The task asks for its logarithm: the loss -log "
    "D(G(z)) = softplus(-logit).",
)
task.wrong(
    _g_variant(lambda f: softplus(f).mean()),
    "You descended the discriminator's loss on the fakes. That helps the other side: "
    "your fakes become easier to catch.",
)
task.wrong(
    _g_variant(lambda f: -softplus(f).mean()),
    "This is the saturating loss log(1 - D). The task asks for the non-saturating "
    "one, -log D(G(z)) = softplus(-logit).",
)
task.wrong(
    _g_variant(lambda f: softplus(-f).sum()),
    "You summed over the batch: the step grows with the batch size. Take the mean.",
)
task.wrong(
    _g_variant(lambda f: softplus(-sigmoid(f)).mean()),
    "You applied a sigmoid and then a loss that applies one again. D returns logits: "
    "hand them to softplus as they are.",
)
task.wrong(
    _g_gradient,
    "You returned the gradient. Return the new parameters: g - rate * gradient.",
)
task.wrong(
    _g_change,
    "You returned the change alone. Add it to the old parameters: g - rate * gradient.",
)
task.wrong(
    _g_variant(lambda f: softplus(-f).mean() / 2),
    "Your step is half as long. The loss has one term, its mean over the batch; "
    "nothing divides it by 2.",
)
task.wrong(
    _g_moves_d,
    "You moved the discriminator, which now finds the fakes more real. Differentiate "
    "with respect to g.",
)
