"""One backward pass over the fakes: the same update as two, by fewer operations."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

from gan_utils import data, losses, penalties
from gan_utils.networks import models
from gan_utils.networks.packing import packed
from gan_utils.training import GAN, alternating, one_pass, run, sgd, simultaneous

GAMMA = 0.3
LABELS = jnp.arange(16) % 3


class LabelledGenerator(nnx.Module):
    def __init__(self, classes, *, rngs):
        self.dense = nnx.Linear(3, 2, rngs=rngs)
        self.table = nnx.Embed(classes, 2, rngs=rngs)

    def __call__(self, z, y):
        return self.dense(z) + self.table(y)


class LabelledDiscriminator(nnx.Module):
    """Usual layers in a sequence, one layer called twice, a table of labels."""

    def __init__(self, classes, *, rngs):
        first, self.again = nnx.Linear(2, 8, rngs=rngs), nnx.Linear(8, 8, rngs=rngs)
        self.body = nnx.Sequential(first, nnx.tanh, self.again)
        self.table = nnx.Embed(classes, 8, rngs=rngs)
        self.last = nnx.Linear(8, 1, rngs=rngs)

    def __call__(self, x, y):
        h = nnx.tanh(self.again(nnx.tanh(self.body(x))))
        return self.last(h)[:, 0] + (self.table(y) * h).sum(axis=1)


class UsualConvolution(nnx.Module):
    def __init__(self, *, rngs):
        self.conv = nnx.Conv(1, 4, (4, 4), strides=2, padding=1, rngs=rngs)
        self.last = nnx.Linear(64, 1, rngs=rngs)

    def __call__(self, x):
        return self.last(nnx.tanh(self.conv(x)).reshape(len(x), -1))[:, 0]


POINTS = models.mlp_generator(3, (8,), 2)
IMAGES = models.conv_generator(3, (8, 4), (8, 8, 1), batch_norm=True)
IMAGE = (8, 8, 1)
PAIRS = {
    "dense": (POINTS, models.mlp_discriminator(2, (8, 8))),
    "convolutional": (IMAGES, models.conv_discriminator(IMAGE, (4, 8))),
    "dropout": (POINTS, models.mlp_discriminator(2, (8, 8), dropout=0.4)),
    "spectral": (IMAGES, models.conv_discriminator(IMAGE, (4, 8), spectral=True)),
    "usual layers": (
        models.network(LabelledGenerator, classes=3),
        models.network(LabelledDiscriminator, classes=3),
    ),
    "usual convolution": (IMAGES, models.network(UsualConvolution)),
}


def make(pair, rule=None, **settings) -> GAN:
    rule = simultaneous(one_pass=True) if rule is None else rule
    return GAN(*PAIRS[pair], 3, update=rule, **settings)


def point_of(pair, shift=0.0):
    """Give networks, data, a key and labels; the shift moves every logit."""
    generator, discriminator = PAIRS[pair]
    y = LABELS if pair == "usual layers" else None
    shape = IMAGE if generator == IMAGES else (2,)
    x = jax.random.uniform(jax.random.key(1), (16, *shape), minval=-1.0)
    d = models.init(discriminator, jax.random.key(2))
    d.params["last"]["bias"][...] += shift
    return d, models.init(generator, jax.random.key(3)), x, jax.random.key(4), y


def chosen(which):
    """Make the loss with that number; one program then serves all of them."""

    def loss(real, fake):
        every = zip(*[loss(real, fake) for loss in losses.LOSSES.values()], strict=True)
        return losses.PlayerLosses(*[jax.lax.select_n(which, *each) for each in every])

    return loss


def two_ways(pair, penalty=None):
    """Compile both players' gradients: in one pass, and each by its own loss.

    One program for both takes less time to compile than two.
    """

    def once(which, d, g, x, key, y):
        gan = make(pair, penalty=penalty, loss=chosen(which))
        return one_pass.gradients(gan, d, g, x, key, GAMMA, y)[:2]

    def twice(which, d, g, x, key, y):
        gan = make(pair, penalty=penalty, loss=chosen(which))

        def loss(d_params, g_params, gamma):
            d_now, g_now = d._replace(params=d_params), g._replace(params=g_params)
            return gan.compare(d_now, g_now, x, key, gamma, y).losses

        to_d = jax.grad(lambda p: loss(p, g.params, GAMMA).discriminator)(d.params)
        to_g = jax.grad(lambda p: loss(d.params, p, 0.0).generator)(g.params)
        return to_d, to_g

    return jax.jit(lambda *point: (once(*point), twice(*point)))


def assert_same(found, expected, tolerance=1e-4):
    """Compare to a share of each array's largest number, and 1e-6 of the largest."""
    found, expected = map(jax.tree.leaves, (found, expected))
    floating = [leaf for leaf in expected if jnp.issubdtype(leaf.dtype, jnp.floating)]
    largest = max(float(jnp.abs(leaf).max()) for leaf in floating)
    for a, b in zip(found, expected, strict=True):
        if not jnp.issubdtype(b.dtype, jnp.floating):  # keys and counters
            assert jnp.array_equal(a, b)
            continue
        assert np.isfinite(a).all()
        bound = tolerance * float(jnp.abs(b).max()) + 1e-6 * largest
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=bound)


@pytest.mark.parametrize("pair", ["dense", "convolutional"])
def test_the_gradients_are_the_same_even_where_a_player_is_sure(pair):
    ways = two_ways(pair)
    for which in range(len(losses.LOSSES)):
        for shift in (0.0, -200.0, 200.0):
            point = point_of(pair, shift)
            assert_same(*ways(which, *point))


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.slow
def test_with_r1_on_every_kind_of_network(pair):
    ways = two_ways(pair, penalties.r1)
    point = point_of(pair)
    for which in range(len(losses.LOSSES)):
        assert_same(*ways(which, *point))


@pytest.mark.parametrize("penalty", ["r2", "r1_r2", "gradient_penalty"])
def test_a_penalty_on_the_fakes_is_only_added(penalty):
    ways = two_ways("dense", getattr(penalties, penalty))
    point = point_of("dense")
    for which in range(len(losses.LOSSES)):
        assert_same(*ways(which, *point))


@pytest.mark.parametrize(
    "pair", ["dense", pytest.param("spectral", marks=pytest.mark.slow)]
)
def test_a_step_gives_the_same_state_and_report(pair):
    results = []
    for rule in (simultaneous(), simultaneous(one_pass=True)):
        gan = make(pair, rule, optimizer=sgd)
        state = gan.init(jax.random.key(0), learning_rate=0.1)
        x = point_of(pair)[2]
        results.append(jax.jit(gan.step)(state, x))
    assert_same(*results)


@pytest.mark.slow
def test_an_ensemble_trains_alike():
    results = []
    for rule in (simultaneous(), simultaneous(one_pass=True)):
        gan = make("dense", rule, optimizer=sgd)
        keys = jax.random.split(jax.random.key(0), 3)
        states = gan.init_ensemble(keys, learning_rate=jnp.array([0.01, 0.1, 0.2]))
        source = data.batches(data.ring(8, 1.0, 0.05), 16)
        results.append(run(gan, states, source, 5))
    assert_same(*results)


@pytest.mark.slow
def test_a_step_can_be_differentiated():
    slopes = []
    for rule in (simultaneous(), simultaneous(one_pass=True)):
        gan = make("dense", rule, optimizer=sgd, loss=losses.relativistic)
        state = gan.init(jax.random.key(0), learning_rate=0.1)
        x = point_of("dense")[2]

        def after(params, gan=gan, state=state, x=x):
            d, g = state.d, state.g
            d = d._replace(variables=d.variables._replace(params=params[0]))
            g = g._replace(variables=g.variables._replace(params=params[1]))
            moved, _ = gan.step(state._replace(d=d, g=g), x)
            key = jax.random.key(5)
            return gan.losses(moved.d.variables, moved.g.variables, x, key)

        params = state.d.variables.params, state.g.variables.params
        slopes.append(jax.jit(jax.jacrev(after))(params))
    assert_same(*slopes)


def test_bfloat16_is_close():
    results = []
    for rule in (simultaneous(), simultaneous(one_pass=True)):
        gan = make("dense", rule, optimizer=sgd, compute_dtype="bfloat16")
        state = gan.init(jax.random.key(0), learning_rate=0.1)
        results.append(jax.jit(gan.step)(state, point_of("dense")[2]))
    assert_same(*results, tolerance=0.02)


@pytest.mark.parametrize("pair", ["dense", "convolutional"])
@pytest.mark.slow
def test_it_needs_less_arithmetic(pair):
    counts = []
    for rule in (simultaneous(), simultaneous(one_pass=True)):
        gan = make(pair, rule)
        state = gan.init(jax.random.key(0))
        program = jax.jit(gan.step).lower(state, point_of(pair)[2]).compile()
        counts.append(program.cost_analysis()["flops"])
    assert counts[1] < counts[0]


class Stray(nnx.Module):
    """A discriminator with a parameter that no supported layer holds."""

    def __init__(self, kind, *, rngs):
        self.last = nnx.Linear(2, 1, rngs=rngs)
        if kind == "norm":
            self.norm = nnx.LayerNorm(2, rngs=rngs)
        elif kind == "own":
            self.scale = nnx.Param(jnp.ones(()))
        else:
            self.tied = self.last.kernel

    def __call__(self, x):
        return self.last(x)[:, 0]


@pytest.mark.parametrize(
    ("discriminator", "message"),
    [
        (models.mlp_discriminator(2, (8,), minibatch_std=True), "on its own"),
        (packed(models.mlp_discriminator(4, (8,)), 2), "on its own"),
        (models.conv_discriminator(IMAGE, (4, 8), batch_norm=True), "on its own"),
        (models.network(Stray, kind="norm"), "norm.bias, norm.scale lie outside"),
        (models.network(Stray, kind="own"), "scale lies outside"),
        (models.network(Stray, kind="tied"), "tied lies outside"),
    ],
)
def test_a_discriminator_that_it_would_be_wrong_for_is_refused(discriminator, message):
    with pytest.raises(ValueError, match=message):
        GAN(POINTS, discriminator, 3, update=simultaneous(one_pass=True))
    for rule in (simultaneous(), alternating()):
        GAN(POINTS, discriminator, 3, update=rule)


class Misused(nnx.Module):
    def __init__(self, kind, *, rngs):
        self.kind, self.last = kind, nnx.Linear(2, 1, rngs=rngs)

    def __call__(self, x):
        if self.kind == "transposed":
            x = jnp.stack([x, x]).reshape(-1, 2)
            return self.last(x)[: len(x) // 2, 0]
        return x @ self.last.kernel[..., 0]


def test_a_layer_that_is_not_called_on_the_batch_is_refused():
    for kind, error in (("transposed", ValueError), ("read", AttributeError)):
        discriminator = models.network(Misused, kind=kind)
        gan = GAN(POINTS, discriminator, 3, update=simultaneous(one_pass=True))
        with pytest.raises(error, match="use one_pass=False"):
            gan.step(gan.init(jax.random.key(0)), jnp.ones((4, 2)))


def test_a_number_of_steps_is_refused():
    with pytest.raises(ValueError, match="one_pass is 2"):
        simultaneous(2)
