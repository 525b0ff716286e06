"""Folders whose names are patterns, text in other scripts, or no text at all."""

import shutil
import sys

import jax
import numpy as np
import pytest

from gan_utils.data import ring
from gan_utils.networks import models
from gan_utils.saving import checkpoints, store
from gan_utils.training import GAN, train

NAMES = [
    *("Course [2026]", "a]b", "[", "{a,b}", "it's", "50%", "%5B1%5D", " two  blanks "),
    *("Übung", "курс", "日本", "हिन्दी", "a#b&c", "~a", "$HOME", "x" * 200),
]
POSIX = ["a*b", "a?b", "a\\b", 'a"b', "gs:", "a|b", "two\nlines", "\udcff"]
NAMES += [] if sys.platform == "win32" else POSIX


@pytest.fixture(scope="module")
def game():
    gan = GAN(
        models.mlp_generator(2, (4,), (2,)), models.mlp_discriminator((2,), (4,)), 2
    )
    return gan, gan.init(jax.random.key(0))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_run_can_be_read_from_a_folder_of_any_name(tmp_path, game, name):
    gan, start = game
    odd, plain = tmp_path / name / "run", tmp_path / "elsewhere"
    options = dict(batch_size=8, progress=False, resume=True)
    for steps in (2, 4):
        state, history = train(gan, start, ring(), steps, checkpoint_dir=odd, **options)
        assert len(history) == steps
    assert checkpoints.steps(odd) == [2, 4]
    shutil.move(odd, plain)
    for x, y in zip(
        *map(jax.tree.leaves, (state.g, checkpoints.restore(plain, gan, start)[0].g)),
        strict=True,
    ):
        np.testing.assert_array_equal(x, y)


def test_the_first_checkpoint_is_read_back(tmp_path, game, monkeypatch):
    def lost(*_):
        raise ValueError("no such array")

    monkeypatch.setattr(store, "read", lost)
    with pytest.raises(OSError, match="could not be read back; another folder"):
        train(*game, ring(), 2, 8, progress=False, checkpoint_dir=tmp_path / "run")
    assert checkpoints.steps(tmp_path / "run") == []
