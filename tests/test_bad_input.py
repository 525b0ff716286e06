"""What bad input gets: a ValueError that names the argument, what came and why."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import (
    clinic,
    data,
    divergences,
    exercises,
    games,
    losses,
    metrics,
    penalties,
    plots,
    validate,
    widgets,
)
from gan_utils.networks import models
from gan_utils.training import (
    GAN,
    alternating,
    checkpoints,
    recipes,
    run,
    sweep,
    train,
)

KEY = jax.random.key(0)
RING = data.ring(8, 1.0, 0.05)
IMAGES = np.zeros((20, 28, 28, 1), "float32")


def point_gan(width: int = 8, **settings) -> GAN:
    return GAN(
        generator=models.mlp_generator(2, (width,), 2),
        discriminator=models.mlp_discriminator(2, (width,)),
        latent=2,
        **settings,
    )


def image_gan() -> GAN:
    shape = (28, 28, 1)
    return GAN(
        generator=models.mlp_generator(4, (8,), shape, output=jnp.tanh),
        discriminator=models.mlp_discriminator(shape, (8,)),
        latent=4,
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (IMAGES + 200, "0..255"),
        (IMAGES + 1.5, "standardised"),
        (IMAGES.astype("uint8"), "raw pixels"),
        (IMAGES[..., 0], "channel axis"),
        (np.zeros((20, 784), "float32"), "samples of shape"),
        (np.zeros((20, 28, 28, 3), "float32"), "one channel against three"),
        (np.arange(20), "shape"),
        (IMAGES[:0], "empty"),
        (np.where(IMAGES == 0, np.nan, IMAGES), "NaN"),
        (IMAGES[:5], "batch_size is 16"),
        ((IMAGES, np.zeros(19, "int32")), "one label a sample"),
    ],
)
def test_train_refuses_bad_data(source, message):
    gan = image_gan()
    with pytest.raises(ValueError, match=message):
        train(gan, gan.init(KEY), source, 1, batch_size=16, progress=False)


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        (jnp.zeros((16,)), "labels where images belong"),
        (jnp.zeros((16,), "int32"), "labels where images belong"),
        (jnp.zeros((16, 28, 28, 3)), "3 channels against 1"),
        (jnp.zeros((0, 28, 28, 1)), "empty"),
        (jnp.full((16, 28, 28, 1), 255.0), "0..255"),
        (jnp.full((16, 28, 28, 1), jnp.nan), "NaN"),
        (jnp.zeros((16, 28, 28, 1), "int32"), "raw pixels"),
    ],
)
def test_step_refuses_bad_batches(batch, message):
    gan = image_gan()
    with pytest.raises(ValueError, match=message):
        gan.step(gan.init(KEY), batch)


def test_step_needs_a_draw_for_each_inner_step():
    gan = point_gan(update=alternating(3, 1))
    with pytest.raises(ValueError, match="3 inner steps"):
        gan.step(gan.init(KEY), jnp.zeros((2, 16, 2)))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"steps": -1}, "steps is int -1"),
        ({"steps": 2.5}, "steps"),
        ({"steps": 1, "batch_size": 0}, "batch_size"),
        ({"steps": 1, "frame_every": 0}, "frame_every"),
        ({"steps": 1, "checkpoint_every": 0}, "checkpoint_every"),
    ],
)
def test_train_refuses_bad_numbers(settings, message):
    gan = point_gan()
    with pytest.raises(ValueError, match=message):
        train(gan, gan.init(KEY), RING, progress=False, **settings)


@pytest.mark.parametrize(
    "hyper",
    [
        {"learning_rate": -1e-3},
        {"gamma": -1.0},
        {"beta1": 1.0},
        {"ema_decay": float("nan")},
        {"learning_rate": "fast"},
        {"clip": 0.0},
    ],
)
def test_init_refuses_bad_hyper_parameters(hyper):
    with pytest.raises(ValueError, match=next(iter(hyper))):
        point_gan().init(KEY, **hyper)


def test_networks_that_do_not_fit_are_refused():
    gan = GAN(
        models.mlp_generator(2, (8,), 3), models.mlp_discriminator(2, (8,)), latent=2
    )
    with pytest.raises(ValueError, match="discriminator cannot read samples") as caught:
        gan.init(KEY)
    assert str(caught.value).count("Likely cause") == 1
    with pytest.raises(ValueError, match=r"generator .* expected an nnx"):
        GAN(lambda rngs: "net", models.mlp_discriminator(2, (8,)), latent=2)


def test_penalty_refuses_a_discriminator_that_couples_samples():
    with pytest.raises(ValueError, match="rows are independent"):
        GAN(
            models.conv_generator(4, (8, 4)),
            models.conv_discriminator((28, 28, 1), (4, 8), batch_norm=True),
            latent=4,
            penalty=penalties.r1,
        )


def test_ensemble_needs_one_number_a_member():
    keys = jax.random.split(KEY, 3)
    with pytest.raises(ValueError, match="3 members"):
        point_gan().init_ensemble(keys, gamma=jnp.ones(2))


def saved_run(folder, gan):
    return train(gan, gan.init(KEY), RING, 5, 16, checkpoint_dir=folder, progress=False)


def files_below(folder):
    return {
        p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_used_folder_is_not_overwritten(tmp_path):
    gan = point_gan()
    saved_run(tmp_path, gan)
    before = files_below(tmp_path)
    with pytest.raises(ValueError, match="already holds checkpoints"):
        saved_run(tmp_path, gan)
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("other", [point_gan(16), point_gan(loss=losses.hinge)])
def test_checkpoint_of_another_architecture(tmp_path, other):
    saved_run(tmp_path, point_gan())
    before = files_below(tmp_path)
    with pytest.raises(ValueError, match="another architecture"):
        train(other, other.init(KEY), RING, 9, checkpoint_dir=tmp_path, resume=True)
    assert files_below(tmp_path) == before


def test_truncated_checkpoint(tmp_path):
    gan = point_gan()
    saved_run(tmp_path, gan)
    cut = [p for p in tmp_path.rglob("*") if p.is_file() and p.stat().st_size > 200]
    assert cut
    for path in cut:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ValueError, match="truncated or damaged"):
        checkpoints.restore(tmp_path, gan, gan.init(KEY))


def test_missing_step(tmp_path):
    gan = point_gan()
    with pytest.raises(ValueError, match=r"holds checkpoints of steps \[\]"):
        checkpoints.restore(tmp_path, gan, gan.init(KEY))
    saved_run(tmp_path, gan)
    with pytest.raises(ValueError, match="step 4"):
        checkpoints.restore(tmp_path, gan, gan.init(KEY), step=4)


def test_checkpoint_keeps_the_history(tmp_path):
    gan = point_gan()
    state, history = saved_run(tmp_path, gan)
    back, again = checkpoints.restore(tmp_path, gan, gan.init(jax.random.key(9)))
    assert int(back.step) == 5
    assert np.array_equal(history.d_loss, again.d_loss)
    assert jnp.array_equal(
        gan.sample(state, KEY, 4, ema=False), gan.sample(back, KEY, 4, ema=False)
    )


def test_describe_is_readable():
    text = validate.describe(np.array([[0, 255]], "uint8"))
    assert text == "uint8 array of shape (1, 2), range [0, 255]"


def test_an_ensemble_without_members_is_refused():
    gan = point_gan()
    ensemble = gan.init_ensemble(jax.random.split(KEY, 2))
    none = jax.tree.map(lambda leaf: leaf[:0], ensemble)
    with pytest.raises(ValueError, match="matched none"):
        train(gan, none, RING, 1, batch_size=16, progress=False)


def gan_with(**settings):
    gan = point_gan(**settings)
    return gan.init(KEY)


GANS = point_gan()
STATE = GANS.init(KEY)
X = np.random.default_rng(0).normal(size=(40, 2)).astype("float32")
DIGITS = data.mnist_sample().x[:40]
ASKED = recipes.conditional(image_gan(), 10)
ASKED_STATE = ASKED.init(KEY)
SIX = (np.arange(6.0), np.ones(6))


def taught(source=X, **settings):
    options = dict(batch_size=16, progress=False) | settings
    return train(GANS, STATE, source, 1, **options)


def critic(x):
    return x.sum(axis=1)


UNLISTED = {
    # a call, and what its message says: the argument, what came, what was expected
    "a latent in words": (
        lambda: GAN(GANS.generator, GANS.discriminator, latent="two"),
        "latent is str 'two'",
    ),
    "a loss by name": (lambda: point_gan(loss="hinge"), "loss is str 'hinge'"),
    "one array for a loss": (
        lambda: gan_with(loss=lambda real, fake: real.mean()),
        "loss|update of this GAN",
    ),
    "a rate for many": (
        lambda: GANS.init(KEY, learning_rate=jnp.ones(3)),
        "d_learning_rate is an array",
    ),
    "an unknown rate": (lambda: GANS.init(KEY, lr=1e-3), r"\['lr'\] are unknown"),
    "no source": (lambda: taught(None), "source is NoneType None"),
    "a source's maker": (lambda: taught(data.ring), "source is function"),
    "a source in a dictionary": (lambda: taught({"x": X}), "source is dict"),
    "a source JAX cannot see": (lambda: taught(Unseen()), "holds a Unseen"),
    "three arrays": (lambda: taught((X, X, X)), "source is a tuple of 3"),
    "labels in words": (lambda: taught((X, ["a"] * 40)), "labels of source is list"),
    "a limit in words": (lambda: taught(divergence="big"), "divergence is str 'big'"),
    "a limit below 0": (lambda: taught(divergence=-1), "divergence is int -1"),
    "no function to draw": (lambda: taught(on_frame=3), "on_frame is int 3"),
    "a folder by number": (lambda: taught(checkpoint_dir=3), "checkpoint_dir is int"),
    "a file for a folder": (
        lambda: taught(checkpoint_dir=__file__),
        "which is a file",
    ),
    "saves without a folder": (
        lambda: taught(checkpoint_every=1),
        "checkpoint_dir is None",
    ),
    "resume without a folder": (lambda: taught(resume=True), "checkpoint_dir is None"),
    "a folder for resume": (
        lambda: taught(checkpoint_dir="here", resume="here"),
        "resume is str 'here'",
    ),
    "run backwards": (
        lambda: run(GANS, STATE, data.batches(X, 8), -1),
        "steps is int -1",
    ),
    "run on an array": (lambda: run(GANS, STATE, X, 1), "source is float32 array"),
    "step without a batch": (lambda: GANS.step(STATE, None), "batch is NoneType"),
    "half a sample": (lambda: GANS.sample(STATE, KEY, 2.5), "n is float 2.5"),
    "a class of none": (lambda: GANS.sample(STATE, KEY, 4, y=3), "read no labels"),
    "class 10": (lambda: ASKED.sample(ASKED_STATE, KEY, 4, y=10), "from 0 to 9"),
    "class -1": (lambda: ASKED.sample(ASKED_STATE, KEY, 4, y=-1), "y has labels"),
    "half a class": (lambda: ASKED.sample(ASKED_STATE, KEY, 4, y=0.5), "fractions"),
    "one-hot classes": (
        lambda: ASKED.sample(ASKED_STATE, KEY, 4, y=np.eye(10)[:4]),
        "argmax",
    ),
    "too few classes": (
        lambda: ASKED.sample(ASKED_STATE, KEY, 4, y=[1, 2]),
        "fewer labels than samples",
    ),
    "logits of class 12": (
        lambda: ASKED.logits(ASKED_STATE, DIGITS[:4], np.full(4, 12)),
        "y has labels",
    ),
    "a network of class 12": (
        lambda: models.apply(
            ASKED.generator, ASKED_STATE.g.variables, jnp.ones((2, 4)), np.full(2, 12)
        ),
        "y has labels",
    ),
    "training on class 12": (
        lambda: train(ASKED, ASKED_STATE, (DIGITS, 12), 1, 8, progress=False),
        "y has labels",
    ),
    "a class of the shipped": (
        lambda: recipes.pretrained("dcgan28-conditional").sample(KEY, 4, y=10),
        "from 0 to 9",
    ),
    "a class of the shipped without": (
        lambda: recipes.pretrained("mlp28").sample(KEY, 4, y=1),
        "read no labels",
    ),
    "latents of another": (
        lambda: recipes.pretrained("mlp28").generate(jnp.ones((4, 3))),
        "z is float32",
    ),
    "a list of names": (lambda: recipes.pretrained(["mlp28"]), "name is"),
    "rows of two lengths": (lambda: data.mixture([[0.0], [1.0, 2]], 0.1), "means is"),
    "points in words": (lambda: data.points("abc", 0.1), "array is str"),
    "minus one sample": (lambda: RING.sample(KEY, -1), "n is int -1"),
    "a seed for a key": (lambda: RING.sample(0, 5), "key is int 0"),
    "a seed for latents": (lambda: GANS.latent.sample(0, 5), "key is int 0"),
    "an oracle's seed": (lambda: metrics.oracle(RING, 10, key=3), "key is int 3"),
    "a metric by name": (lambda: metrics.floor("frechet", X, 10), "metric is str"),
    "one part": (
        lambda: metrics.extrapolate(metrics.frechet_distance, (X, X), parts=3),
        "parts is",
    ),
    "no width": (lambda: metrics.parzen(X, X, X, sigmas=[]), "sigmas is"),
    "features in words": (lambda: metrics.frechet_distance("a", X), "features is str"),
    "numbers for the judge": (lambda: metrics.judge().look([1, 2]), "x is int64 array"),
    "unlike logits": (
        lambda: losses.relativistic(jnp.ones(3), jnp.ones((3, 1))),
        "real is .* and fake is",
    ),
    "logits of two batches": (
        lambda: losses.hinge(jnp.ones(3), jnp.ones(4)),
        "same shape",
    ),
    "no critic": (lambda: penalties.r1(None, X, X), "critic is NoneType"),
    "a penalty's seed": (
        lambda: penalties.gradient_penalty(critic, X, X, 0),
        "key is int 0",
    ),
    "probabilities in words": (lambda: divergences.kl("a", "b"), "p is str"),
    "a game by name": (
        lambda: games.trajectory("bilinear", games.simultaneous, (1.0, 1.0), 5),
        "game is str",
    ),
    "a stepper by name": (
        lambda: games.trajectory(games.bilinear(), "simultaneous", (1.0, 1.0), 5),
        "stepper is str",
    ),
    "a sweep over one key": (lambda: sweep(GANS, KEY, RING, 4), "keys is"),
    "a sweep of nothing": (lambda: sweep(None, KEY, RING, 4), "gan is NoneType"),
    "a sweep over images": (
        lambda: sweep(GANS, jax.random.split(KEY), DIGITS, 4, batch_size=8),
        "source gives batches",
    ),
    "points drawn in words": (lambda: plots.points("ab"), "real is str"),
    "limits turned round": (lambda: plots.points(X, limits=(2, -2)), "limits is"),
    "rows without names": (lambda: plots.rows([DIGITS]), "images is list"),
    "no rows": (lambda: plots.rows({}), "images is dict"),
    "rows of two sizes": (
        lambda: plots.rows({"a": DIGITS, "b": DIGITS[:, :8]}),
        "different sizes",
    ),
    "no images": (lambda: plots.named_images({}), "images is dict"),
    "a flat image": (
        lambda: plots.named_images({"a": DIGITS[0].ravel()}),
        r"images\['a'\] is",
    ),
    "lines without names": (lambda: plots.lines([1, 2], [1, 2]), "ys is list"),
    "bars without names": (lambda: plots.bars([1, 2]), "values is list"),
    "a row for a matrix": (lambda: plots.matrices({"a": np.zeros(3)}), "a is float64"),
    "a curve of other places": (
        lambda: plots.densities(SIX[0], {"a": SIX[1][:4]}),
        r"curves\['a'\] is",
    ),
    "a wall of other runs": (
        lambda: plots.wall(np.zeros((3, 4, 2)), [True]),
        "samples is",
    ),
    "places in space": (
        lambda: plots.where_is_it_from(X, X, np.zeros((3, 3))),
        "places is",
    ),
    "a slider in words": (lambda: widgets.slider("a", "b", "c"), "low is 'a'"),
    "a slider that stands": (lambda: widgets.slider(0, 1, 0.5, step=0), "step is"),
    "a word of choices": (lambda: widgets.choice("abc"), "options is 'abc'"),
    "one choice": (lambda: widgets.choice(3), "options is 3"),
    "a toggle in words": (lambda: widgets.toggle("yes"), "value is 'yes'"),
    "a drawing by name": (
        lambda: widgets.explore("draw", a=widgets.toggle()),
        "draw is str",
    ),
    "a slider too many": (
        lambda: widgets.explore(lambda a: a, b=widgets.toggle()),
        r"draw takes \(a\)",
    ),
    "a game's unknown setting": (
        lambda: widgets.vector_field(speed=2),
        "setting is str 'speed'",
    ),
    "rounds in words": (
        lambda: widgets.real_or_fake_images(DIGITS, DIGITS, {}, rounds="ten"),
        "rounds is str",
    ),
    "points for a distribution": (
        lambda: widgets.real_or_fake_points(X),
        "real is float32",
    ),
    "no lab": (lambda: widgets.replay(3), "run is int 3"),
    "a lab's rate in words": (lambda: widgets.lab(g_rate="fast"), "g_rate"),
}


HUGE = 10**12
UNLISTED |= {
    # answers that no memory holds: read as an array, some end the whole process
    "a sample that no memory holds": (
        lambda: GANS.sample(STATE, KEY, HUGE),
        r"n is 1,000,000,000,000.*GiB of memory",
    ),
    "points that no memory holds": (lambda: RING.sample(KEY, HUGE), "n is 1,000,000"),
    "latents that no memory holds": (
        lambda: GANS.latent.sample(KEY, HUGE),
        "n is 1,000,000",
    ),
    "digits that no memory holds": (
        lambda: recipes.pretrained("mlp28").sample(KEY, HUGE),
        r"shape \(28, 28, 1\)",
    ),
    "a batch that no memory holds": (
        lambda: taught(RING, batch_size=HUGE),
        "batch_size is 1,000,000,000,000",
    ),
    "data behind a mask": (
        lambda: taught(np.ma.masked_array(X, X > 0)),
        "source is .* masked; expected numbers alone",
    ),
    "an endless rate": (
        lambda: GANS.init(KEY, learning_rate=float("inf")),
        "d_learning_rate is float inf; expected a number of 0 or more, and finite",
    ),
    "a frame without arguments": (
        lambda: taught(on_frame=lambda: None),
        r"on_frame takes \(\)",
    ),
    "a bar by a word": (lambda: taught(progress="no"), "progress is str 'no'"),
    "a folder below a file": (
        lambda: taught(checkpoint_dir=__file__ + "/run"),
        r"checkpoint_dir is .*test_bad_input.py is a file",
    ),
    "a type of numbers": (
        lambda: data.mnist("test", dtype=np.float64),
        "dtype is type <class 'numpy.float64'>",
    ),
    "a radius that is no number": (
        lambda: data.ring(8, float("nan")),
        "radius holds 1 values that are NaN",
    ),
    "a spacing in words": (lambda: data.grid(3, "wide"), "spacing is str 'wide'"),
    "a checkpoint from nowhere": (
        lambda: checkpoints.restore(None, GANS, STATE),
        "directory is NoneType None",
    ),
    "a checkpoint's arguments turned round": (
        lambda: checkpoints.restore("here", STATE, GANS),
        "gan is GANState",
    ),
    "a checkpoint of no state": (
        lambda: checkpoints.restore("here", GANS, KEY),
        "state is .*; expected what gan.init",
    ),
    "a checkpoint without a history": (
        lambda: checkpoints.save("here", GANS, STATE, None),
        "history is NoneType None",
    ),
    "a start in words": (
        lambda: games.trajectory(games.bilinear(), games.simultaneous, "ab", 5),
        "start is str 'ab'",
    ),
    "curves in words": (
        lambda: plots.lines(*[[1, 2], {"a": "bc"}]),
        r"ys\['a'\] is str",
    ),
    "bars in words": (lambda: plots.bars({"a": "b"}), r"values is list \['b'\]"),
    "frames of two sizes": (
        lambda: plots.film([DIGITS[:4], DIGITS[:4, :8]]),
        "frames has images of sizes",
    ),
    "a diagnosis of a state": (lambda: clinic.diagnose(STATE), "run is GANState"),
    "an exercise's arguments turned round": (
        lambda: exercises.check(lambda: 0, "slerp"),
        "name is function.*arguments in another order",
    ),
    "an exercise by a near name": (
        lambda: exercises.check("slurp", lambda: 0),
        "Did you mean 'slerp'",
    ),
}


def test_the_settings_in_which_a_checkpoint_differs_are_told_in_a_line(tmp_path):
    saved_run(tmp_path, GANS)
    wide = point_gan(loss=losses.hinge)
    with pytest.raises(ValueError, match="loss: saved nonsaturating, given") as caught:
        checkpoints.restore(tmp_path, wide, wide.init(KEY))
    assert len(str(caught.value)) < 400 and "Likely cause" in str(caught.value)


class Unseen:
    """A source whose arrays JAX does not know."""

    def sample(self, key, n):
        return jnp.zeros((n, 2))


@pytest.mark.parametrize("name", UNLISTED)
def test_input_that_nobody_listed_is_named(name):
    call, message = UNLISTED[name]
    with pytest.raises(ValueError, match=message):
        call()
