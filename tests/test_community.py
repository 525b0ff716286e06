"""Modules and optimisers as the community writes them: trained, saved, resumed."""

import dataclasses
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
from gan_utils.saving import checkpoints
from gan_utils.training import GAN, alternating, cosine, run, train

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


class ByHand(nnx.Module):
    """Batch statistics without a variable."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.last = nnx.Linear(2, 1, rngs=rngs)

    def __call__(self, x):
        return self.last(x - x.mean(0, keepdims=True))


def test_statistics_of_a_batch_by_hand_are_found():
    assert not GAN(G, ByHand, latent=2).one_call
    assert GAN(G, functools.partial(Plain, 2, 8, 1), latent=2).one_call
    with pytest.raises(ValueError, match=r"penalty is set.*statistics over axis 0"):
        GAN(G, ByHand, latent=2, penalty=penalties.r1).init(jax.random.key(0))


CLIMBS = {
    "a direction": optax.scale_by_adam(),
    "a chain": optax.chain(optax.clip(1.0), optax.scale_by_rms()),
    "warm-up": optax.chain(optax.scale_by_adam(), optax.scale_by_schedule(SCHEDULE)),
    "gathers": optax.MultiSteps(optax.scale_by_adam(), 3),
    "a rate below 0": optax.sgd(-1e-3),
    "a constructor": lambda learning_rate: optax.scale(learning_rate),
}


@pytest.mark.parametrize("name", CLIMBS)
def test_an_optimiser_that_climbs_is_refused(name):
    gan = GAN(G, D, latent=2, optimizer=CLIMBS[name])
    with pytest.raises(ValueError, match=r"moves up its gradient.*at its end"):
        gan.init(jax.random.key(0))


def test_an_optimiser_that_stands_still_is_accepted():
    parts = {"a": optax.sgd(1e-3), "b": optax.set_to_zero()}
    names = functools.partial(jax.tree.map, lambda leaf: "a" if leaf.ndim else "b")
    for still in (optax.set_to_zero(), optax.multi_transform(parts, names)):
        GAN(G, D, latent=2, optimizer=still).init(jax.random.key(0))


def module(call="self, x", body="self.last(x)", takes="self, *, rngs", last=None):
    """Make a class of modules from the text of its two methods."""
    last = last or "nnx.Linear(2, 1, rngs=rngs)"
    made = {"nnx": nnx, "jnp": jnp, "jax": jax}
    text = (
        f"class Made(nnx.Module):\n  def __init__({takes}):\n    self.last = {last}\n"
    )
    exec(text + f"  def __call__({call}):\n    return {body}", made)
    return made["Made"]


BUILT = Plain(2, 8, 1, nnx.Rngs(0))
UNTRAINABLE = {
    "built outside": (lambda rngs: BUILT, "same module twice"),
    "no parameter": (module(last="None", body="x[:, :1]"), "nothing to train"),
    "a mode": (module("self, x, mode"), "nothing fills the argument 'mode'"),
    "rngs in the call": (module("self, x, *, rngs"), "argument 'rngs' of its call"),
    "labels": (module("self, x, y"), "a setting called classes"),
    "a branch": (
        module(body="self.last(x) if x.sum() > 0 else x"),
        "NumPy, or an if on values",
    ),
    "a setting": (functools.partial(models.mlp_discriminator, 2), "set it by functo"),
    "an error that speaks of something missing": (
        module(takes="self, key", last="{}['what is missing']"),
        "argument 'key' is given the nnx.Rngs",
    ),
    "a key": (
        module(takes="self, key", last="nnx.Param(jax.random.normal(key, (2, 1)))"),
        r"argument 'key' is given the nnx.Rngs.*rngs\.params\(\)",
    ),
}
if hasattr(nnx, "List"):  # an older Flax keeps bare arrays as variables
    for last in ("jnp.ones((2, 1))", "(jnp.ones(2),)", "nnx.List([jnp.ones(2)])"):
        bare = r"(Made\.last|List\.0) is a bare array"
        UNTRAINABLE[last] = (module(last=last, body="x"), bare)


@pytest.mark.parametrize("name", UNTRAINABLE)
def test_modules_that_cannot_be_used_are_refused_with_the_cause(name):
    network, reason = UNTRAINABLE[name]
    with pytest.raises(ValueError, match=f"discriminator cannot .*{reason}") as caught:
        GAN(G, network, latent=2).init(jax.random.key(0))
    assert str(caught.value).count("Likely cause") == 1


def weight_norm(rngs):
    return nnx.WeightNorm(nnx.Linear(2, 1, rngs=rngs), rngs=rngs)


OWN = [module("self, x, is_train"), *[weight_norm] * hasattr(nnx, "WeightNorm")]


@pytest.mark.parametrize("network", OWN)
def test_modules_with_arrays_or_a_mode_of_their_own_train(network, tmp_path):
    train_and_resume(GAN(G, network, latent=2), X, tmp_path)


def test_lookahead_is_refused_for_what_it_asks():
    gan = GAN(G, D, latent=2, optimizer=optax.lookahead(optax.adam(1e-3), 5, 0.5))
    with pytest.raises(ValueError, match=r"form of its own, as optax\.lookahead"):
        gan.init(jax.random.key(0))


@dataclasses.dataclass
class Unhashable:
    """Everything that a setting may be, but it has no hash."""

    size: int = 2

    def __call__(self, *given, learning_rate=None):
        return given

    def init(self, params):
        return ()

    update = sample = init


@pytest.mark.parametrize(
    "name",
    ["generator", "latent", "loss", "penalty", "update", "optimizer", "project"],
)
def test_settings_without_a_hash_are_refused(name):
    settings = dict(generator=G, discriminator=D, latent=2) | {name: Unhashable()}
    with pytest.raises(ValueError, match=rf"{name} is a Unhashable.*frozen=True"):
        GAN(**settings)


class Labelled(nnx.Module):
    """Reads labels, whose number may be given by its place."""

    def __init__(self, classes: int, units: int, *, rngs: nnx.Rngs):
        self.embed = nnx.Embed(classes, 2, rngs=rngs)
        self.last = nnx.Linear(2, units, rngs=rngs)

    def __call__(self, x, y):
        return self.last(x + self.embed(y))


CONDITIONAL = GAN(
    functools.partial(Labelled, 4, 2), functools.partial(Labelled, 4, 1), latent=2
)
Y = np.arange(300) % 4


def test_labels_may_be_a_list_or_one_number_for_all():
    state, key = CONDITIONAL.init(jax.random.key(0)), jax.random.key(1)
    listed = CONDITIONAL.sample(state, key, 3, [2, 2, 2])
    assert same(listed, CONDITIONAL.sample(state, key, 3, 2))
    assert CONDITIONAL.logits(state, X[:4].tolist(), 1).shape == (4,)
    pair = X[:8].tolist(), Y[:8].tolist()
    assert np.isfinite(CONDITIONAL.step(state, pair)[1].d_loss)


BAD_CALLS = {
    "sample, n": (lambda gan, s, k: gan.sample(s, k, 2.5), "n is float"),
    "sample, key": (lambda gan, s, k: gan.sample(s, None, 2), "key is"),
    "sample, few": (lambda gan, s, k: gan.sample(s, k, 3, [0, 1]), "y has labels"),
    "sample, words": (lambda gan, s, k: gan.sample(s, k, 1, ["cat"]), "y is list"),
    "sample, range": (lambda gan, s, k: gan.sample(s, k, 2, 4), "y has labels"),
    "sample, state": (lambda gan, s, k: gan.sample(None, k, 2), "state is NoneType"),
    "sample, part": (lambda gan, s, k: gan.sample(s.g, k, 2), "state is Player"),
    "generate": (lambda gan, s, k: gan.generate(s, None), "z is NoneType"),
    "step, nothing": (lambda gan, s, k: gan.step(s, None), "batch is NoneType"),
    "step, ragged": (lambda gan, s, k: gan.step(s, [[1.0], [2, 3]]), "batch is list"),
    "step, four": (lambda gan, s, k: gan.step(s, (X, Y, X, Y)), "batch is a tuple"),
    "step, no labels": (lambda gan, s, k: gan.step(s, X[:4]), "y is None"),
    "step, few": (lambda gan, s, k: gan.step(s, (X[:4], Y[:2])), "y has labels"),
    "logits, shape": (lambda gan, s, k: gan.logits(s, X[:3, :1], 0), "x is float32"),
    "logits, none": (lambda gan, s, k: gan.logits(s, X[:0], 0), "x is float32"),
    "logits, words": (lambda gan, s, k: gan.logits(s, "x"), "x is str"),
    "train, words": (lambda gan, s, k: train(gan, s, "mnist", 1), "source is str"),
    "train, generator": (lambda gan, s, k: train(gan, s, iter(X), 1), "source is"),
    "train, three": (lambda gan, s, k: train(gan, s, (X, Y, Y), 1), "source is a tup"),
    "train, objects": (lambda gan, s, k: train(gan, s, X.astype("O"), 1), "source is"),
    "train, network": (lambda gan, s, k: train(G, s, X, 1), "gan is Partial"),
}


@pytest.mark.parametrize("name", BAD_CALLS)
def test_bad_arguments_are_named(name):
    call, reason = BAD_CALLS[name]
    state = CONDITIONAL.init(jax.random.key(0))
    with pytest.raises(ValueError, match=f"(?s)^{reason}.*expected"):
        call(CONDITIONAL, state, jax.random.key(0))


def test_the_state_of_another_gan_is_refused():
    gan, key = GAN(G, D, latent=2), jax.random.key(0)
    other = CONDITIONAL.init(key)
    sgd = GAN(G, D, latent=2, optimizer=optax.sgd(1e-2)).init(key)
    assert same(gan.sample(sgd, key, 2), gan.sample(gan.init(key), key, 2))
    for call in (
        lambda: gan.sample(other, key, 2),
        lambda: gan.logits(other, X[:2]),
        lambda: gan.step(sgd, X[:2]),
        lambda: train(gan, sgd, X, 1, 16),
    ):
        with pytest.raises(ValueError, match=r"state has arrays.*another optimizer"):
            call()


@pytest.mark.parametrize("name", ["loss", "penalty", "project"])
def test_functions_of_another_form_are_refused_before_the_first_update(name):
    gan = GAN(G, D, latent=2, **{name: lambda *given: None})
    with pytest.raises(ValueError, match=f"cannot be made.*{name}.* of another form"):
        gan.init(jax.random.key(0))


def test_a_prior_that_cannot_draw_is_refused():
    class Swapped:
        def sample(self, n, key):
            return jax.random.normal(key, (n, 2))

    with pytest.raises(ValueError, match="latent cannot draw 2 latents"):
        GAN(G, D, latent=Swapped()).init(jax.random.key(0))
    with pytest.raises(ValueError, match="latent is"):
        GAN(G, D, latent=Swapped)
