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


def line(words, folder, before="", **variables) -> tuple[int, str]:
    """Run the command line in a process of its own; return its code and last words."""
    script = f"{before}\nimport sys\nfrom gan_utils.cli import main\nsys.exit(main())"
    command = [sys.executable, "-c", script, *map(str, words)]
    environment = os.environ | {"JAX_PLATFORMS": "cpu"} | variables
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr and "\r" not in done.stderr
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


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit of POSIX systems")
def test_a_disk_that_takes_no_more_is_one_line(tmp_path):
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (3000, 3000))"
    code, said = line([*TRAIN, "run"], tmp_path, limit, GAN_UTILS_CACHE="off")
    assert code == 2 and "File too large" in said and "--resume" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"recipe": "none"}, "unknown recipe"),
        ({"seed": None}, "seed is None; expected int"),
        ({"steps": "two"}, "steps is 'two'; expected int"),
        ({"steps": -4}, "below 1"),
    ],
)
def test_a_plan_that_no_run_wrote_is_refused(tmp_path, change, said):
    plan = runs.Plan("mlp28", "sample", 0, 2, False, 1)
    plan.write(tmp_path)
    text = json.loads((tmp_path / "plan.json").read_text()) | change
    (tmp_path / "plan.json").write_text(json.dumps(text))
    with pytest.raises(RunError, match=said):
        runs.read_plan(tmp_path)


def test_a_switch_that_differs_is_named_at_resuming(tmp_path):
    assert main([*TRAIN, str(tmp_path / "run")]) == 0
    words = [sys.executable, "-m", "gan_utils", *TRAIN, "run", "--resume"]
    switched = os.environ | {"JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "1"}
    done = subprocess.run(
        words, cwd=tmp_path, env=switched, capture_output=True, text=True
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert "JAX_ENABLE_X64 is True, was False" in done.stdout


def test_pages_that_cannot_be_written_are_refused_at_once(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["run", "00", "--out", str(tmp_path / "file")]) == 2
    assert "A file has the name" in capsys.readouterr().err


@pytest.mark.parametrize("ip", ["999.1.1.1", "8.8.8.8", "no such host", "::zz"])
def test_an_address_of_another_computer_is_refused(tmp_path, capsys, ip):
    assert main(["open", "--ip", ip, "--folder", str(tmp_path / "copy")]) == 2
    assert f"--ip is {ip!r}" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps such a folder")
def test_a_current_folder_that_is_gone_is_said(tmp_path, monkeypatch, capsys):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["open"]) == 2
    assert "current folder is gone" in capsys.readouterr().err
