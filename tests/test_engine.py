"""The engine: a run is `gan.step` on `source.batch`, by whichever engine."""

import dataclasses
import functools
import os
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from test_training import RING, same, small_gan

from gan_utils import data, losses, penalties
from gan_utils.engine import run
from gan_utils.networks import models
from gan_utils.training import (
    GAN,
    alternating,
    consensus,
    recipes,
    simultaneous,
    train,
    unrolling,
)

POLISHED = True  # the machine code that a learner runs
IMAGES = np.tanh(np.random.default_rng(0).normal(size=(64, 8, 8, 1))).astype("float32")


def image_gan(**settings):
    return GAN(
        models.conv_generator(4, (8, 4), (8, 8, 1)),
        models.conv_discriminator((8, 8, 1), (4, 8)),
        latent=4,
        **settings,
    )


CASES = {
    "dense": (small_gan, RING),
    "five to one": (lambda: small_gan(update=alternating(5, 1)), RING),
    "simultaneous": (lambda: small_gan(update=simultaneous()), RING),
    "stored": (small_gan, np.asarray(RING.sample(jax.random.key(3), 200))),
    "convolutional": (image_gan, IMAGES),
    "convolutional, R1": (lambda: image_gan(penalty=penalties.r1), IMAGES),
}


@pytest.mark.parametrize("engine", ["fast", "plain"])
@pytest.mark.parametrize("name", CASES)
def test_one_update_of_a_run_is_the_step_to_the_bit(name, engine, monkeypatch):
    monkeypatch.setenv("GAN_UTILS_ENGINE", engine)
    make, given = CASES[name]
    gan = make()
    state = gan.init(jax.random.key(0), learning_rate=1e-3, gamma=0.1)
    state = state._replace(step=state.step + 5)
    source = data.batches(given, 32, gan.update.draws)
    after, reports = run(gan, state, source, 1)
    by_hand, report = gan.step(state, source.batch(state.key, state.step))
    assert same(after, by_hand)
    assert all(a[0] == b for a, b in zip(reports, report, strict=True))


@pytest.mark.parametrize("name", ["dense", "convolutional"])
def test_a_loop_of_ones_own_is_train(name):
    make, given = CASES[name]
    gan = make()
    start = state = gan.init(jax.random.key(0), learning_rate=1e-3)
    source = data.batches(given, 32, gan.update.draws)
    for _ in range(20):
        state, _ = gan.step(state, source.batch(state.key, state.step))
    trained, _ = train(gan, start, source, 20, progress=False)
    assert same(state, trained)


def close(a, b) -> None:
    for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        if not jnp.issubdtype(x.dtype, jax.dtypes.prng_key):
            scale = np.abs(np.asarray(y)).max()
            assert np.abs(np.asarray(x) - np.asarray(y)).max() < 2e-4 * scale + 1e-6


RULES = {
    "alternating": alternating(),
    "two to three": alternating(2, 3),
    "four": alternating(4, 1),
    "D alone": alternating(1, 0),
    "simultaneous": simultaneous(),
    "consensus": consensus(),
    "unrolling": unrolling(2),
}
PENALTIES = ("r1", "r2", "r1_r2", "gradient_penalty", "dragan")


def both_engines(gan, given, monkeypatch, batch=16, members=0, steps=3, **hyper):
    """Compare a few updates of both engines from one state, on the same batches.

    By plain gradient descent: Adam's first steps are signs, which rounding can turn.
    """
    gan = dataclasses.replace(gan, optimizer=optax.sgd)
    key = jax.random.key(0)
    keys = jax.random.split(key, members) if members else None
    start = gan.init_ensemble(keys, **hyper) if members else gan.init(key, **hyper)
    source = data.batches(given, batch, gan.update.draws)
    found = []
    for engine in ("fast", "plain"):
        monkeypatch.setenv("GAN_UTILS_ENGINE", engine)
        if gan.convolves:
            jax.clear_caches()  # the forms of a convolution are chosen while tracing
        found.append(run(gan, start, source, steps))
    close(found[0][1], found[1][1])
    close(found[0][0].g.variables, found[1][0].g.variables)


@pytest.mark.parametrize("rule", RULES)
def test_engines_agree_for_every_rule(rule, monkeypatch):
    rule = RULES[rule]
    settings = {"penalty": None} if rule.regularises else {}
    gan = small_gan(update=rule, optimizer=optax.sgd, **settings)
    both_engines(gan, RING, monkeypatch, learning_rate=1e-3, gamma=0.1)


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("make", [small_gan, image_gan])
def test_engines_agree_for_every_penalty(penalty, make, monkeypatch):
    gan = make(penalty=getattr(penalties, penalty), loss=losses.nonsaturating)
    given = RING if make is small_gan else IMAGES
    both_engines(gan, given, monkeypatch, learning_rate=1e-3, gamma=0.1)


def test_engines_agree_for_an_ensemble(monkeypatch):
    gan = small_gan()
    both_engines(gan, RING, monkeypatch, members=3, steps=20, learning_rate=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*recipes.IMAGES, "ring8", "clusters"])
def test_engines_agree_for_every_recipe(name, monkeypatch):
    toy = name not in recipes.IMAGES
    recipe = (getattr(recipes, name) if toy else recipes.IMAGES[name])()
    digits = data.mnist_sample()
    given = RING if toy else (digits.x[:500], digits.y[:500])
    both_engines(recipe.gan, given, monkeypatch, steps=2, **recipe.hyper)


def test_no_updates_give_empty_reports_and_the_same_state(monkeypatch):
    for engine in ("fast", "plain"):
        monkeypatch.setenv("GAN_UTILS_ENGINE", engine)
        for make, given in (CASES["dense"], CASES["convolutional"]):
            gan = make()
            state = gan.init(jax.random.key(0))
            after, reports = run(gan, state, data.batches(given, 16), 0)
            assert same(after, state) and reports.g_loss.shape == (0,)


def test_plain_knows_nothing_of_the_rest():
    program = """
import os, jax
from gan_utils import data
from gan_utils.engine import cores, fast
from gan_utils.training import train
from gan_utils.training.recipes import ring8
fast.run = cores.run = fast.loop = None
recipe = ring8()
train(recipe.gan, recipe.init(jax.random.key(0)), data.ring(8, 1.0, 0.05), 2, 32,
      progress=False)
from jaxlib.xla_client import CompileOptions
print(CompileOptions().SerializeAsString().hex())
"""
    bare = "import jax\nfrom jaxlib.xla_client import CompileOptions\n"
    bare += "print(CompileOptions().SerializeAsString().hex())"

    def flags(program):
        environment = os.environ | {"GAN_UTILS_ENGINE": "plain"}
        words = [sys.executable, "-c", program]
        done = subprocess.run(words, env=environment, capture_output=True, check=True)
        return done.stdout

    assert flags(program) == flags(bare)


def test_another_engine_is_refused(monkeypatch):
    monkeypatch.setenv("GAN_UTILS_ENGINE", "warp")
    gan = small_gan()
    with pytest.raises(ValueError, match=r"warp.*fast, plain"):
        train(gan, gan.init(jax.random.key(0)), RING, 1, 8, progress=False)


def test_only_three_things_are_used_outside():
    import ast
    from pathlib import Path

    import gan_utils

    allowed = {"engine", "run", "convolution", "measured"}
    found = set()
    for path in Path(gan_utils.__path__[0]).rglob("*.py"):
        if path.parent.name == "engine":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            if node.module == "gan_utils.engine":
                found |= {alias.name for alias in node.names}
            elif node.module.startswith("gan_utils.engine."):
                found.add(node.module.split(".")[2])
    assert found <= allowed


def test_a_partial_is_compared_by_value_in_a_compiled_run():
    def make():
        return GAN(
            functools.partial(models.MLPGenerator, 2, (8,), (2,)),
            functools.partial(models.MLPDiscriminator, (2,), (8,)),
            latent=2,
        )

    assert make() == make() and hash(make()) == hash(make())
