"""The chaos benchmark: its plan, its verdicts, and a few of its cheapest trials."""

import json
import sys

import numpy as np
import pytest

from benchmarks.chaos import __main__ as chaos
from benchmarks.chaos import damage, notebooks, processes, trials

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")


@pytest.mark.parametrize("kills", [0, 1, 10, 37, 100])
def test_the_plan_has_as_many_kills_as_asked_for(kills):
    plan = chaos.planned(kills, others=2, repeats=3)
    assert sum(each for _, _, each in plan) == kills
    kinds = [kind for kind, _, _ in plan]
    assert all(kinds.count(kind) == 2 for kind in chaos.OTHERS)
    assert kinds.count(chaos.FLAKES) == 3
    assert kills < 37 or set(chaos.KILLS) <= set(kinds)


def test_what_is_lost_is_counted_and_the_exit_code_says_so(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("GAN_UTILS_CACHE", "off")  # put back after the test

    def loses(rng, folder, shelf):
        raise trials.Lost("a file is gone") if rng.random() < 2 else ValueError

    def unclear(rng, folder, shelf):
        raise ValueError("nobody thought of that")

    kinds = {"loses": loses, "unclear": unclear, "fine": lambda *_, **__: "all there"}
    monkeypatch.setattr(chaos, "OTHERS", kinds)
    path = tmp_path / "chaos.json"
    words = ["--kills", "0", "--others", "2", "--seed", "5", "--json", str(path)]
    assert chaos.main(words) == 1
    assert "| loses | 2 | 0 | 0 | 2 | 0 | 5 to 6 |" in capsys.readouterr().out
    kept = json.loads(path.read_text())
    assert [one["verdict"] for one in kept["trials"][:3]] == ["lost", "lost", "unclear"]
    assert "nobody thought of that" in kept["trials"][2]["said"] and kept["date"]
    assert chaos.main([*words[:6], "--only", "fine"]) == 0


def test_a_seed_gives_the_same_moments_again(tmp_path):
    def draws(rng, folder):
        return str(rng.random())

    first, again = (trials.run("a", draws, 3, tmp_path) for _ in range(2))
    other = trials.run("b", draws, 3, tmp_path)
    assert first.said == again.said != other.said


def test_a_process_is_killed_while_it_runs_and_its_words_are_kept():
    script = "import time; print('begin', flush=True); time.sleep(60)"
    process = processes.python(script)
    after, said = processes.killed(process, np.random.default_rng(0), 0.1, "begin")
    assert after < 0.1 and said == "begin\n"
    with pytest.raises(trials.Unclear, match="ended with 1"):
        processes.finished(processes.python("1 / 0"))


def test_a_spoilt_file_is_another_one(tmp_path):
    rng = np.random.default_rng(0)
    for _ in range(20):
        (tmp_path / "a").write_bytes(b"0123456789")
        damage.spoil(rng, tmp_path / "a")
        assert not list(tmp_path.iterdir()) or (
            (tmp_path / "a").read_bytes() != b"0123456789"
        )


def test_a_copy_that_lost_what_was_typed_is_found_out(tmp_path):
    source, copy = notebooks.learner(tmp_path, notebooks=2)
    notebooks.require_copy(source, copy, done=False)
    notebooks.write(copy / "00_a.ipynb", "2 + 2")
    with pytest.raises(trials.Lost, match="typed is gone"):
        notebooks.require_copy(source, copy, done=False)
    (copy / "00_a.ipynb").write_text("{")
    with pytest.raises(trials.Lost, match=r"00_a\.ipynb"):
        notebooks.require_copy(source, copy, done=False)


def test_a_few_trials_survive(tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_UTILS_CACHE", "off")  # put back after the test
    plan = [
        ("kill kept choices", chaos.KILLS["kill kept choices"][0], 1),
        ("kill a download", chaos.KILLS["kill a download"][0], 1),
        ("kill a refreshed copy", chaos.KILLS["kill a refreshed copy"][0], 1),
        ("spoilt choices", chaos.OTHERS["spoilt choices"], 0),
    ]
    found = list(chaos.measure(plan, 1, tmp_path))
    assert [one["verdict"] for one in found] == ["survived"] * 4, found
