"""Modules and optimisers as the community writes them: trained, saved, resumed."""

import functools
import itertools

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from flax import nnx
from test_training import RING, same

from gan_utils import data, losses, penalties
from gan_utils.networks import models
from gan_utils.training import GAN, alternating, checkpoints, cosine, run, train

G, D = models.mlp_generator(2, (8,), 2), models.mlp_discriminator(2, (8,))
X = np.asarray(RING.sample(jax.random.key(0), 300))
IMAGES = np.tanh(np.random.default_rng(0).normal(size=(64, 8, 8, 3))).astype("float32")


class Plain(nnx.Module):
    """As in Flax's own guide: positional settings, rngs last."""

    def __init__(self, din: int, dmid: int, dout: int, rngs: nnx.Rngs):
        self.first = nnx.Linear(din, dmid, rngs=rngs)
        self.last = nnx.Linear(dmid, dout, rngs=rngs)

    def __call__(self, x):
        return self.last(nnx.relu(self.first(x)))


class NormGenerator(nnx.Module):
    """Batch normalisation, told by an argument whether it trains."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.first = nnx.Linear(2, 16, rngs=rngs)
        self.norm = nnx.BatchNorm(16, rngs=rngs)
        self.last = nnx.Linear(16, 2, rngs=rngs)

    def __call__(self, z, train: bool):
        x = self.norm(self.first(z), use_running_average=not train)
        return self.last(nnx.relu(x))


class DropoutDiscriminator(nnx.Module):
    """Dropout with `deterministic` as an argument, and logits (B, 1)."""

    def __init__(self, hidden: int = 16, rate: float = 0.3, *, rngs: nnx.Rngs):
        self.first = nnx.Linear(2, hidden, rngs=rngs)
        self.drop = nnx.Dropout(rate, rngs=rngs)
        self.last = nnx.Linear(hidden, 1, rngs=rngs)

    def __call__(self, x, *, deterministic: bool = False):
        x = nnx.leaky_relu(self.first(x), 0.2)
        return self.last(self.drop(x, deterministic=deterministic))


class Layers(nnx.Module):
    """A list of layers, in the form that the Flax at hand has for it."""

    def __init__(self, sizes, *, rngs: nnx.Rngs):
        layers = [nnx.Linear(a, b, rngs=rngs) for a, b in itertools.pairwise(sizes)]
        self.layers = nnx.List(layers) if hasattr(nnx, "List") else layers

    def __call__(self, x):
        for layer in self.layers[:-1]:
            x = jnp.tanh(layer(x))
        return self.layers[-1](x)


class DCGenerator(nnx.Module):
    """Flax's own transposed convolutions and batch normalisation."""

    def __init__(self, latent: int = 4, *, rngs: nnx.Rngs):
        self.dense = nnx.Linear(latent, 2 * 2 * 8, rngs=rngs)
        self.norm = nnx.BatchNorm(8, rngs=rngs)
        self.up1 = nnx.ConvTranspose(8, 8, (4, 4), strides=(2, 2), rngs=rngs)
        self.up2 = nnx.ConvTranspose(8, 3, (4, 4), strides=(2, 2), rngs=rngs)

    def __call__(self, z):
        x = self.dense(z).reshape(-1, 2, 2, 8)
        return jnp.tanh(self.up2(nnx.relu(self.norm(self.up1(x)))))


class DCDiscriminator(nnx.Module):
    """Flax's own convolutions; the last one makes the logit, (B, 1)."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.conv1 = nnx.Conv(3, 8, (4, 4), strides=2, rngs=rngs)
        self.conv2 = nnx.Conv(8, 8, (4, 4), strides=2, rngs=rngs)
        self.last = nnx.Linear(2 * 2 * 8, 1, rngs=rngs)

    def __call__(self, x):
        x = nnx.leaky_relu(self.conv2(nnx.leaky_relu(self.conv1(x))))
        return self.last(x.reshape(len(x), -1))


def sequential(rngs):
    return nnx.Sequential(
        nnx.Linear(2, 16, rngs=rngs), nnx.gelu, nnx.Linear(16, 1, rngs=rngs)
    )


class Spectral(nnx.Module):
    """Flax's own spectral normalisation, where this version has it."""

    def __init__(self, *, rngs: nnx.Rngs):
        first = nnx.Linear(2, 16, rngs=rngs)
        self.first = nnx.SpectralNorm(first, rngs=rngs)
        self.last = nnx.Linear(16, 1, rngs=rngs)

    def __call__(self, x, train: bool = True):
        return self.last(nnx.relu(self.first(x, update_stats=train)))


def spectral(rngs):
    return Spectral(rngs=rngs)


PAIRS = {
    "guide": (functools.partial(Plain, 2, 16, 2), functools.partial(Plain, 2, 16, 1)),
    "train argument": (NormGenerator, DropoutDiscriminator),
    "settings": (G, functools.partial(DropoutDiscriminator, hidden=8, rate=0.5)),
    "sequential": (functools.partial(Plain, 2, 8, dout=2), sequential),
    "lambda": (lambda rngs: Plain(2, 8, 2, rngs), lambda rngs: sequential(rngs)),
    "list of layers": (
        functools.partial(Layers, (2, 8, 8, 2)),
        functools.partial(Layers, (2, 8, 1)),
    ),
    "convolutions": (DCGenerator, DCDiscriminator),
}
if hasattr(nnx, "SpectralNorm"):
    PAIRS["spectral norm"] = (G, spectral)
    PAIRS["spectral norm, class"] = (G, Spectral)

SCHEDULE = optax.warmup_cosine_decay_schedule(0.0, 1e-3, 5, 20)
OPTIMISERS = {
    "constructor": optax.adam,
    "constructor with settings": functools.partial(optax.adamw, weight_decay=1e-3),
    "rate inside a partial": functools.partial(optax.adam, 1e-3),
    "built": optax.adam(1e-3, b1=0.5),
    "schedule": optax.adam(SCHEDULE),
    "clipped": optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(1e-2, 0.5)),
    "weight decay": optax.adamw(1e-3, weight_decay=1e-2),
    "rmsprop": optax.rmsprop(1e-3),
    "rmsprop, constructor": optax.rmsprop,
    "lion": optax.lion(1e-4),
    "injected": optax.inject_hyperparams(optax.adam)(learning_rate=1e-3),
    "optimistic": optax.optimistic_gradient_descent(1e-2),
    "optimistic adam": getattr(optax, "optimistic_adam_v2", optax.optimistic_adam),
    "accumulation": optax.MultiSteps(optax.adam(1e-3), every_k_schedule=2),
    "accumulation, chained": optax.MultiSteps(
        optax.adam(1e-3), 3
    ).gradient_transformation(),
    "noise": optax.chain(optax.add_noise(0.01, 0.5, 0), optax.sgd(1e-2)),
    "a pair": (optax.adam(2e-3), optax.rmsprop(1e-3)),
    "a pair of two kinds": (optax.adam, optax.sgd(1e-2)),
}


def train_and_resume(gan, given, folder, **hyper):
    """Train, sample, save, resume; the resumed run has the bits of the whole one."""
    start = gan.init(jax.random.key(0), **hyper)
    whole, history = train(gan, start, given, 12, 16, progress=False)
    assert np.isfinite(history.d_loss).all() and np.isfinite(history.g_loss).all()
    assert np.isfinite(gan.sample(whole, jax.random.key(1), 4)).all()
    assert not same(start.g.variables.params, whole.g.variables.params)
    half = dict(checkpoint_dir=folder, progress=False)
    train(gan, start, given, 5, 16, **half)
    resumed, _ = train(gan, start, given, 12, 16, resume=True, **half)
    assert same(whole, resumed)


@pytest.mark.parametrize("name", PAIRS)
def test_networks_train_save_and_resume(name, tmp_path):
    generator, discriminator = PAIRS[name]
    on_images = name == "convolutions"
    gan = GAN(generator, discriminator, latent=4 if on_images else 2)
    given = IMAGES if on_images else X
    train_and_resume(gan, given, tmp_path, learning_rate=1e-3)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_optimisers_train_save_and_resume(name, tmp_path):
    train_and_resume(GAN(G, D, latent=2, optimizer=OPTIMISERS[name]), X, tmp_path)


def test_rates_and_betas_change_without_compiling_and_differ_between_members():
    gan = GAN(G, D, latent=2, optimizer=functools.partial(optax.adamw, weight_decay=0))
    rates = jnp.array([0.0, 1e-3])
    keys = jax.random.split(jax.random.key(0), 2)
    start = gan.init_ensemble(keys, learning_rate=rates, beta1=jnp.array([0.0, 0.9]))
    after, _ = run(gan, start, data.batches(X, 16), 3)

    def generator_of(member, state):
        return jax.tree.map(lambda x: x[member], state.g.variables)

    assert same(generator_of(0, start), generator_of(0, after))
    assert not same(generator_of(1, start), generator_of(1, after))


def test_a_schedule_of_the_courses_own_still_works_with_a_constructor():
    gan = GAN(G, D, latent=2, optimizer=optax.sgd)
    state = gan.init(jax.random.key(0), learning_rate=cosine(1e-2, 0.0, 5))
    state, _ = train(gan, state, X, 5, 16, progress=False)
    still, _ = train(gan, state, X, 3, 16, progress=False)
    assert same(state.g.variables.params, still.g.variables.params)


REFUSED = {
    "needs a value": (optax.lbfgs(), "loss or a line search"),
    "plateau": (
        optax.chain(optax.sgd(1e-2), optax.contrib.reduce_on_plateau()),
        "value",
    ),
    "polyak": (optax.polyak_sgd(), "value"),
    "a number": (1e-3, "expected a constructor"),
    "a name": ("adam", "expected a constructor"),
    "a direction": (optax.scale_by_adam, "direction without a rate"),
    "three": ((optax.adam, optax.adam, optax.adam), "a pair"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_optimisers_are_refused_in_a_sentence(name):
    optimiser, reason = REFUSED[name]
    with pytest.raises(ValueError, match=reason):
        GAN(G, D, latent=2, optimizer=optimiser).init(jax.random.key(0))


def test_a_rate_beside_an_optimiser_that_brings_its_own_is_refused():
    gan = GAN(G, D, latent=2, optimizer=optax.adam(1e-3))
    with pytest.raises(ValueError, match="brings its own rate"):
        gan.init(jax.random.key(0), learning_rate=1e-3)
    with pytest.raises(ValueError, match=r"d_learning_rate.*own rate"):
        gan.init(jax.random.key(0), d_learning_rate=1e-3)
    with pytest.raises(ValueError, match="give it to the optimiser"):
        GAN(G, D, latent=2).init(jax.random.key(0), learning_rate=SCHEDULE)


class Patches(nnx.Module):
    """A logit for each patch, as PatchGAN has it."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.conv = nnx.Conv(3, 1, (4, 4), strides=2, rngs=rngs)

    def __call__(self, x):
        return self.conv(x)


class Keeps(nnx.Module):
    """Keeps its features in an attribute that it did not have before."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.last = nnx.Linear(2, 1, rngs=rngs)

    def __call__(self, x):
        self.features = nnx.Variable(x)
        return self.last(x)


MISFITS = {
    "built generator": (lambda: (Plain(2, 4, 2, nnx.Rngs(0)), D), "generator is a bu"),
    "built discriminator": (
        lambda: (G, Plain(2, 4, 1, nnx.Rngs(0))),
        r"discriminator is a built Plain; expected its class",
    ),
    "swapped": (lambda: (D, G), "generator and discriminator are swapped"),
    "settings missing": (lambda: (Plain, D), "generator cannot be built by Plain"),
    "no network": (lambda: (G, "d"), "discriminator is .* expected a class"),
    "linen": (lambda: (lambda rngs: jnp.ones(3), D), "expected an nnx.Module"),
    "latent of another size": (
        lambda: (models.mlp_generator(5, (8,), 2), D),
        r"generator cannot read latents of shape \(2, 2\).*latent",
    ),
    "data of another size": (
        lambda: (G, models.mlp_discriminator(3, (8,))),
        r"discriminator cannot read samples of the generator, of shape \(2, 2\)",
    ),
    "patches": (lambda: (DCGenerator, Patches), "map of patches"),
    "features": (lambda: (G, functools.partial(Plain, 2, 8, 7)), "layer of one unit"),
    "keeps": (lambda: (G, Keeps), "discriminator stores something new"),
    "a list": (lambda: (functools.partial(Layers, [2, 8, 2]), D), "list"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_misfits_are_refused_by_name(name):
    make, reason = MISFITS[name]
    generator, discriminator = make()
    latent = 4 if generator is DCGenerator else 2
    with pytest.raises(ValueError, match=reason) as caught:
        GAN(generator, discriminator, latent=latent).init(jax.random.key(0))
    assert str(caught.value).count("Likely cause") <= 1


class Half(nnx.Module):
    """Parameters in half precision."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.last = nnx.Linear(2, 1, param_dtype=jnp.bfloat16, rngs=rngs)

    def __call__(self, x):
        return self.last(x)


class Counts(nnx.Module):
    """Whole numbers in place of logits."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.last = nnx.Linear(2, 1, rngs=rngs)

    def __call__(self, x):
        return self.last(x).astype("int32")


@pytest.mark.parametrize("network", [Half, Counts])
def test_other_number_formats_are_refused_before_the_first_update(network):
    with pytest.raises(ValueError, match="Likely cause"):
        GAN(G, network, latent=2).init(jax.random.key(0))


def test_optimisers_differ_in_what_is_inside_them():
    def text(optimizer):
        return GAN(G, D, latent=2, optimizer=optimizer).describe()

    def texts(make):
        return text(make(1e-3)), text(make(1e-3)), text(make(1e-1))

    for make in (
        lambda rate: optax.MultiSteps(optax.adam(rate), 2),
        lambda rate: optax.adam(optax.exponential_decay(rate, 10, 0.5)),
        lambda rate: optax.multi_transform({"a": optax.sgd(rate)}, lambda tree: "a"),
        lambda rate: optax.chain(optax.clip(1.0), optax.sgd(rate)),
    ):
        one, again, other = texts(make)
        assert one == again != other


def test_a_wrapped_constructor_keeps_its_wrapping():
    @functools.wraps(optax.sgd)
    def still(learning_rate):
        return optax.chain(optax.set_to_zero(), optax.sgd(learning_rate))

    gan = GAN(G, D, latent=2, optimizer=still)
    start = gan.init(jax.random.key(0), learning_rate=0.1)
    after, _ = train(gan, start, X, 3, 16, progress=False)
    assert same(start.g.variables.params, after.g.variables.params)


class Weak(nnx.Module):
    """A parameter made of a Python number."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.shift = nnx.Param(jnp.full(2, 0.1))

    def __call__(self, z):
        return z + self.shift[...].reshape(1, 2)


def test_a_weakly_typed_parameter_trains(tmp_path):
    train_and_resume(GAN(Weak, D, latent=2), X, tmp_path)


@pytest.mark.parametrize(
    "call",
    [
        lambda gan, state: gan.init(0),
        lambda gan, state: gan.init(jax.random.split(jax.random.key(0), 2)),
        lambda gan, state: gan.init_ensemble(jax.random.key(0)),
        lambda gan, state: gan.sample(state, 3, 4),
        lambda gan, state: gan.init(jax.random.key(0), lr=1e-3),
        lambda gan, state: train(gan, X, state, 3, progress=False),
    ],
)
def test_arguments_in_another_form_are_refused_by_name(call):
    gan = GAN(G, D, latent=2)
    with pytest.raises(ValueError, match=r"(key|keys|state) is|unknown"):
        call(gan, gan.init(jax.random.key(0)))


WRONG = {
    "loss": ("hinge", "its name in quotes"),
    "penalty": (0.1, "its value"),
    "update": (alternating, "parentheses missing"),
    "latent": ("normal", "a prior with sample"),
}


@pytest.mark.parametrize("name", WRONG)
def test_other_settings_are_refused_by_name(name):
    value, reason = WRONG[name]
    settings = {"latent": 2} | {name: value}
    with pytest.raises(ValueError, match=f"{name} is .*{reason}"):
        GAN(G, D, **settings)


def test_every_hyper_parameter_takes_a_schedule():
    gan = GAN(G, D, latent=2, penalty=penalties.r1, project=penalties.clip_weights)
    falling = cosine(0.5, 0.1, 10)
    names = ("learning_rate", "beta1", "beta2", "gamma", "ema_decay", "clip")
    state = gan.init(jax.random.key(0), **dict.fromkeys(names, falling))
    state, history = train(gan, state, X, 5, 16, progress=False)
    assert np.isfinite(history.d_loss).all()
    assert float(state.now.beta1) == pytest.approx(0.3)


def test_equal_partials_make_equal_structures():
    def made():
        return GAN(G, D, 2, penalty=functools.partial(penalties.r1, key=None))

    assert made() == made()


class Probability(nnx.Module):
    """A discriminator that ends in a sigmoid."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.net = Plain(2, 16, 1, rngs)

    def __call__(self, x):
        return nnx.sigmoid(self.net(x))


def test_a_sigmoid_left_at_the_end_is_asked_about():
    gan = GAN(G, Probability, latent=2)
    with pytest.warns(RuntimeWarning, match="Is there a sigmoid left"):
        train(gan, gan.init(jax.random.key(0)), X, 20, 16, progress=False)


@pytest.mark.parametrize("loss", losses.LOSSES)
def test_logits_raise_no_such_question(loss):
    gan = GAN(G, D, latent=2, loss=losses.LOSSES[loss])
    for seed in range(3):
        train(gan, gan.init(jax.random.key(seed)), X, 20, 16, progress=False)


def test_a_checkpoint_of_another_optimiser_is_refused(tmp_path):
    gan = GAN(G, D, latent=2, optimizer=optax.adam(1e-3))
    save = dict(checkpoint_dir=tmp_path, progress=False)
    state = gan.init(jax.random.key(0))
    train(gan, state, X, 2, 16, **save)
    other = GAN(G, D, latent=2, optimizer=optax.adam(5e-3))
    with pytest.raises(ValueError, match="optimizer"):
        train(other, state, X, 4, 16, resume=True, **save)
    again = GAN(G, D, latent=2, optimizer=optax.adam(1e-3))
    assert checkpoints.restore(tmp_path, again, state)[0].updates == 2
