"""What is drawn ahead: the same numbers that each update would draw for itself."""

import jax
import numpy as np
import pytest

from gan_utils import data
from gan_utils.data import batches
from gan_utils.engine import ahead, run
from gan_utils.networks import models
from gan_utils.training import GAN, alternating

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


def drawn(state, source, updates):
    moves = STRUCTURE.update.moves
    wanted = np.int32(updates)
    return ahead.draw(STRUCTURE.latent, moves, source, state.key, state.step, wanted)


@pytest.mark.parametrize("kind", ["ring", "stored"])
@pytest.mark.parametrize("members", [False, True])
@pytest.mark.parametrize("step", [0, 37])
def test_drawn_ahead_is_what_each_update_draws(kind, members, step):
    state, given = state_at(step, members), source(kind)
    found = drawn(state, given, 40)
    assert ahead.room(found) == ahead.MOST * ahead.BLOCK
    keys = KEYS if members else KEYS[:1]
    for later in (0, 15, 16, 39):
        for i, start in enumerate(keys):
            key = STRUCTURE.init(start).key
            row = ahead.row(found, later)
            row = jax.tree.map(lambda x, i=i: x[i], row) if members else row
            batch = given.batch(key, step + later)
            z = STRUCTURE.latents(key, step + later, 8)
            assert (given.gather(row.data).x == batch.x).all()
            assert (row.z == z).all()


def test_what_is_not_wanted_is_not_drawn():
    z = drawn(state_at(37, False), source("ring"), 12).z
    assert (z[:16] != 0).all() and (z[16:] == 0).all()


def test_a_run_of_no_updates_changes_nothing():
    state = state_at(5, False)
    after, reports = run(STRUCTURE, state, source("ring"), 0)
    assert reports.d_loss.shape == (0,) and after.updates == 5
    for a, b in zip(*(jax.tree.leaves(s.g) for s in (state, after)), strict=True):
        assert (a == b).all()


def test_large_batches_are_drawn_block_by_block_to_the_same_bits(monkeypatch):
    state, rows = state_at(5, False), source("ring", 9)
    whole, reports = run(STRUCTURE, state, rows, 40)
    monkeypatch.setattr(ahead, "NUMBERS", 1)
    jax.clear_caches()
    assert ahead.room(drawn(state, rows, 40)) == ahead.BLOCK
    again, same = run(STRUCTURE, state, rows, 40)
    jax.clear_caches()  # no other test meets this program
    assert reports.d_loss.shape == (40,)
    for a, b in zip(reports, same, strict=True):
        assert (a == b).all()
    for a, b in zip(*(jax.tree.leaves(s.g) for s in (whole, again)), strict=True):
        assert (a == b).all()
