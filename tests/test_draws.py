"""What updates draw: the same numbers, however many are drawn ahead."""

import jax
import numpy as np
import pytest

from gan_utils import data
from gan_utils.data import batches
from gan_utils.networks import models
from gan_utils.training import GAN, alternating, draws, runner

STRUCTURE = GAN(
    models.mlp_generator(2, (4,), 2),
    models.mlp_discriminator(2, (4,)),
    latent=2,
    update=alternating(2, 1),
)
KEYS = jax.random.split(jax.random.key(8), 3)
X = np.random.default_rng(0).normal(size=(50, 2)).astype("float32")


def source(kind, size=8):
    return batches(data.ring(8, 1.0, 0.1) if kind == "ring" else X, size, 2)


def state_at(step, members):
    gan = STRUCTURE
    state = gan.init_ensemble(KEYS) if members else gan.init(KEYS[0])
    return state._replace(step=state.step + step)


def ahead(state, source, updates):
    structure = draws.structure(STRUCTURE)
    return draws.ahead(*structure, source, state.key, state.step, np.int32(updates))


@pytest.mark.parametrize("kind", ["ring", "stored"])
@pytest.mark.parametrize("members", [False, True])
@pytest.mark.parametrize("step", [0, 37])
def test_drawn_ahead_is_what_each_update_draws(kind, members, step):
    state = state_at(step, members)
    drawn = ahead(state, source(kind), 40)
    assert draws.room(drawn, members) == draws.AHEAD * draws.BLOCK
    start = draws.position(state)
    for later in (0, 15, 16, 39):
        now = state_at(step + later, members)
        block = draws.draw(STRUCTURE, source(kind), now)
        row = draws.position(now)
        expected = draws.pick(source(kind), block, row, members)
        batch = draws.pick(source(kind), drawn, start + later, members)
        for a, b in zip(jax.tree.leaves(batch), jax.tree.leaves(expected), strict=True):
            assert (a == b).all()


def test_what_is_not_wanted_is_not_drawn():
    z = ahead(state_at(37, False), source("ring"), 12).z  # rows 5 to 16 of its block
    assert (z[:32] != 0).all() and (z[32:] == 0).all()


def test_a_run_of_no_updates_changes_nothing():
    state = state_at(5, False)
    after, reports = runner.run(STRUCTURE, state, source("ring"), 0)
    assert reports.d_loss.shape == (0,) and after.updates == 5
    for a, b in zip(*(jax.tree.leaves(s.g) for s in (state, after)), strict=True):
        assert (a == b).all()


def test_large_blocks_are_drawn_one_by_one_to_the_same_bits(monkeypatch):
    state, rows = state_at(5, False), source("ring", 9)
    whole, reports = runner.run(STRUCTURE, state, rows, 40)
    monkeypatch.setattr(draws, "NUMBERS", 1)
    jax.clear_caches()
    assert draws.room(ahead(state, rows, 40), False) == draws.BLOCK
    again, same = runner.run(STRUCTURE, state, rows, 40)
    jax.clear_caches()  # no other test meets this program
    assert reports.d_loss.shape == (40,)
    for a, b in zip(reports, same, strict=True):
        assert (a == b).all()
    for a, b in zip(*(jax.tree.leaves(s.g) for s in (whole, again)), strict=True):
        assert (a == b).all()
