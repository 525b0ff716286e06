"""The comparisons: the sides compute the same; a table says who was faster."""

import dataclasses
import json
import sys

import jax
import numpy as np
import pytest

from benchmarks import (
    choice,
    compare,
    data,
    features,
    images,
    phase,
    report,
    scale,
    timing,
    worker,
)
from benchmarks.__main__ import main
from benchmarks.peers import flax_peer
from benchmarks.peers.ours import Ours
from benchmarks.spec import SPECS
from gan_utils import runs


@pytest.fixture(autouse=True)
def settings_of_a_user():
    with jax.numpy_rank_promotion("allow"), jax.numpy_dtype_promotion("standard"):
        yield


@pytest.mark.parametrize("case", ["dcgan28-sim", "grid"])
@pytest.mark.slow
def test_the_idiomatic_loop_computes_what_we_compute(case):
    spec = dataclasses.replace(SPECS[case], batch=32)
    source = data.load(spec.data, spec.convolutional)
    mine = Ours(spec, source)
    start = mine.start(compare.CHECKED)
    (variant,) = flax_peer.variants(spec)
    theirs = flax_peer.make(spec, start, source, variant)
    compare._same(case, variant, mine.losses(start), theirs.losses(start))


@pytest.mark.slow
def test_sides_run_in_processes_of_their_own(monkeypatch):
    """Those that are here compute the same; one that is missing is named."""
    monkeypatch.setitem(sys.modules, "torch", None)
    sys.modules.pop("benchmarks.peers.torch_peer", None)
    said = []
    sides, _ = compare.sides_of(SPECS["lab"], ["torch", "flax"], said.append)
    assert "torch skipped" in said[0]
    assert list(sides) == ["ours", "flax nnx.jit"]
    for side in sides.values():
        side.run(1)
        assert side.peak_memory() > 2**20
        side.close()


def test_another_computation_is_noticed():
    with pytest.raises(compare.Differs, match="does not compute the same"):
        compare._same("lab", "other", [(1.0, 0.7)], [(1.01, 0.7)])


def test_what_is_written_down_is_what_was_drawn():
    side = Ours(SPECS["lab"], np.ones((200, 2), "float32"))
    start = side.start(3)
    assert start.x.shape == (3, 2, 150, 2) and start.z.shape == (3, 3, 150, 2)
    shapes = [kernel.shape for kernel, _ in start.d]
    assert shapes == [(2, 8), (8, 8), (8, 1)]


def test_what_fails_in_a_workers_process_is_told_here():
    broken = dataclasses.replace(SPECS["lab"], hidden_d=(0,))
    with pytest.raises(RuntimeError, match=r"ValueError.*hidden"):
        worker.Worker("ours", "", broken, None, np.ones((9, 2), "float32"))


def test_a_fitted_cost_model_finds_the_costs_it_was_made_from():
    counts = np.random.default_rng(0).uniform(1e6, 1e9, (12, 2))
    seconds = 1e-5 + counts @ [1e-11, 3e-10]
    weights, fitted = scale.fit(counts, seconds)
    assert np.allclose(weights, [1e-5, 1e-11, 3e-10], rtol=1e-6)
    assert np.allclose(fitted, seconds)


def test_a_case_for_a_gpu_is_skipped_without_one(monkeypatch, capsys):
    monkeypatch.setattr(jax, "default_backend", lambda: "cpu")
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--case", "gpu28"])
    main()
    assert "gpu28: skipped" in capsys.readouterr().out


def test_medians_ratios_and_pictures(tmp_path):
    timed = timing.Timed([3.0, 1.0, 2.0])
    assert timed.median == 2.0 and timed.spread == (1.0, 3.0)
    found = {"case": "lab", "unit": "s/step", "ours": 1e-3, "peers": {"torch": 1e-2}}
    assert "| lab | 1 ms/step | 10.00x (goal 20x) |" in report.table([found])
    assert "| 30.00x |" in report.table([found | {"peers": {"torch": 3e-2}}])
    slow = {"case": "start cold", "unit": "s", "ours": 7.0, "peak_share": 0.5}
    assert "| 7 s (goal 6) | 50% |" in report.table([slow])
    quick = slow | {"case": "dcgan28-sim", "ours": 5.0}
    assert "| 5 s | 50% (goal 75%) |" in report.table([quick])
    report.chart([found], str(tmp_path / "chart.png"))
    assert (tmp_path / "chart.png").stat().st_size > 1000


@pytest.mark.slow
def test_the_command_writes_one_object_a_case(tmp_path, monkeypatch):
    path = tmp_path / "found.json"
    words = ["benchmarks", "--case", "lab", "--peers", "", "--rounds", "1"]
    monkeypatch.setattr(sys, "argv", [*words, "--json", str(path)])
    main()
    (found,) = json.loads(path.read_text())
    assert found["case"] == "lab" and found["unit"] == "s/step" and found["ours"] > 0
    assert {"peers", "spread", "device", "versions"} <= set(found)


def test_metrics_are_measured_in_processes_of_their_own():
    found = features.measure("kernel_distance", 2000, 4)
    assert found["ours"] > 0 and found["peak_mb"] > 10
    assert abs(found["value"]["value"]) < 5 * found["value"]["standard_error"]


def test_a_phase_diagram_has_a_score_for_every_setting():
    found = phase.measure(side=2, steps=3)
    assert found["ours"] > 0 and "2 x 2 settings, 3 updates" in found["case"]
    assert all(np.shape(found["scores"][name]) == (2, 2) for name in phase.SCORES)


def test_the_table_of_recipes_reads_finished_runs_and_gives_least_and_most(
    tmp_path, monkeypatch, capsys
):
    for seed, share in enumerate([0.9, 0.8]):
        folder = tmp_path / f"brain-{seed}"
        folder.mkdir()
        metrics = dict(share=share, classes=[0.09, 0.11], multiple=3.0 + seed)
        found = dict(metrics=metrics | {"floor": 1.8, "n": 5000}, seed=seed, steps=7000)
        found |= {"versions": {}, "device": "cpu"}
        (folder / "report.json").write_text(json.dumps(found))
    words = f"images brain --seeds 2 --work {tmp_path} --json {tmp_path / 'kept.json'}"
    monkeypatch.setattr(sys, "argv", words.split())
    images.main()
    wanted = "| brain | 2 | 7,000 to 7,000 | 80% to 90% | 9.0% to 9.0% | 3.0 to 4.0 |"
    assert capsys.readouterr().out.splitlines()[-1] == wanted
    (kept,) = json.loads((tmp_path / "kept.json").read_text())
    assert kept["distance"] == [3.0, 4.0] and kept["seeds"] == [0, 1]


def test_what_was_not_trained_yet_is_trained(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(images.runs, "train", lambda *given, **_: asked.append(given))
    words = f"images brain --seeds 1 --steps 5 --work {tmp_path}"
    monkeypatch.setattr(sys, "argv", words.split())
    with pytest.raises(SystemExit):  # the run stopped early
        images.main()
    assert asked == [(tmp_path / "brain-0", runs.Request("brain", steps=5))]


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_case_says_the_shape_of_its_data(spec):
    assert data.load(spec.data, spec.convolutional).shape[1:] == spec.sample_shape


def test_choices_are_told_and_kept_by_processor(tmp_path, monkeypatch):
    made = {"form": "Eigen", "seconds": {"Eigen": 2.0, "YNNPACK": 3.0}}
    case = {"case": "ring", "unit": "s", "ours": 1.0, "choices": {"products": made}}
    line = "ring: Eigen for products (YNNPACK 1.50 times as long)"
    assert report.choices([case, {"case": "lab"}]) == line
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    here = {"device": "Intel(R) Xeon(R) Processor, 2 cores"}
    report.keep([case | here, {"case": "lab", "ours": 2.0} | here])
    kept = report.keep([{"case": "lab", "ours": 1.0} | here])
    assert [r["case"] for r in kept] == ["ring", "lab"] and kept[1]["ours"] == 1.0
    assert [p.name for p in tmp_path.iterdir()] == ["speed-intel-xeon.json"]


def test_the_choice_is_held_against_whole_updates_in_every_form(monkeypatch):
    monkeypatch.setenv("GAN_UTILS_CHOICE", "measured")
    monkeypatch.setattr(timing, "steps_for", lambda side: 1)
    net = choice.Net((32, 32), 16)
    found = choice._one("small", *choice._of_net(net), rounds=1)
    assert found["ours"] >= 1.0 and found["case"] == "choice small"
