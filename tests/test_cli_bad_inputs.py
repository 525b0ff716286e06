"""What nobody should type, typed: every line is refused in one line that says why.

Beside `test_cli_failures`, which has what the computer refuses.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gan_utils
from gan_utils import runs
from gan_utils.cli import address, failures, main, options, weights
from gan_utils.cli.places import CourseError
from gan_utils.data import storage

TRAIN = ["train", "mlp28", "--data", "sample", "--steps", "2", "--out"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX systems")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of two updates."""
    folder = tmp_path_factory.mktemp("bad") / "good"
    assert main([*TRAIN, str(folder)]) == 0
    return folder


@pytest.fixture
def place(trained, tmp_path, monkeypatch):
    """The current folder: a copy of the run, and what else may lie about."""
    find = importlib.util.find_spec  # JupyterLab is not needed to refuse its folder
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: find(name) or name == "jupyterlab"
    )
    monkeypatch.chdir(tmp_path)
    shutil.copytree(trained, "good")
    for name in ("empty", "others", "others/inside"):
        os.mkdir(name)
    for name in ("file", "others/thesis.txt", "others/samples.npy"):
        with open(name, "w") as file:
            file.write("mine")
    return tmp_path


def refused(words, capsys) -> str:
    """Run the line; return its one line of refusal."""
    capsys.readouterr()
    try:
        code = main(words)
    except SystemExit as error:  # of argparse
        code = error.code
    captured = capsys.readouterr()
    lines = captured.err.strip().splitlines()
    said = [line for line in lines if line.startswith("gan-course")]
    assert code == 2 and len(said) == 1 and said[0] == lines[-1], captured.err
    assert not re.search(r"Traceback|File \"|invalid (int|float) value", captured.err)
    return said[0]


LINES = [
    (["trian", "mlp28"], "no command 'trian'. Did you mean train"),
    (["OPEN"], "Did you mean open"),
    ([""], "no command ''. There are open, run"),
    (["help"], "see --help"),
    (["03"], "no command '03'"),
    (["doctr"], "Did you mean doctor"),
    (["réunion"], "no command"),
    (["--debug", "nonsense"], "no command 'nonsense'"),
    (["--nonsense"], "unrecognized arguments: --nonsense"),
    (["doctor", "now"], "unrecognized arguments: now"),
    (["open", "here"], "unrecognized arguments: here"),
    (["open", "--port", "-1"], "'-1'; expected a whole number above 0, at most 65,535"),
    (["open", "--port", "88.5"], "'88.5'; expected a whole"),
    (["open", "--port", ""], "''; expected a whole"),
    (["open", "--folder", ""], "'' is no name.*variable"),
    (["open", "--folder", "file"], "file: .*give another name"),
    (["open", "--ip", "256.256.256.256"], "cannot listen"),
    (["train"], "required: recipe, --out"),
    (["train", "", "--out", "x"], "recipe is ''; expected one of brain"),
    (["train", "brian", "--out", "x"], "Did you mean brain"),
    (["train", "MLP-28", "--out", "x"], "recipe is 'MLP-28'.*Did you mean mlp28"),
    (["train", "日本", "--out", "x"], "recipe is '日本'"),
    (["train", "mlp28", "--data", "MNIST", "--out", "x"], "Did you mean mnist"),
    (["train", "mlp28", "--data", "fashion-mnist", "--out", "x"], "mean fashion_mnist"),
    (["train", "mlp28", "--data", "/etc", "--out", "x"], "data is '/etc'"),
    ([*TRAIN, "x", "--steps", "-5"], "'-5'; expected a whole number above 0"),
    ([*TRAIN, "x", "--steps", "0"], "'0'; expected a whole number above 0"),
    ([*TRAIN, "x", "--steps", "2.0"], "'2.0'; expected a whole number"),
    ([*TRAIN, "x", "--steps", "1e3"], "'1e3'; expected a whole number"),
    ([*TRAIN, "x", "--steps", "9" * 5000], "expected a whole number"),
    ([*TRAIN, "x", "--steps", "many"], "'many'; expected a whole number"),
    ([*TRAIN, "x", "--minutes", "1"], "--minutes: not allowed with argument --steps"),
    (["train", "art", "--out", "x", "--minutes", "0"], "'0'; expected a number above"),
    (["train", "art", "--out", "x", "--minutes", "inf"], "at most 100,000"),
    (["train", "art", "--out", "x", "--minutes", "nan"], "'nan'; expected a number"),
    (["train", "art", "--out", "x", "--minutes", "5min"], "'5min'; expected a number"),
    (["train", "art", "--out", "x", "--minutes", "0,5"], "'0,5'; expected a number"),
    ([*TRAIN, "x", "--seed", "0x10"], "'0x10'; expected a whole number of at most 64"),
    ([*TRAIN, "x", "--seed", ""], "''; expected a whole number"),
    ([*TRAIN, "x", "--seed", "-" + "9" * 30], "at most 64 bits"),
    ([*TRAIN, ""], "'' is no name"),
    ([*TRAIN, "-x"], "expected one argument"),
    ([*TRAIN, "good"], "not empty. Add --resume"),
    ([*TRAIN, ".."], "not empty"),
    ([*TRAIN, "file"], "a folder there; give another name"),
    ([*TRAIN, "file/x"], "a folder there; give another name"),
    ([*TRAIN, "y" * 300], "Give a shorter name"),
    ([*TRAIN, "others", "--resume"], "others holds inside, samples.npy.*but no run"),
    ([*TRAIN, "good", "--resume", "--conditional"], "conditional False, not True"),
    ([*TRAIN, "good", "--resume", "--seed", "7"], "seed 0, not 7"),
    (["sample"], "required: DIR"),
    (["sample", ""], "'' is no name"),
    (["sample", "nowhere"], "nowhere holds no trained run"),
    (["sample", "file"], "file holds no trained run"),
    (["sample", "good/plan.json"], "holds no trained run"),
    (["sample", "good/checkpoints/2"], "holds no trained run"),
    (["sample", "good", "good"], "unrecognized arguments"),
    (["sample", "good", "--n", "-3"], "'-3'; expected a whole number"),
    (["sample", "good", "--n", "2.5"], "'2.5'; expected a whole number"),
    (["sample", "good", "--n", "1000001"], "at most 1,000,000"),
    (["sample", "good", "--seed", "one"], "'one'; expected a whole number"),
    (["run", "-1"], "no notebook '-1'"),
    (["run", ""], "no notebook ''"),
    (["run", "/"], "no notebook '/'"),
    (["run", "00_start_her"], "Did you mean 00_start_here"),
    (["run", "00", "1e9"], "no notebook '1e9'"),
    (["run", "٣"], "no notebook '٣'"),
    (["run", "00", "--out", ""], "'' is no name"),
    (["run", "00", "--out", "file"], "give another name"),
    (["run", "00", "--out", "x", "--in-place"], "not allowed with argument --out"),
    (["set-repository"], "required: URL"),
    (["set-repository", "https://"], "no address like https://host/owner/name"),
    (["set-repository", "git@github.com:a/b"], "no address"),
    (["set-repository", 'https://h/"; import os'], "no address"),
    (["set-repository", "https://h/a/b\nx"], "no address"),
    (["set-repository", "github.com/a/b"], "no address"),
]


@pytest.mark.parametrize(
    ("words", "said"), LINES, ids=[ascii(" ".join(w))[:60] for w, _ in LINES]
)
def test_a_line_that_cannot_be_meant_is_refused_in_one_line(place, capsys, words, said):
    before = sorted(place.rglob("*"))
    assert re.search(said, refused(words, capsys))
    after = {path for path in place.rglob("*") if path.name != ".lock"}
    assert after <= {*before}, "a refusal left something"
    assert (place / "others" / "samples.npy").read_text() == "mine"


PLANS = [
    ("[" * 100_000, "cannot be read"),
    ("null", "cannot be read"),
    ("\ufeff{}", "cannot be read"),
    ({"seed": 10**30}, "too large"),
    ({"steps": 2**40}, "too large"),
    ({"steps": 1e400}, "steps is inf; expected int"),
    ({"recipe": ["mlp28"]}, "recipe is .*; expected str"),
    ({"more": 1}, "unexpected keyword"),
]


@pytest.mark.parametrize(("change", "said"), PLANS, ids=range(len(PLANS)))
def test_a_plan_that_somebody_edited_is_named(place, capsys, change, said):
    path = place / "good" / "plan.json"
    if isinstance(change, dict):
        change = json.dumps(json.loads(path.read_text()) | change)
    path.write_text(change, encoding="utf-8")
    line = refused(["sample", "good"], capsys)
    assert "plan.json" in line and re.search(said, line)


@pytest.mark.parametrize("name", ["²", "９", "0009", "2 (copy)", "-2"])
def test_a_folder_that_is_no_checkpoint_is_passed_over(place, name):
    (place / "good" / "checkpoints" / name).mkdir()
    assert main(["sample", "good", "--n", "2"]) == 0


@pytest.mark.parametrize("name", ["report.json", "samples.npy", ".lock"])
def test_a_folder_in_place_of_a_file_is_named(place, capsys, name):
    (place / "good" / name).unlink()
    (place / "good" / name).mkdir()
    words = [*TRAIN, "good", "--resume"]
    words = ["sample", "good", "--n", "2"] if name == "samples.npy" else words
    assert f"good/{name}: " in refused(words, capsys).replace("\\", "/")


@pytest.mark.parametrize("content", ["x", "", "[]", "null", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_named(place, capsys, monkeypatch, content):
    path = place / "00_cut.ipynb"
    path.write_text(content)
    monkeypatch.setattr("gan_utils.cli.commands.select", lambda wanted: [path])
    for words in (["run", "--out", "pages"], ["run", "--in-place"]):
        assert main(words) == 1
        said = capsys.readouterr()
        assert "00_cut.ipynb cannot be read as a notebook" in said.out
        assert "Traceback" not in said.out + said.err
    assert path.read_text() == content


def test_settings_that_cannot_be_read_are_named(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text("nonsense")
    monkeypatch.setattr(address, "clone", lambda: tmp_path)
    with pytest.raises(CourseError, match=r"pyproject\.toml cannot be read"):
        address.repository()


@POSIX
@pytest.mark.parametrize("words", [[*TRAIN], ["open", "--folder"], ["run", "--out"]])
def test_a_link_to_itself_is_named(place, capsys, words):
    os.symlink("loop", "loop")
    assert "loop: " in refused([*words, "loop"], capsys)


@pytest.mark.parametrize("chosen", ["~nobody-here/data", ""])
def test_a_home_directory_that_is_not_there_is_named(
    place, capsys, monkeypatch, chosen
):
    for name in ("HOME", "XDG_CACHE_HOME", "USERPROFILE", "HOMEPATH"):
        monkeypatch.delenv(name, raising=False)

    def missing(*_):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setenv(storage.SWITCH, chosen)
    monkeypatch.setattr(storage.Path, "home", missing)
    monkeypatch.setattr(storage.Path, "expanduser", missing)
    line = refused(["train", "mlp28", "--steps", "2", "--out", "x"], capsys)
    assert f"GAN_UTILS_DATA is {chosen!r}" in line and "whole path" in line


@pytest.mark.parametrize("name", ["data", "data/mnist"])
def test_a_file_in_place_of_a_folder_of_data_is_named(place, capsys, monkeypatch, name):
    path = place / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    monkeypatch.setenv(storage.SWITCH, str(place / "data"))
    line = refused(["train", "mlp28", "--steps", "2", "--out", "x"], capsys)
    assert f"{path}" in line and "is a file; expected" in line.replace("which ", "")
    assert not (place / "x").exists()


def test_the_test_set_is_looked_at_before_a_training(place, capsys, monkeypatch):
    def load(name, split="train"):
        if split == "test":
            raise ValueError("t10k-images is cut.")
        return runs.load("sample")

    monkeypatch.setattr("gan_utils.runs.training.load", load)
    assert "t10k-images is cut." in refused([*TRAIN, "x"], capsys)
    assert not (place / "x").exists()


def test_a_path_below_the_home_directory_is_meant_so(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    read = options.parser().parse_args
    assert read(["train", "art", "--out=~/run"]).out == tmp_path / "run"
    assert read(["sample", "~"]).folder == tmp_path
    assert read(["sample", "~a"]).folder == Path("~a")  # a name like any other


def test_a_value_that_jax_refuses_is_named_with_its_variable(monkeypatch):
    monkeypatch.setenv("JAX_NUM_CPU_DEVICES", "abc")
    error = ValueError('Invalid value "abc" for JAX flag jax_num_cpu_devices')
    said = failures.sentence(error)
    assert "JAX_NUM_CPU_DEVICES=abc" in said and "Try without: unset" in said
    plain = ValueError("n is 3; expected 2.")
    assert failures.sentence(plain) == "n is 3; expected 2."


def test_a_folder_in_place_of_a_picture_is_no_fault_of_matplotlib(place, capsys):
    (place / "good" / "samples.png").unlink()
    (place / "good" / "samples.png").mkdir()
    assert main(["sample", "good", "--n", "2"]) == 0
    said = capsys.readouterr().out
    assert "No picture samples.png" in said and "A folder has that name" in said
    assert "matplotlib" not in said and "2 samples after 2 updates" in said


def test_a_module_that_ends_python_is_no_success(place, capsys, monkeypatch):
    def end(*_, **__):
        raise SystemExit(0)

    monkeypatch.setattr(runs, "train", end)
    (place / "optax.py").touch()
    line = refused([*TRAIN, "x"], capsys)
    assert "something ended Python" in line and "optax.py" in line


@pytest.mark.parametrize(
    "words", [["nope"], ["brain", "--steps", "-1"], ["brain", "--steps", "1"]]
)
def test_training_shipped_weights_refuses_in_a_sentence(
    tmp_path, capsys, monkeypatch, words
):
    (tmp_path / "file").touch()
    images = runs.load("sample")
    monkeypatch.setattr("gan_utils.runs.training.load", lambda *_: images)
    with pytest.raises(SystemExit) as ended:
        weights.main([*words, "--work", str(tmp_path / "file")])
    said = capsys.readouterr().err + str(ended.value)
    assert re.search(
        "expected some of brain|expected 1 or more|give another name", said
    )


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"gan-course {gan_utils.__version__}\n"


def process(words, folder, **variables):
    """Start the command line in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "gan_utils", *words],
        cwd=folder,
        env=os.environ | {"JAX_PLATFORMS": "cpu"} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", ["argparse", "pathlib"])
def test_a_file_that_hides_a_module_of_the_command_line_is_named(tmp_path, name):
    (tmp_path / f"{name}.py").write_text("x = 1\n")
    child = process(["doctor"], tmp_path, PYTHONPATH=str(tmp_path))
    _, said = child.communicate()
    assert child.returncode == 2 and "Traceback" not in said
    assert f"{name}.py" in said and "rename it" in said.lower()


def test_a_file_on_the_path_of_modules_is_named(tmp_path):
    (tmp_path / "numpy.py").write_text("x = 1\n")
    (tmp_path / "here").mkdir()
    words = ["sample", "nowhere"]
    child = process(words, tmp_path / "here", PYTHONPATH=str(tmp_path))
    _, said = child.communicate()
    assert child.returncode == 2 and "Traceback" not in said
    assert f"Rename {tmp_path / 'numpy.py'}" in said


@pytest.mark.parametrize(
    ("flags", "why"),
    [("--xla_no_such", "Unknown flag"), ("/nowhere", "Could not open file")],
)
def test_flags_that_xla_ends_by_are_refused_before_it_starts(tmp_path, flags, why):
    child = process(["sample", "nowhere"], tmp_path, XLA_FLAGS=flags)
    _, said = child.communicate()
    assert child.returncode == 2 and len(said.strip().splitlines()) == 1
    assert f"XLA_FLAGS={flags}" in said and why in said and "unset XLA_FLAGS" in said


def test_flags_that_xla_knows_are_no_obstacle(tmp_path):
    flags = "--xla_force_host_platform_device_count=2"
    child = process(["sample", "nowhere"], tmp_path, XLA_FLAGS=flags)
    assert "holds no trained run" in child.communicate()[1]


STOPPING = """
import signal, sys
from gan_utils.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's & ignores it
signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
signal.setitimer(signal.ITIMER_REAL, float(sys.argv.pop(1)))
sys.exit(main())
"""


@POSIX
@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.3, 0.8])
def test_control_c_at_any_moment_is_one_word(tmp_path, seconds):
    words = [str(seconds), *TRAIN, "x", "--steps", "9000"]
    command = [sys.executable, "-c", STOPPING, *words]
    environment = os.environ | {"JAX_PLATFORMS": "cpu"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 130 and "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1] == "gan-course: stopped."


@POSIX
def test_a_reader_who_has_seen_enough_is_no_error(tmp_path):
    child = process(["--help"], tmp_path)
    child.stdout.close()
    with child.stderr:
        assert "Traceback" not in child.stderr.read()
    child.wait()


LEAVING = """
import asyncio, sys
from gan_utils.cli import commands, main

class Loud:
    def __del__(self):
        raise ValueError("too late")

async def never():
    pass

def fail(_):
    commands.kept = Loud(), never()
    raise OSError(24, "Too many open files", "here")

commands.COMMANDS["doctor"] = fail
sys.argv[1:] = ["doctor"]
sys.exit(main())
"""


def test_what_an_error_leaves_half_done_is_not_told_after_it(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LEAVING], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert "here: Too many open files" in done.stderr and "ulimit -n" in done.stderr
