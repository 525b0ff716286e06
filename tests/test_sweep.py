"""Sweeps: named axes, the same numbers as single runs, resuming to the last bit."""

import jax
import numpy as np
import pytest

from gan_utils import data, losses, metrics, penalties, whole_files
from gan_utils.engine import measured
from gan_utils.networks import models
from gan_utils.training import GAN, cosine, run, sweep
from gan_utils.training.studies import sweep_files

POLISHED = True  # bits are compared
RING = data.ring(8, 1.0, 0.05)
KEYS = jax.random.split(jax.random.key(0), 2)
GAN_SMALL = GAN(
    models.mlp_generator(2, (8,), 2),
    models.mlp_discriminator(2, (8,)),
    latent=2,
    loss=losses.relativistic,
    penalty=penalties.r1_r2,
)
CALL = dict(
    source=RING, steps=30, batch_size=16, every=20, samples=100, group=4, progress=False
)
SETTINGS = dict(lr=[1e-3, 3e-3, 1e-2], gamma=[0.1, 1.0], beta1=0.0)


@pytest.fixture(scope="module")
def whole():
    return sweep(GAN_SMALL, KEYS, **CALL, **SETTINGS)


@pytest.mark.slow
def test_axes_are_named_and_in_order(whole):
    assert list(whole.axes) == ["lr", "gamma", "seed", "step"]
    np.testing.assert_array_equal(whole.axes["step"], [20, 30])
    for name in ("modes", "high_quality", "reverse_kl", "d_loss", "g_loss", "alive"):
        assert whole.scores[name].shape == (3, 2, 2, 2), name
    assert whole.mean("high_quality", "seed", "step").shape == (3, 2)
    assert whole.last("modes").shape == (3, 2, 2)
    assert whole.scores["alive"].all()
    with pytest.raises(ValueError, match="momentum"):
        whole.mean("modes", "momentum")


@pytest.mark.slow
def test_a_cell_is_the_run_with_these_settings(whole):
    state = GAN_SMALL.init(KEYS[1], learning_rate=1e-2, gamma=0.1, beta1=0.0)
    state, reports = run(GAN_SMALL, state, data.batches(RING, 16), 30)
    at = whole.scores["d_loss"][2, 0, 1, 1]
    assert at == pytest.approx(float(reports.d_loss[-1]), rel=1e-3)
    samples = GAN_SMALL.sample(state, jax.random.key(0), 100)
    report = metrics.mode_report(samples, RING)
    assert whole.last("modes")[2, 0, 1] == report.modes


@pytest.mark.slow
def test_an_interrupted_sweep_goes_on_to_the_same_bits(whole, tmp_path, monkeypatch):
    write = sweep_files.Folder.write

    def once(self, number, arrays):
        write(self, number, arrays)
        if number == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(sweep_files.Folder, "write", once)
    with pytest.raises(KeyboardInterrupt):
        sweep(GAN_SMALL, KEYS, **CALL, **SETTINGS, directory=tmp_path)
    monkeypatch.undo()
    kept = {p.name: p.stat().st_mtime_ns for p in tmp_path.glob("group*")}
    assert sorted(kept) == ["group0000.npz", "group0001.npz"]
    again = sweep(GAN_SMALL, KEYS, **CALL, **SETTINGS, directory=tmp_path)
    for name, values in whole.scores.items():
        np.testing.assert_array_equal(again.scores[name], values, err_msg=name)
    assert (
        kept.items()
        <= {p.name: p.stat().st_mtime_ns for p in tmp_path.glob("group*")}.items()
    ), "finished groups were trained again"


@pytest.mark.slow
def test_a_folder_of_another_sweep_is_refused(tmp_path):
    short = CALL | {"steps": 2, "every": 2}
    sweep(GAN_SMALL, KEYS[:1], **short, gamma=[0.1], directory=tmp_path)
    with pytest.raises(ValueError, match="another axes"):
        sweep(GAN_SMALL, KEYS[:1], **short, gamma=[0.2], directory=tmp_path)


def test_a_sweep_goes_on_compiled_as_it_began(tmp_path):
    asked = {"machine": measured.machine(), "forms": {"which?": "slow"}}
    call = CALL | {"steps": 1, "every": 1, "group": 1, "score": lambda x: {}}
    try:
        measured.adopt(asked)
        sweep(GAN_SMALL, KEYS[:2], **call, directory=tmp_path)
        measured.forget()
        sweep(GAN_SMALL, KEYS[:2], **call, directory=tmp_path)
        assert "which?" not in measured.record()["forms"], "nothing was left to compile"
        (tmp_path / "group0001.npz").unlink()
        sweep(GAN_SMALL, KEYS[:2], **call, directory=tmp_path)
        assert measured.record()["forms"]["which?"] == "slow"
    finally:
        measured.forget()
    folder = sweep_files.Folder(
        tmp_path, whole_files.read_json(tmp_path / sweep_files.ABOUT)
    )
    for content, words in (("{", "is damaged"), ("{}", "equal to rounding only")):
        (tmp_path / sweep_files.MADE).write_text(content)
        with pytest.warns(RuntimeWarning, match=words):
            folder.compile_as_before()


def test_ratio_multiplies_the_discriminators_rate_only():
    call = CALL | {"steps": 5, "every": 5}
    falling = cosine(1e-2, 1e-3, 5)
    swept = sweep(GAN_SMALL, KEYS[:1], **call, lr=falling, ratio=[0.5, 2.0])
    twice = dict(d_learning_rate=cosine(2e-2, 2e-3, 5), g_learning_rate=falling)
    plain = sweep(GAN_SMALL, KEYS[:1], **call, **twice)
    halved, doubled = swept.last("g_loss")[:, 0]
    assert doubled == pytest.approx(plain.last("g_loss")[0], rel=1e-5)
    assert halved != doubled


def test_runs_that_blow_up_are_no_longer_alive():
    swept = sweep(
        GAN_SMALL, KEYS[:1], **CALL, lr=[1e-3, 1e12], score=lambda x: {"mean": x.mean()}
    )
    np.testing.assert_array_equal(swept.scores["alive"][:, 0, -1], [True, False])
    assert "mean" in swept.scores


def test_bad_requests_are_refused():
    with pytest.raises(ValueError, match="lr"):
        sweep(GAN_SMALL, KEYS, **CALL, lr=np.ones((2, 2)))
    with pytest.raises(ValueError, match="gamma"):
        sweep(GAN_SMALL, KEYS, **CALL, gamma=[-1.0])
    with pytest.raises(ValueError, match="momentum"):
        sweep(GAN_SMALL, KEYS, **CALL, momentum=[0.5])
