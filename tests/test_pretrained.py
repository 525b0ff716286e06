"""Weights that come with the course: small, whole, theirs, and what they were."""

import json

import jax
import numpy as np
import pytest
from flax import nnx

from gan_utils import runs, shipped
from gan_utils.networks import models
from gan_utils.training import recipes
from gan_utils.training.recipes import pretrained_generators, quantised

ABOUT = pretrained_generators.provenance()
NAMES = sorted(ABOUT)
NAMED = pytest.mark.parametrize("name", NAMES)
FOLDER = pretrained_generators._folder()


def networks():
    yield "dense", models.mlp_generator(3, (5, 4), 6)
    shape = (8, 8, 1)
    yield (
        "normalised",
        models.conv_generator(3, (4, 2), shape, batch_norm=True, hidden=(5,)),
    )


@pytest.mark.parametrize("network", [n for _, n in networks()])
def test_eight_bits_move_no_weight_by_more_than_half_a_step(network):
    variables = models.init(network, jax.random.key(0))
    packed = quantised.quantise(variables)
    back = quantised.restore(network, packed)
    assert jax.tree.structure(back) == jax.tree.structure(variables)
    for before, after in zip(*map(jax.tree.leaves, (variables, back)), strict=True):
        before, after = np.asarray(before), np.asarray(after)
        assert after.dtype == np.float32
        largest = np.abs(before).max(axis=tuple(range(before.ndim - 1)))
        bound = largest / 254 if before.ndim > 1 else 0
        assert (np.abs(before - after) <= bound * 1.001).all()


def test_a_matrix_takes_a_quarter_of_the_bytes():
    network = models.mlp_generator(64, (256,), 784)
    packed = quantised.quantise(models.init(network, jax.random.key(0)))
    size = sum(array.nbytes for array in packed.values())
    assert size < 0.27 * 4 * models.parameter_count(network)


def test_zero_weights_stay_zero():
    network = models.mlp_generator(3, (4,), 2)
    zeros = jax.tree.map(np.zeros_like, models.init(network, jax.random.key(0)))
    back = quantised.restore(network, quantised.quantise(zeros))
    assert all((np.asarray(leaf) == 0).all() for leaf in jax.tree.leaves(back))


class Stepped(nnx.Module):
    """A network with a layer whose name begins like the mark of a column's step."""

    def __init__(self, rngs: nnx.Rngs):
        self.steps = nnx.Linear(3, 2, rngs=rngs)

    def __call__(self, z):
        return self.steps(z)


def test_a_layer_may_be_called_steps():
    variables = models.init(Stepped, jax.random.key(0))
    back = quantised.restore(Stepped, quantised.quantise(variables))
    assert jax.tree.structure(back) == jax.tree.structure(variables)


def test_weights_of_another_network_are_refused():
    packed = quantised.quantise(
        models.init(models.mlp_generator(3, (4,), 2), jax.random.key(0))
    )
    with pytest.raises(ValueError, match=r"another network.*dense0"):
        quantised.restore(models.mlp_generator(3, (5,), 2), packed)


def test_weights_that_are_not_finite_are_refused():
    variables = models.init(models.mlp_generator(3, (4,), 2), jax.random.key(0))
    broken = jax.tree.map(lambda leaf: leaf * np.nan, variables)
    with pytest.raises(ValueError, match=r"params\.dense0"):
        quantised.quantise(broken)


def test_every_recipe_comes_with_weights():
    assert {about["recipe"] for about in ABOUT.values()} == set(recipes.IMAGES)
    assert any(about["conditional"] for about in ABOUT.values())


def test_the_script_that_makes_them_makes_these():
    assert {name: about["steps"] for name, about in ABOUT.items()} == runs.FULL


def test_all_weights_together_take_six_megabytes_at_most():
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) <= 6e6


@NAMED
def test_weights_make_images_and_repeat(name):
    artist = recipes.pretrained(name)
    key = jax.random.key(0)
    x = np.asarray(artist.sample(key, 20))
    assert x.shape == (20, 28, 28, 1) and np.abs(x).max() <= 1
    np.testing.assert_array_equal(x, artist.sample(key, 20))
    assert x.std(axis=0).max() > 0.5  # not one image twenty times


@NAMED
def test_provenance_says_how_they_were_made(name):
    about = ABOUT[name]
    assert {"steps", "seed", "seconds", "date", "versions", "device"} <= set(about)
    assert about["data"] == "mnist" and about["bytes"] == (
        (FOLDER / f"{name}.npz").stat().st_size
    )
    before, after = about["before_rounding"], about["metrics"]
    assert abs(before["share"] - after["share"]) < 0.02  # rounding does not show
    assert min(after["classes"]) >= 0.03


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(ValueError, match=r"'brian'; expected one of .*brain"):
        recipes.pretrained("brian")


def test_a_damaged_file_is_refused(tmp_path, monkeypatch):
    name = NAMES[0]
    content = (FOLDER / f"{name}.npz").read_bytes()
    (tmp_path / f"{name}.npz").write_bytes(content[:-9])
    (tmp_path / pretrained_generators.PROVENANCE).write_text(json.dumps(ABOUT))
    monkeypatch.setattr(pretrained_generators, "_folder", lambda: tmp_path)
    with pytest.raises(ValueError, match=f"the weights of {name}.*damaged"):
        recipes.pretrained(name)
    (tmp_path / f"{name}.npz").unlink()
    with pytest.raises(ValueError, match="missing"):
        recipes.pretrained(name)


def test_the_same_numbers_give_the_same_bytes(tmp_path):
    arrays = {"a": np.arange(6, dtype="int8").reshape(2, 3)}
    hashes = {shipped.write(tmp_path / f"{i}.npz", arrays) for i in range(2)}
    assert len(hashes) == 1
