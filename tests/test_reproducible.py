"""The same bits: whatever the chunks of a run, and after it was killed and resumed."""

import subprocess
import sys
import textwrap

import jax
import numpy as np
from test_training import RING, same, small_gan

from gan_utils import data
from gan_utils.saving import checkpoints
from gan_utils.training import run, train

POLISHED = True  # the machine code that a learner runs


def beginning():
    gan = small_gan()
    return gan, gan.init(jax.random.key(0), learning_rate=1e-3, gamma=0.1)


def test_bit_identical_whatever_the_chunks():
    gan, state = beginning()
    source = data.batches(RING, 64)
    whole, reports = run(gan, state, source, 300)
    pieces, losses_seen = state, []
    for n in (137, 1, 100, 62):
        pieces, part = run(gan, pieces, source, n)
        losses_seen.append(part.d_loss)
    assert same(whole, pieces)
    assert np.array_equal(reports.d_loss, np.concatenate(losses_seen))
    frames, _ = train(
        gan, state, source, 300, on_frame=lambda *_: None, frame_every=7, progress=False
    )
    assert same(whole, frames)


def test_killed_at_step_137_and_resumed(tmp_path):
    gan, state = beginning()
    script = f"""
        import os, sys
        sys.path.insert(0, {str(__file__.rsplit("/", 1)[0])!r})
        from test_reproducible import *
        gan, state = beginning()

        def die(state, history):
            if int(state.step) == 137:
                os._exit(9)

        train(gan, state, data.batches(RING, 64), 300, on_frame=die, frame_every=137,
              checkpoint_dir={str(tmp_path)!r}, checkpoint_every=50, progress=False)
    """
    dead = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert dead.returncode == 9
    assert checkpoints.steps(tmp_path) == [50, 100]
    source = data.batches(RING, 64)
    resumed, history = train(
        gan, state, source, 300, checkpoint_dir=tmp_path, resume=True, progress=False
    )
    whole, expected = train(gan, state, source, 300, progress=False)
    assert same(whole, resumed)
    assert np.array_equal(history.d_loss, expected.d_loss)
