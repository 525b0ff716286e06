"""Ensembles on all cores: what each member gets does not depend on the sharing."""

import jax
import numpy as np
import pytest

from gan_utils import data, penalties
from gan_utils.data import batches
from gan_utils.engine import cores, run
from gan_utils.networks import models
from gan_utils.training import GAN

GENERATOR, DISCRIMINATOR = (
    models.mlp_generator(2, (8,), 2),
    models.mlp_discriminator(2, (8,)),
)
STRUCTURE = GAN(GENERATOR, DISCRIMINATOR, latent=2, penalty=penalties.r1)
SOURCE = batches(data.ring(8, 1.0, 0.1), 16)


def ensemble(members):
    return STRUCTURE.init_ensemble(jax.random.split(jax.random.key(3), members))


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(
        cores.os, "sched_getaffinity", lambda _: range(2), raising=False
    )


def numbers(tree):
    leaves = jax.tree.leaves(tree._replace(key=jax.random.key_data(tree.key)))
    return [np.asarray(leaf) for leaf in leaves]


@pytest.mark.slow
@pytest.mark.parametrize("members", [4, 3])  # two shares of two: full, filled up
def test_members_get_what_one_program_gives_them(two_cores, members, monkeypatch):
    state = ensemble(members)
    shared, reports = run(STRUCTURE, state, SOURCE, 7)
    monkeypatch.setattr(cores, "count", lambda _: 1)
    alone, expected = run(STRUCTURE, state, SOURCE, 7)
    assert reports.d_loss.shape == expected.d_loss.shape == (7, members)
    assert np.allclose(reports.d_loss, expected.d_loss, rtol=1e-4)
    for a, b in zip(numbers(shared), numbers(alone), strict=True):
        assert a.shape == b.shape and np.allclose(a, b, rtol=1e-3, atol=1e-5)


def test_bits_do_not_depend_on_how_a_run_is_cut(two_cores):
    state = ensemble(3)
    whole, _ = run(STRUCTURE, state, SOURCE, 40)
    cut = state
    for steps in (1, 22, 17):
        cut, _ = run(STRUCTURE, cut, SOURCE, steps)
    for a, b in zip(numbers(whole), numbers(cut), strict=True):
        assert (a == b).all()


@pytest.mark.slow
def test_settings_of_the_caller_reach_the_program(two_cores, monkeypatch):
    seen = []
    compiled = cores._compiled
    monkeypatch.setattr(
        cores, "_compiled", lambda *a: seen.append(a[-1]) or compiled(*a)
    )
    with jax.default_matmul_precision("highest"):
        run(STRUCTURE, ensemble(2), SOURCE, 1)
    assert len(seen) == 2 and all("highest" in settings for settings in seen)


def test_random_numbers_of_a_context_are_those_of_every_thread(two_cores):
    def losses(state, *steps):
        found = []
        for n in steps:
            state, reports = run(STRUCTURE, state, SOURCE, n)
            found.append(reports.d_loss)
        return np.concatenate(found)

    one, many = STRUCTURE.init(jax.random.key(1)), ensemble(2)
    as_usual = losses(one, 20), losses(many, 20)
    with jax.threefry_partitionable(False):
        assert (losses(one, 300) == losses(one, 256, 44)).all()
        for state, usual in zip((one, many), as_usual, strict=True):
            assert np.abs(losses(state, 20) - usual).max() > 1e-3


def test_one_run_and_a_sharded_ensemble_are_left_alone(two_cores):
    assert cores.count(STRUCTURE.init(jax.random.key(0))) == 1
    assert cores.count(ensemble(1)) == 1
    state = ensemble(4)
    assert cores.count(state) == (2 if jax.default_backend() == "cpu" else 1)
    if len(jax.devices()) >= 2:
        mesh = jax.make_mesh(
            (2,), ("members",), (jax.sharding.AxisType.Auto,), devices=jax.devices()[:2]
        )
        place = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec("members"))
        assert cores.count(jax.device_put(state, place)) == 1


def test_a_fault_in_one_share_reaches_the_caller(two_cores):
    def broken(part):
        raise FloatingPointError("nan")

    with pytest.raises(FloatingPointError):
        cores.run(lambda part: broken, ensemble(2), 8)
