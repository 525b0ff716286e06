"""Ten broken GANs: the text that a learner edits, and one way to repair each.

Every text defines one part of `world.World`; the other nine are sound. The names of
functions and arguments are those of the world, so that a repair can be as short as a
sign. What is wrong is said nowhere in the text.
"""

from typing import NamedTuple


class Bug(NamedTuple):
    """One broken part."""

    part: str  # of World: the function that the text defines
    broken: str
    repaired: str  # one of many
    named: str  # what was wrong, for after the repair


IMPORTS = """import jax
import jax.numpy as jnp
from jax.nn import leaky_relu, sigmoid, softplus

"""

LABELS = Bug(
    "d_loss",
    '''def d_loss(D, G, d, g, x, z):
    """The discriminator's loss on data x and on fakes G(z)."""
    on_data = D(d, x)
    on_fakes = D(d, G(g, z))
    return (softplus(on_data) + softplus(-on_fakes)).mean()
''',
    """def d_loss(D, G, d, g, x, z):
    on_data = D(d, x)
    on_fakes = D(d, G(g, z))
    return (softplus(-on_data) + softplus(on_fakes)).mean()
""",
    "The labels were swapped: D was trained to call data fake.",
)

SIGMOID = Bug(
    "d_loss",
    '''def d_loss(D, G, d, g, x, z):
    """The discriminator's loss: cross-entropy of its opinions on data and fakes."""
    p_data = sigmoid(D(d, x))
    p_fakes = sigmoid(D(d, G(g, z)))

    def cross_entropy(logit, label):
        return softplus(logit) - label * logit

    return (cross_entropy(p_data, 1.0) + cross_entropy(p_fakes, 0.0)).mean()
''',
    """def d_loss(D, G, d, g, x, z):
    def cross_entropy(logit, label):
        return softplus(logit) - label * logit

    on_data, on_fakes = D(d, x), D(d, G(g, z))
    return (cross_entropy(on_data, 1.0) + cross_entropy(on_fakes, 0.0)).mean()
""",
    "A double sigmoid: probabilities went into a loss that expects logits.",
)

ONE_SIDE = Bug(
    "d_loss",
    '''def d_loss(D, G, d, g, x, z):
    """The discriminator's loss: it learns to recognise data."""
    logits = D(d, x)
    labels = jnp.ones_like(logits)
    return (softplus(logits) - labels * logits).mean()
''',
    """def d_loss(D, G, d, g, x, z):
    logits = jnp.concatenate([D(d, x), D(d, G(g, z))])
    labels = jnp.concatenate([jnp.ones_like(x), jnp.zeros_like(z)])
    return (softplus(logits) - labels * logits).mean()
""",
    "D only ever saw data with label 1: the constant 1 was the best answer.",
)

LOGARITHM = Bug(
    "d_loss",
    '''def d_loss(D, G, d, g, x, z):
    """The discriminator's loss, as in the paper: -log D(x) - log(1 - D(G(z)))."""
    p_data = sigmoid(D(d, x))
    p_fakes = sigmoid(D(d, G(g, z)))
    return -(jnp.log(p_data) + jnp.log(1 - p_fakes)).mean()
''',
    """def d_loss(D, G, d, g, x, z):
    on_data, on_fakes = D(d, x), D(d, G(g, z))
    return -(jax.nn.log_sigmoid(on_data) + jax.nn.log_sigmoid(-on_fakes)).mean()
""",
    "log(1 - p) is log 0 as soon as p rounds to 1: from logit 17 on.",
)

SHAPES = Bug(
    "d_loss",
    '''def d_loss(D, G, d, g, x, z):
    """The discriminator's loss on one batch of data and fakes with their labels."""
    logits = D(d, jnp.concatenate([x, G(g, z)]))
    labels = jnp.concatenate([jnp.ones(len(x)), jnp.zeros(len(z))])
    return (softplus(logits) - labels * logits).mean()
''',
    """def d_loss(D, G, d, g, x, z):
    logits = D(d, jnp.concatenate([x, G(g, z)]))[:, 0]
    labels = jnp.concatenate([jnp.ones(len(x)), jnp.zeros(len(z))])
    return (softplus(logits) - labels * logits).mean()
""",
    "Labels (2B,) times logits (2B, 1) make a table (2B, 2B): every logit met every "
    "label.",
)

OWN_GOAL = Bug(
    "g_loss",
    '''def g_loss(D, G, d, g, z):
    """The generator's loss: what the discriminator thinks of the fakes."""
    return softplus(D(d, G(g, z))).mean()
''',
    """def g_loss(D, G, d, g, z):
    return softplus(-D(d, G(g, z))).mean()
""",
    "G minimised D's loss on the fakes: it made them easier to recognise.",
)

CUT = Bug(
    "g_loss",
    '''def g_loss(D, G, d, g, z):
    """The generator's loss; D must not be trained here, so no gradient reaches it."""
    opinion = jax.lax.stop_gradient(D(d, G(g, z)))
    return softplus(-opinion).mean()
''',
    """def g_loss(D, G, d, g, z):
    opinion = D(jax.lax.stop_gradient(d), G(g, z))
    return softplus(-opinion).mean()
""",
    "The gradient was cut behind D, and G's way leads through D. Only D's parameters "
    "must rest.",
)

EVERYONE = Bug(
    "step",
    '''def step(D, G, d_loss, g_loss, d, g, x, z, rate):
    """One update: a step on D's loss, then one on G's."""

    def move(loss, d, g):
        to_d, to_g = jax.grad(loss, argnums=(0, 1))(d, g)
        d = jax.tree.map(lambda p, slope: p - rate * slope, d, to_d)
        g = jax.tree.map(lambda p, slope: p - rate * slope, g, to_g)
        return d, g

    d, g = move(lambda d, g: d_loss(D, G, d, g, x, z), d, g)
    d, g = move(lambda d, g: g_loss(D, G, d, g, z), d, g)
    return d, g
''',
    """def step(D, G, d_loss, g_loss, d, g, x, z, rate):
    def move(loss, params):
        slopes = jax.grad(loss)(params)
        return jax.tree.map(lambda p, slope: p - rate * slope, params, slopes)

    d = move(lambda d: d_loss(D, G, d, g, x, z), d)
    g = move(lambda g: g_loss(D, G, d, g, z), g)
    return d, g
""",
    "Each loss moved both networks, so each player also worked for the other.",
)

STRAIGHT = Bug(
    "D",
    '''def D(d, x):
    """The discriminator: a hidden layer, then one number a sample."""
    hidden = x @ d["v"] + d["a"]
    return hidden @ d["w"] + d["b"]
''',
    """def D(d, x):
    hidden = leaky_relu(x @ d["v"] + d["a"])
    return hidden @ d["w"] + d["b"]
""",
    "Without an activation D is a straight line: it can tell left from right, but not "
    "narrow from wide.",
)

BYTES = Bug(
    "prepare",
    '''def prepare(raw):
    """Turn bytes from 0 to 255 into what G, which ends in tanh, can make."""
    return raw - 127.5
''',
    """def prepare(raw):
    return raw / 127.5 - 1.0
""",
    "The data were centred but not scaled: tanh cannot leave [-1, 1].",
)

BUGS = (
    OWN_GOAL,
    ONE_SIDE,
    STRAIGHT,
    LOGARITHM,
    CUT,
    SHAPES,
    LABELS,
    BYTES,
    SIGMOID,
    EVERYONE,
)
