"""What a user can cause ends in one line: what, why, what to do; never in a trace."""

import errno
import json
import os
import re
import subprocess
import sys

import pytest

from gan_utils import runs
from gan_utils.cli import main, surroundings
from gan_utils.runs import RunError
from gan_utils.runs.lock import held

TRAIN = ["train", "mlp28", "--data", "sample", "--steps", "2", "--out"]


def line(words, folder, **variables) -> tuple[int, str]:
    """Run the command line in a process of its own; return its code and last words."""
    command = [sys.executable, "-m", "gan_utils", *map(str, words)]
    environment = os.environ | {"JAX_PLATFORMS": "cpu"} | variables
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip().splitlines()[-1]


def failing(monkeypatch, error: BaseException):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(runs, "train", fail)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a"), "a: No space.*Free"),
        (OSError(errno.EROFS, "Read-only file system", "a"), "Read-only.*can be wri"),
        (PermissionError(errno.EACCES, "Permission denied"), "denied.*of your own"),
        (UnicodeEncodeError("ascii", "日", 0, 1, "no"), "ascii.*PYTHONUTF8=1"),
        (MemoryError(), "no memory is left"),
        (RuntimeError("RESOURCE_EXHAUSTED: Out of memory"), "no memory is left"),
        (ValueError("n is 3;\n expected 2."), "n is 3; expected 2."),
        (AssertionError(), "AssertionError.*(doctor|Set here)"),
        (KeyboardInterrupt(), "stopped"),
    ],
)
def test_an_error_is_one_line_and_debug_shows_the_trace(
    monkeypatch, capsys, tmp_path, error, said
):
    failing(monkeypatch, error)
    assert main([*TRAIN, str(tmp_path)]) in (2, 130)
    captured = capsys.readouterr()
    assert len(captured.err.strip().splitlines()) == 1
    assert re.search(said, captured.err), captured.err
    with pytest.raises(type(error)):
        main([*TRAIN, str(tmp_path), "--debug"])


def test_a_backend_that_is_not_there_is_named_with_its_variable(tmp_path):
    for name in ("cuda", "nonsense"):
        code, said = line([*TRAIN, tmp_path / "run"], tmp_path, JAX_PLATFORMS=name)
        assert code == 2 and f"JAX_PLATFORMS={name}" in said
        assert "unset JAX_PLATFORMS" in said


def test_a_file_that_hides_a_module_is_named(tmp_path):
    (tmp_path / "random.py").write_text("x = 1\n")
    code, said = line([*TRAIN, "run"], tmp_path)
    assert code == 2 and "Rename" in said and "random.py" in said
    assert surroundings.hiding(tmp_path) == [str(tmp_path / "random.py")]


def test_a_cut_data_file_is_one_line(tmp_path):
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / "train-images-idx3-ubyte.gz").write_bytes(b"cut")
    words = ["train", "mlp28", "--steps", "2", "--out", "run"]
    code, said = line(words, tmp_path, GAN_UTILS_DATA=str(tmp_path))
    assert code == 2 and "train-images-idx3-ubyte" in said


def test_out_that_cannot_be_a_folder(tmp_path, capsys):
    (tmp_path / "file").touch()
    for out, said in ((tmp_path / "file", "a folder there"), ("/proc/x/y", "/proc/x")):
        assert main([*TRAIN, str(out)]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        [*TRAIN, "x", "--seed", "9" * 20],
        [*TRAIN[:-3], "--steps", "9" * 20, "--out", "x"],
        ["sample", "x", "--n", "9" * 20],
        ["open", "--port", "70000"],
    ],
)
def test_a_number_too_large_is_refused(words, capsys):
    with pytest.raises(SystemExit):
        main(words)
    assert "expected" in capsys.readouterr().err


def test_a_folder_is_one_runs_until_its_owner_ends(tmp_path):
    script = (
        "import time; from pathlib import Path; from gan_utils.runs.lock import held\n"
        f"with held(Path({str(tmp_path)!r})): print(1, flush=True); time.sleep(100)"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    owner.stdout.readline()
    with pytest.raises(RunError, match="in use by another run"), held(tmp_path):
        pass
    owner.kill()
    owner.communicate()
    with held(tmp_path):
        pass


def test_a_run_whose_picture_fails_is_whole(tmp_path, monkeypatch):
    from gan_utils import plots

    def fail(*_, **__):
        raise RuntimeError("latex could\n not be found")

    monkeypatch.setattr(plots, "sheet", fail)
    said = []
    request = runs.Request("mlp28", data="sample", steps=2)
    assert runs.train(tmp_path / "run", request, say=said.append)
    assert (tmp_path / "run" / "samples.npy").exists()
    assert json.loads((tmp_path / "run" / runs.REPORT).read_text())["steps"] == 2
    assert any("latex could not be found" in text for text in said)
