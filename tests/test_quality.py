"""The race for good digits: the distance is right, clock and verdict are fair."""

import numpy as np
import pytest

from benchmarks import data, distance, quality, report
from gan_utils.data import Images, mnist_sample
from gan_utils.data.published import MNIST


@pytest.fixture(scope="module")
def floors():
    return distance.Distance(distance.split(mnist_sample()))


def test_no_digit_is_both_measured_with_and_trained_on():
    x = np.arange(50.0, dtype="float32").reshape(50, 1, 1, 1)
    parts = distance.split(Images(x, np.arange(50, dtype="int32")))
    assert len(parts.reference.x) == len(parts.twin.x) == 20
    assert not set(parts.reference.y) & set(parts.seen.ravel().astype(int))
    assert set(parts.seen.ravel()) | set(parts.reference.y) == set(range(50))


def test_the_floor_is_where_real_digits_are(floors):
    parts = distance.split(mnist_sample())
    assert floors.n == 2000 and floors.accuracy > 0.8
    assert floors(parts.twin.x) == pytest.approx(1)
    assert floors(parts.reference.x) == pytest.approx(0, abs=1e-6)


def test_worse_samples_are_further_away(floors):
    x = distance.split(mnist_sample()).twin.x
    noise = np.random.default_rng(0).uniform(-1, 1, x.shape)
    assert 1 < floors(0.9 * x + 0.1 * noise) < floors(noise)
    assert floors(np.full_like(x, np.nan)) == float("inf")


class Stub:
    """A side that spends two seconds a chunk and is `floors[k]` away after k chunks."""

    n = 7

    def __init__(self, floors):
        self.floors, self.now, self.chunks = floors, 0.0, 0

    def advance(self):
        self.now += 2
        self.chunks += 1

    def samples(self, n):
        assert n == self.n
        self.now += 100  # sampling and measuring are not training
        return self.floors[min(self.chunks, len(self.floors) - 1)]

    def __call__(self, x):
        self.now += 100
        return x

    def run(self, limit):
        return quality.race(self, self, limit, clock=lambda: self.now)


def test_only_training_is_timed_and_the_goal_ends_it():
    run = Stub([99, 99, 99, 30, 20, 10, 4.5, 1]).run(limit=1000)
    assert run == (12.0, True, 4.5)  # measured after 6 s and 12 s: chunks 3 and 6


def test_a_side_that_never_gets_there_is_stopped_at_the_limit():
    side = Stub([99, 60, 30, 20, 40])
    assert side.run(limit=9) == (9, False, 20)
    assert side.chunks == 5


def results_of_three_seeds(floors, others):
    runs = [quality.Run(s, True, b) for s, b in ((30.0, 4), (20.0, 3), (25.0, 5))]
    return quality.result(floors, runs, others)


def test_the_result_says_who_got_there(floors):
    others = {"torch": quality.Run(250, False, 12), "tf": quality.Run(50, True, 4)}
    found = results_of_three_seeds(floors, others)
    assert found["ours"] == 25 and found["spread"] == {"ours": (20, 30)}
    assert found["distances"] == {"ours": 5, "torch": 12, "tf": 4}
    assert found["reached"] == {"ours": True, "torch": False, "tf": True}
    assert "| quality | 25 s | 2.00x (goal 10x) | >10x |" in report.table([found])


def test_a_peer_that_was_stopped_is_drawn(floors, tmp_path):
    others = {"torch": quality.Run(250, False, 12)}
    path = tmp_path / "chart.png"
    report.chart([results_of_three_seeds(floors, others)], str(path))
    assert path.stat().st_size > 1000


def test_a_missing_framework_is_skipped_with_a_notice(monkeypatch):
    monkeypatch.setitem(quality.MODULES, "torch", "no_such_recipe")
    said = []
    assert quality._race_peers(["flax", "torch"], None, None, 1, said.append) == {}
    assert len(said) == 1 and "torch skipped" in said[0]


@pytest.mark.slow
def test_peers_race_in_processes_of_their_own(monkeypatch, floors):
    monkeypatch.setitem(
        quality.MODULES, "torch", "ours"
    )  # a recipe that is always here
    found = quality._race_peers(["torch"], mnist_sample().x[:256], floors, 0.1, print)
    assert found["torch"][:2] == (0.1, False)


def test_peers_do_not_race_when_we_do_not_arrive(monkeypatch, floors):
    slow = quality.Run(quality.LIMIT, False, 9.0)
    monkeypatch.setattr(quality, "Distance", lambda parts: floors)
    monkeypatch.setattr(quality.ours, "make", lambda x, seed: None)
    monkeypatch.setattr(quality, "race", lambda side, distance, limit: slow)
    monkeypatch.delenv(data.FOLDER, raising=False)
    said = []
    (found,) = quality.measure(1, ["torch"], said.append)
    assert found["peers"] == {} and found["reached"] == {"ours": False}
    assert found["data"] == "sample" and "peers skipped" in said[0]


def test_mnist_is_read_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.delenv(data.FOLDER, raising=False)
    assert data.mnist()[1] == "sample"
    monkeypatch.setenv(data.FOLDER, str(tmp_path))
    assert data.mnist()[1] == "sample"  # the folder holds no MNIST
    (tmp_path / "mnist").mkdir()
    for file in MNIST.train:
        (tmp_path / "mnist" / file.name).write_bytes(b"no digits")
    with pytest.raises(ValueError, match=r"train-images.*SHA-256"):
        data.mnist()


@pytest.mark.parametrize("name", ["ours", "torch_tutorial", "tensorflow_tutorial"])
@pytest.mark.slow
def test_every_recipe_trains_and_samples(name):
    package = {"torch_tutorial": "torch", "tensorflow_tutorial": "tensorflow"}
    pytest.importorskip(package.get(name, "jax"))
    recipe = quality.importlib.import_module(f"benchmarks.recipes.{name}")
    side = recipe.make(mnist_sample().x[:256], seed=0)
    side.chunk = 1
    before = side.samples(3)
    side.advance()
    after = side.samples(501)
    assert before.shape == (3, 28, 28, 1) and after.shape == (501, 28, 28, 1)
    assert np.abs(after).max() <= 1 and after.std() > 0
