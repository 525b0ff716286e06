"""A training run in a folder: nothing is lost, whatever happens to it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import jax
import numpy as np
import pytest

from gan_utils import losses, penalties, runs
from gan_utils.cli import main
from gan_utils.networks import models
from gan_utils.runs import RunError, plan, shipping, training
from gan_utils.saving import checkpoints, store
from gan_utils.training import GAN, recipes
from gan_utils.training.recipes import Recipe, conditional
from gan_utils.whole_files import write_json, write_with

POLISHED = True  # bits are compared
STEPS = 60
REPOSITORY = Path(__file__).parent.parent


def tiny(steps: int = STEPS, classes: int = 0) -> Recipe:
    """Make a recipe that trains in no time."""
    shape = (28, 28, 1)
    gan = GAN(
        models.mlp_generator(4, (8,), shape, output=jax.numpy.tanh),
        models.mlp_discriminator(shape, (8,)),
        latent=4,
        loss=losses.relativistic,
        penalty=penalties.on_part(penalties.r1, 4),
    )
    return Recipe(conditional(gan, classes), {"learning_rate": 1e-3}, steps, 16)


def make_quick(patch):
    """Add the tiny recipe and say that 20 of its updates take until a checkpoint."""
    patch.setitem(recipes.IMAGES, "tiny", tiny)
    patch.setattr(training, "SAMPLES", 40)
    patch.setattr(plan, "seconds_a_step", lambda *_: plan.SAVE_EVERY / 20)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    make_quick(monkeypatch)
    with jax.numpy_rank_promotion("allow"), jax.numpy_dtype_promotion("standard"):
        yield


def request(**others) -> runs.Request:
    return runs.Request(**(dict(recipe="tiny", data="sample", seed=3) | others))


def go(folder: Path, resume: bool = False, say=lambda line: None, **others):
    """Train in a folder; 60 updates if nothing else is asked for."""
    return runs.train(folder, request(**(dict(steps=STEPS) | others)), resume, say)


def state_in(folder: Path):
    """Read the newest checkpoint as numbers."""
    written = plan.read_plan(folder)
    state = tiny(written.steps).init(jax.random.key(written.seed))
    state, history = checkpoints.restore(folder / plan.CHECKPOINTS, tiny().gan, state)
    return jax.tree.leaves((state.d, state.g, state.ema)), history.d_loss


def assert_same_run(a: Path, b: Path):
    states = (jax.tree.leaves(state_in(folder)) for folder in (a, b))
    for x, y in zip(*states, strict=True):
        np.testing.assert_array_equal(x, y)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Train once without any trouble."""
    folder = tmp_path_factory.mktemp("finished") / "run"
    with pytest.MonkeyPatch.context() as patch:
        make_quick(patch)
        report = go(folder)
    assert report == json.loads((folder / runs.REPORT).read_text())
    return folder


def test_what_a_run_leaves_behind(finished):
    samples = np.load(finished / "samples.npy")
    assert samples.shape == (40, 28, 28, 1) and samples.dtype == "float32"
    assert np.abs(samples).max() <= 1
    assert (finished / "samples.png").stat().st_size > 1000
    report = json.loads((finished / training.REPORT).read_text())
    assert report["steps"] == STEPS and report["seed"] == 3
    assert {"metrics", "versions", "device", "recipe", "data"} <= set(report)


def test_a_used_folder_needs_resume_and_stays_as_it_is(finished):
    before = {p: p.stat().st_mtime_ns for p in finished.rglob("*")}
    with pytest.raises(RunError, match="--resume"):
        go(finished)
    assert before == {p: p.stat().st_mtime_ns for p in finished.rglob("*")}


@pytest.mark.parametrize("other", [{"seed": 4}, {"steps": 61}, {"data": "mnist"}])
def test_resume_refuses_another_run(finished, other, monkeypatch):
    monkeypatch.setattr(training, "load", lambda *_: None)
    with pytest.raises(RunError, match=f"{next(iter(other))} .*, not"):
        go(finished, resume=True, **other)


def test_resume_says_what_is_not_as_it_was(tmp_path, monkeypatch):
    folder, said = tmp_path / "run", []
    go(folder)
    shutil.rmtree(folder / "checkpoints" / "60")  # as if stopped before the end
    digits = training.load("sample")
    other = digits._replace(x=digits.x[:900], y=digits.y[:900])
    monkeypatch.setattr(training, "load", lambda *_: other)
    wider = tiny()._replace(batch_size=32)
    monkeypatch.setitem(recipes.IMAGES, "tiny", lambda **_: wider)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        assert go(folder, resume=True, steps=None, minutes=3.0, say=said.append)
    text = "\n".join(said)
    assert "--minutes 3 changes nothing: the run was planned with 60 updates" in text
    assert "batch_size 32, was 16; rows of data 900, was 4000" in text
    assert ".py" not in text


@pytest.mark.slow
def test_the_trial_does_not_count_compilation(monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setitem(recipes.IMAGES, "tiny", tiny)
    monkeypatch.setattr(plan, "TRIAL", 0.2)
    seconds = plan.seconds_a_step(request(), runs.load("sample"))
    assert 0 < seconds < 0.5  # compiling alone takes longer


def test_minutes_fix_the_number_of_steps_once(tmp_path):
    assert go(tmp_path / "run", steps=None, minutes=plan.SAVE_EVERY / 60)
    assert plan.read_plan(tmp_path / "run").steps == 20


@pytest.mark.slow
@pytest.mark.parametrize("stop", [1, 33])
def test_interrupted_and_resumed_is_the_same_run(tmp_path, finished, stop, monkeypatch):
    folder = tmp_path / "run"
    save, calls = checkpoints.save, []

    def interrupted(*arguments, **named):
        calls.append(0)
        if len(calls) == 1 + stop // 20:
            raise OSError(28, "No space left on device")
        save(*arguments, **named)

    monkeypatch.setattr(checkpoints, "save", interrupted)
    with pytest.raises(RunError, match=r"No space left.*--resume"):
        go(folder)
    assert go(folder, resume=True)
    assert_same_run(folder, finished)


@pytest.mark.slow
def test_damaged_checkpoints_are_set_aside(tmp_path, finished):
    folder = tmp_path / "run"
    shutil.copytree(finished, folder)
    held = checkpoints.steps(folder / plan.CHECKPOINTS)
    for step in held:
        for path in (folder / plan.CHECKPOINTS / str(step)).rglob("*"):
            if path.is_file() and path.stat().st_size > 200:
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    said = []
    with pytest.raises(RunError, match="damaged"):
        runs.sample(folder, 3)
    assert go(folder, resume=True, say=said.append)
    assert "Every checkpoint is damaged" in said[0]
    shelf = folder / plan.CHECKPOINTS / store.ASIDE
    assert len(list(shelf.iterdir())) == 2
    assert_same_run(folder, finished)


@pytest.mark.slow
@pytest.mark.filterwarnings("default:a checkpoint is damaged")
def test_an_older_checkpoint_is_used_where_the_newest_is_damaged(tmp_path, finished):
    folder = tmp_path / "run"
    shutil.copytree(finished, folder)
    older, newest = checkpoints.steps(folder / plan.CHECKPOINTS)
    about = folder / plan.CHECKPOINTS / str(newest) / "about" / "metadata"
    about.write_bytes(about.read_bytes().replace(b"relativistic", b"relativistik"))
    said = []
    runs.sample(folder, 3, say=said.append)
    assert f"step {newest} is damaged" in said[0]
    assert f"3 samples after {older} updates" in said[1]
    said.clear()
    assert go(folder, resume=True, say=said.append)
    assert f"goes on from step {older}" in said[0]
    assert_same_run(folder, finished)


@pytest.mark.slow
def test_sample_repeats_and_another_seed_differs(tmp_path, finished):
    folder = tmp_path / "run"
    shutil.copytree(finished, folder)
    drawn = []
    for seed in (None, None, 8):
        runs.sample(folder, 40, seed, say=lambda line: None)
        drawn.append(np.load(folder / "samples.npy"))
    np.testing.assert_array_equal(drawn[0], np.load(finished / "samples.npy"))
    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert np.abs(drawn[2] - drawn[0]).max() > 0


@pytest.mark.slow
def test_a_conditional_run_samples_all_classes_in_turn(tmp_path):
    folder = tmp_path / "run"
    assert go(folder, conditional=True, steps=5)
    assert plan.read_plan(folder).build().gan.classes == 10


def test_weights_of_a_finished_run_are_packed_and_measured(
    tmp_path, finished, monkeypatch
):
    monkeypatch.setattr(shipping, "FULL", {"other": 1, "tiny": STEPS})
    home = tmp_path / "weights"
    home.mkdir()
    (home / "weights.json").write_text('{"other": {"steps": 1}}')
    entry = runs.pack("tiny", finished, home)
    assert list(json.loads((home / "weights.json").read_text())) == ["other", "tiny"]
    assert entry["steps"] == STEPS and entry["bytes"] < 15_000
    assert entry["metrics"]["n"] == 40 and entry["before_rounding"]["n"] == 40
    close = entry["metrics"]["distance"] / entry["before_rounding"]["distance"]
    assert 0.98 < close < 1.02
    again = runs.pack("tiny", finished, home)
    assert again["sha256"] == entry["sha256"]


@pytest.mark.slow
def test_images_that_are_no_digits_are_judged_by_their_distance(tmp_path, monkeypatch):
    def clothes(split, download):
        images = training.stand_in(split)
        return images._replace(x=images.x[:, ::-1])

    monkeypatch.setattr(training.data, "fashion_mnist", clothes)
    said, folder = [], tmp_path / "run"
    assert go(folder, say=said.append, data="fashion_mnist", steps=3)
    found = json.loads((folder / training.REPORT).read_text())["metrics"]
    assert found["multiple"] > 1 and not {"share", "classes"} & set(found)
    assert "recognised" not in " ".join(said)


def test_other_images_are_never_trained_on_in_silence(tmp_path, monkeypatch):
    def unreachable(split, download):
        assert download == "required"
        raise ConnectionError("no mirror answered.")

    monkeypatch.setattr(training.data, "fashion_mnist", unreachable)
    with pytest.raises(RunError, match=r"no mirror answered.*--data sample"):
        go(tmp_path / "run", data="fashion_mnist")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["train", "brian", "--out", "x"], "brain"),
        (["train", "brain", "--data", "cifar", "--out", "x"], "kmnist"),
        (["sample", "nowhere"], "holds no trained run"),
    ],
)
def test_wrong_words_are_named(words, message, capsys):
    assert main(words) == 2
    assert message in capsys.readouterr().err


def test_the_words_of_the_line_are_the_request(monkeypatch):
    asked = []
    monkeypatch.setattr(runs, "train", lambda *given: asked.append(given))
    words = "train brain --data sample --minutes 2 --seed 4 --conditional --out here"
    assert main([*words.split(), "--resume"]) == 1  # no report: it stopped early
    wanted = runs.Request("brain", "sample", 4, None, 2.0, True)
    assert asked == [(Path("here"), wanted, True)]


@pytest.mark.parametrize("name", ["dcgan28", "dcgan28-conditional"])
def test_a_shipped_name_asks_for_its_run(name):
    found = runs.request_for(name, seed=2, steps=9)
    assert found == runs.Request("dcgan28", "mnist", 2, 9, None, name != "dcgan28")


@pytest.mark.parametrize("text", ["0", "-3", "nan", "inf", "two"])
def test_the_length_of_a_run_is_a_number_above_0(text, capsys):
    with pytest.raises(SystemExit):
        main(["train", "brain", "--out", "x", "--steps", text])
    assert "--steps" in capsys.readouterr().err


def process(folder: Path, before: str = "") -> subprocess.Popen:
    """Start the run, or go on with it, in a process of its own."""
    here = [str(Path(__file__).parent), str(REPOSITORY)]
    script = (
        f"{before}\n"
        f"import sys; sys.path[:0] = {here!r}\n"
        "import pytest, test_runs as t\n"
        "t.make_quick(pytest.MonkeyPatch())\n"
        "print('ready', flush=True)\n"
        "from pathlib import Path\n"
        f"t.go(Path({str(folder)!r}), resume=True)\n"
    )
    pipes = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return subprocess.Popen([sys.executable, "-c", script], **pipes)


@pytest.mark.slow
def test_killed_at_any_moment_and_resumed(tmp_path, finished):
    """Kill a process at three moments, one after a checkpoint; let one finish."""
    folder = tmp_path / "run"
    rng = np.random.default_rng(0)
    for _ in range(3):
        started = process(folder)
        started.stdout.readline()
        time.sleep(rng.uniform(0, 3))
        os.kill(started.pid, signal.SIGKILL)
        started.communicate()
    started = process(folder)
    while not checkpoints.steps(folder / plan.CHECKPOINTS) and started.poll() is None:
        time.sleep(0.01)
    os.kill(started.pid, signal.SIGKILL)
    started.communicate()
    assert checkpoints.steps(folder / plan.CHECKPOINTS)  # the last one goes on from it
    last = process(folder)
    _, errors = last.communicate()
    assert last.returncode == 0, errors
    assert_same_run(folder, finished)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit of POSIX systems")
def test_a_disk_that_takes_no_more_is_said_in_a_line(tmp_path, finished):
    """Let a process write files of 3 kB at most, then another as it likes."""
    folder = tmp_path / "run"
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (3000, 3000))"
    stopped = process(folder, limit)
    _, errors = stopped.communicate()
    assert stopped.returncode != 0
    assert "--resume" in errors
    assert "absl" not in errors
    assert not list((folder / plan.CHECKPOINTS).glob("*tmp*"))
    last = process(folder)
    _, errors = last.communicate()
    assert last.returncode == 0, errors
    assert_same_run(folder, finished)


def test_a_file_is_written_whole_and_as_open_to_others_as_any(tmp_path):
    path, plain = tmp_path / "report.json", tmp_path / "plain"
    plain.touch()
    write_json(path, {"a": 1})
    assert path.stat().st_mode == plain.stat().st_mode

    def broken(file):
        file.write(b"half of")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_with(path, broken)
    assert json.loads(path.read_text()) == {"a": 1}
    assert sorted(tmp_path.iterdir()) == [plain, path]


@pytest.mark.parametrize("name", recipes.IMAGES)
@pytest.mark.parametrize("classes", [0, 10])
def test_a_recipe_reads_the_same_in_every_process(name, classes):
    """Resuming compares this text; an address in it would differ."""
    assert "0x" not in recipes.IMAGES[name](steps=10, classes=classes).gan.describe()
