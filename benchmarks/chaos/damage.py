"""Files that changed since they were written: at a random byte, cut, or gone."""

import shutil
from pathlib import Path

from benchmarks.chaos import caches, disks, training
from benchmarks.chaos.processes import finished, python
from benchmarks.chaos.trials import require
from gan_utils import runs

KNOWN = """
from gan_utils.engine import measured
forms = {"a": lambda: lambda: 0, "b": lambda: lambda: 0}
answer = measured.fastest("question 1", forms)
print("result", answer)
"""


def spoil(rng, path: Path) -> str:
    """Change a random byte of a file, cut it there, or remove it; say which."""
    content = bytearray(path.read_bytes())
    way = rng.choice(["byte", "cut", "gone"]) if content else "gone"
    at = int(rng.integers(len(content))) if content else 0
    if way == "gone":
        path.unlink()
        return f"{path.name} is gone"
    if way == "cut":
        path.write_bytes(content[:at])
        return f"{path.name} is cut at {at} of {len(content)}"
    content[at] ^= int(rng.integers(1, 256))
    path.write_bytes(content)
    return f"{path.name} has another byte {at} of {len(content)}"


def any_file(rng, folder: Path) -> Path:
    """Choose a file of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return files[rng.integers(len(files))]


def checkpoint(rng, folder: Path, shelf: Path) -> str:
    """Spoil a file of the newest checkpoint; sampling says so, resuming goes on."""
    run = folder / "run"
    shutil.copytree(training.undisturbed(shelf)[0], run)
    newest = run / runs.CHECKPOINTS / str(training.STEPS)
    what = spoil(rng, any_file(rng, newest))
    words = disks.said(training.sample(run, 1))
    if words == "went well":
        new = training.drawn(shelf, 1)
        same = (run / "samples.npy").read_bytes() == new
        require(same, f"other samples without a word: {what}")
    finished(training.train(run))
    training.require_same(run, shelf)
    return f"{what}: {words}"


def run_files(rng, folder: Path, shelf: Path) -> str:
    """Spoil a file beside the checkpoints; it is made again, or what is wrong is said.

    The plan alone cannot be made again: then every other file stays as it is.
    """
    run = folder / "run"
    shutil.copytree(training.undisturbed(shelf)[0], run)
    files = sorted(
        path for path in run.iterdir() if path.is_file() and path.stat().st_size
    )
    what = spoil(rng, files[rng.integers(len(files))])
    before = disks.contents(run)
    words = disks.said(training.train(run))
    if words == "went well":
        training.require_same(run, shelf)
    else:
        after = disks.contents(run)
        after.pop(".lock", None), before.pop(".lock", None)
        require(after == before, "a refusal changed files")
        training.PLAN.write(run)
        finished(training.train(run))
        training.require_same(run, shelf)
    return f"{what}: {words}"


def programs(rng, folder: Path, shelf: Path) -> str:
    """Spoil compiled programs; the result is the same."""
    result, _ = caches.undisturbed(shelf)
    shutil.copytree(shelf / "programs", folder / "programs")
    what = [spoil(rng, any_file(rng, folder / "programs")) for _ in range(3)]
    for _ in range(2):
        found = caches.result_of(caches.program(folder / "programs"))
        require(found == result, f"{found} in place of {result}")
    return "; ".join(what)


def choices(rng, folder: Path, shelf: Path) -> str:
    """Spoil the kept answers; the next process has an answer all the same."""
    script = caches.CHOICES.replace("itertools.count()", "range(5)")
    finished(python(script, GAN_UTILS_CACHE=folder))
    what = spoil(rng, folder / "choices.json")
    known = {"GAN_UTILS_CACHE": folder, "GAN_UTILS_CHOICE": "measured"}
    found = caches.result_of(python(KNOWN, **known))
    require(found in ("a", "b"), f"the answer is {found}")
    return what
