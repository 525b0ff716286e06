"""Going on with a run: what is not as it was is said, what cannot be meant refused."""

import os
import subprocess
import sys
import warnings

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data
from gan_utils.networks import models
from gan_utils.numerics import float64
from gan_utils.saving import checkpoints, contents, made_with
from gan_utils.training import GAN, cosine, recipes, train

KEY = jax.random.key(0)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(60, 2)).astype("float32")
GANS = GAN(
    models.mlp_generator(2, (8,), 2), models.mlp_discriminator(2, (8,)), latent=2
)


def go(folder, source=X, steps=4, batch_size=16, gan=GANS, key=KEY, **hyper):
    return train(
        gan,
        gan.init(key, **hyper),
        source,
        steps,
        batch_size,
        checkpoint_dir=folder,
        resume=folder is not None,
        progress=False,
    )


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        ({}, {"batch_size": 8}, "batch_size 8, was 16"),
        ({}, {"source": X[:40]}, "rows of data 40, was 60"),
        ({}, {"source": 2 * X}, "other data than before"),
        ({}, {"source": X[::-1]}, "another order"),
        ({}, {"source": data.ring(8, 1.0, 0.05)}, "data from .*Mixture, was array"),
        ({}, {"source": (X, 1)}, "with labels"),
        (
            {"source": data.ring(8, 1.0, 0.05)},
            {"source": data.ring(8, 2.0, 0.05)},
            "other data",
        ),
        ({}, {"learning_rate": 1e-3}, "d_learning_rate 0.0002, not 0.001"),
        (
            {"gamma": cosine(1.0, 0.5, 10)},
            {"gamma": cosine(1.0, 0.5, 20)},
            r"gamma cosine\(1, 0.5, 10\), not cosine\(1, 0.5, 20\)",
        ),
        ({}, {"key": jax.random.key(1)}, "its own key"),
    ],
)
def test_what_changed_is_said_once(tmp_path, first, then, says):
    go(tmp_path, **first)
    with pytest.warns(RuntimeWarning, match=says) as caught:
        state, history = go(tmp_path, **(first | {"steps": 6} | then))
    assert len(caught) == 1 and state.updates == len(history) == 6


def test_the_same_call_goes_on_in_silence(tmp_path):
    for steps in (4, 6):
        go(tmp_path, steps=steps, source=(X, np.arange(60) % 3))
    one = go(None, steps=6, source=(X, np.arange(60) % 3))[0]
    two = go(tmp_path, steps=6, source=(X, np.arange(60) % 3))[0]
    assert all(map(np.array_equal, *map(jax.tree.leaves, (one.g, two.g))))


def test_lists_and_other_formats_of_the_same_numbers_are_the_same_data(tmp_path):
    go(tmp_path)
    go(tmp_path, source=X.astype("float64"), steps=5)
    go(tmp_path, source=X.tolist(), steps=6)


def test_samples_of_another_shape_are_refused(tmp_path):
    source = data.batches(X, 16)
    state, _ = go(tmp_path)
    saved = made_with.found(source)
    with pytest.raises(ValueError, match=r"shape \(3,\); .* on shape \(2,\)"):
        made_with.compare(saved, saved | {"shape": [3]}, tmp_path)
    with pytest.raises(ValueError, match="samples of shape"):
        go(tmp_path, source=np.zeros((60, 3), "float32"), steps=6)
    assert checkpoints.steps(tmp_path) == [state.updates]


def test_a_checkpoint_that_does_not_tell_goes_on(tmp_path):
    state, history = go(None)
    checkpoints.save(tmp_path, GANS, state, history)
    assert go(tmp_path, batch_size=8, steps=5)[0].updates == 5


@pytest.mark.parametrize(
    ("one", "other"), [("threefry2x32", "rbg"), ("rbg", "unsafe_rbg")]
)
def test_keys_of_another_kind_come_back_as_they_were(tmp_path, one, other):
    with jax.default_prng_impl(one):
        whole, _ = go(None, steps=6, key=jax.random.key(0))
        go(tmp_path, key=jax.random.key(0))
    with jax.default_prng_impl(other):
        with pytest.warns(RuntimeWarning, match="its own key"):
            state, _ = go(tmp_path, steps=6, key=jax.random.key(0))
        back, _ = checkpoints.restore(tmp_path, GANS, GANS.init(jax.random.key(3)))
    assert str(jax.random.key_impl(back.key)) == one
    assert jnp.array_equal(*(jax.random.key_data(x.key) for x in (whole, back)))
    if one == "threefry2x32":  # JAX's others depend on how many are drawn at once
        assert all(map(np.array_equal, *map(jax.tree.leaves, (whole.g, state.g))))


def test_raw_keys_of_another_kind_are_named(tmp_path):
    go(tmp_path, key=jax.random.PRNGKey(0))
    with (
        jax.default_prng_impl("rbg"),
        pytest.raises(ValueError, match="JAX_DEFAULT_PRNG_IMPL, which was set"),
    ):
        go(tmp_path, steps=6, key=jax.random.PRNGKey(0))


@pytest.mark.parametrize("name", ["dcgan28", "mlp28", "probability"])
def test_a_state_is_float32_whatever_the_switch(name):
    gan = recipes.IMAGES[name](steps=2).gan

    def kinds():
        leaves = jax.tree.leaves(jax.eval_shape(gan.init, KEY))
        return [(leaf.dtype, leaf.shape) for leaf in leaves]

    narrow = kinds()
    jax.clear_caches()
    with float64():
        assert kinds() == narrow
    jax.clear_caches()


WIDE = """
import sys, jax, numpy as np
sys.path.insert(0, "tests")
import test_resuming
state, _ = test_resuming.go(sys.argv[1], steps=6)
print(state.updates)
"""


def test_a_run_saved_in_32_bits_goes_on_in_64_and_says_so(tmp_path):
    go(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", WIDE, str(tmp_path)],
        env=os.environ | {"JAX_ENABLE_X64": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "6"
    assert "JAX_ENABLE_X64 is True, was False" in done.stderr


def test_numbers_of_another_width_are_named(tmp_path):
    saved, given = (
        {"gan": "g", "shapes": [f"float{bits}[3]"], "keys": []} for bits in (64, 32)
    )
    with pytest.raises(ValueError, match="JAX_ENABLE_X64, which was set otherwise"):
        contents.require_same(saved, given, tmp_path)
    fewer = given | {"shapes": []}
    with pytest.raises(ValueError, match="saved 0 arrays, given 1 arrays"):
        contents.require_same(fewer, given, tmp_path)


def test_an_ensemble_says_it_too(tmp_path):
    def both(rate, steps):
        state = GANS.init_ensemble(jax.random.split(KEY, 2), learning_rate=rate)
        return train(
            GANS, state, X, steps, 16, checkpoint_dir=tmp_path, resume=True,
            progress=False,
        )  # fmt: skip

    both(jnp.array([1e-3, 2e-3]), 3)
    with pytest.warns(RuntimeWarning, match=r"rate 0.001 to 0.002, not 0.001 to 0.003"):
        both(jnp.array([1e-3, 3e-3]), 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        both(jnp.array([1e-3, 2e-3]), 5)
