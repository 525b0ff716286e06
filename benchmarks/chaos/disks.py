"""Disks that end at a random byte, and folders that cannot be written.

Where a disk of memory can be mounted (Linux, as root), it is the disk; elsewhere a
limit on the size of a file stands in for its end, and its permissions for a read-only
one.
"""

import functools
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from benchmarks.chaos import caches, notebooks, training
from benchmarks.chaos.processes import finished
from benchmarks.chaos.trials import Unclear, require

LIMIT = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({0}, r.RLIM_INFINITY))"
KIB = 1024


@functools.cache
def can_mount() -> bool:
    """Tell whether this process may mount a disk of memory."""
    with tempfile.TemporaryDirectory() as place:
        if _mount("-t", "tmpfs", "tmpfs", place).returncode:
            return False
        subprocess.run(["umount", place], check=True)
    return True


def how() -> str:
    """Say what stands for a full disk here."""
    return "a disk of memory" if can_mount() else "a limit on the size of a file"


def _mount(*words):
    return subprocess.run(["mount", *map(str, words)], capture_output=True)


@contextmanager
def disk(place: Path, size: int):
    """Put a disk of so many bytes at a folder.

    Yields:
        (setup, mend): Python for a process that writes there, and a function that
        gives the disk more space.
    """
    place.mkdir(parents=True, exist_ok=True)
    if not can_mount():
        yield LIMIT.format(size), lambda: None
        return
    _mount("-t", "tmpfs", "-o", f"size={max(size, 4 * KIB)}", "tmpfs", place)
    try:
        more = functools.partial(_mount, "-o", "remount,size=256m", place)
        yield "", more
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def read_only(place: Path):
    """Forbid to write into a folder and what is in it."""
    if can_mount():
        _mount("--bind", place, place)
        _mount("-o", "remount,ro,bind", place)
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)
        return
    paths = [place, *place.rglob("*")]
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


def said(process: dict) -> str:
    """Run a process that may fail, and return the last line that it then wrote.

    Raises:
        Unclear: it showed a trace, or failed without a word.
    """
    done = finished(process, codes=(0, 1, 2))
    line = (done.stderr.strip().splitlines() or [""])[-1]
    if done.returncode and not line and not done.stdout.strip():
        raise Unclear("it failed without a word")
    return line if done.returncode else "went well"


def full_train(rng, folder: Path, shelf: Path) -> str:
    """Train on a disk that ends; with more space the run ends as undisturbed."""
    size = int(rng.integers(4 * KIB, _size(training.undisturbed(shelf)[0])))
    with disk(folder / "disk", size) as (setup, mend):
        run = training.begin(folder / "disk" / "run")
        words = said(training.train(run, setup=setup))
        before = training.newest(run)
        mend()
        finished(training.train(run))
        require(training.newest(run) >= before, "a checkpoint is gone")
        training.require_same(run, shelf)
    return f"{size} bytes: {words}"


def full_sample(rng, folder: Path, shelf: Path) -> str:
    """Sample on a disk that ends; the earlier samples stay, or the new are whole."""
    base = training.undisturbed(shelf)[0]
    old, new = (base / "samples.npy").read_bytes(), training.drawn(shelf, 1)
    spare = int(rng.integers(0, 2 * len(new)))
    with disk(folder / "disk", _size(base) + spare) as (_, mend):
        run = folder / "disk" / "run"
        shutil.copytree(base, run)
        setup = "" if can_mount() else LIMIT.format(spare)
        words = said(training.sample(run, 1, setup=setup))
        notebooks.require_one_of(run / "samples.npy", old, new)
        training.require_picture(run / "samples.png")
        mend()
        finished(training.sample(run, 1))
        notebooks.require_one_of(run / "samples.npy", new)
    return f"{spare} bytes spare: {words}"


def full_run(rng, folder: Path, shelf: Path) -> str:
    """Execute a notebook in place on a disk that ends; it is the old or the new one."""
    before, after, _ = notebooks.executed(shelf)
    source = notebooks.clone(folder / "clone")
    path = source / "notebooks" / notebooks.NAME
    size = int(rng.integers(len(before) + 4 * KIB, 3 * len(after)))
    with disk(path.parent, size) as (_, mend):
        path.write_bytes(before)
        setup = "" if can_mount() else LIMIT.format(int(rng.integers(1, len(after))))
        words = said(notebooks.in_place(source, setup=setup))
        notebooks.require_one_of(path, before, after)
        mend()
        finished(notebooks.in_place(source))
        notebooks.require_one_of(path, after)
    return f"{size} bytes: {words}"


def full_refresh(rng, folder: Path, shelf: Path) -> str:
    """Bring a copy up to date on a disk that ends; nothing that was typed is gone."""
    source, copy = notebooks.learner(folder)
    spare = int(rng.integers(0, _size(copy)))
    with disk(folder / "disk", _size(copy) + spare) as (setup, mend):
        mine = folder / "disk" / "copy"
        shutil.copytree(copy, mine)
        words = said(notebooks.refresh(source, mine, setup=setup))
        notebooks.require_copy(source, mine, done=False)
        mend()
        finished(notebooks.refresh(source, mine))
        notebooks.require_copy(source, mine, done=True)
    return f"{spare} bytes spare: {words}"


def full_caches(rng, folder: Path, shelf: Path) -> str:
    """Compile with a cache on a disk that ends; the result is the same."""
    result, _ = caches.undisturbed(shelf)
    size = int(rng.integers(4 * KIB, _size(shelf / "programs")))
    with disk(folder / "disk", size) as (setup, mend):
        for _ in range(2):
            process = caches.program(folder / "disk", setup=setup)
            require(caches.result_of(process) == result, "another result")
        mend()
        process = caches.program(folder / "disk")
        require(caches.result_of(process) == result, "another result afterwards")
    return f"{size} bytes"


def no_writing(rng, folder: Path, shelf: Path) -> str:
    """Train, sample and execute where nothing can be written; all stays as it is."""
    base = training.undisturbed(shelf)[0]
    run, source = folder / "run", notebooks.clone(folder / "clone")
    shutil.copytree(base, run)
    copied = folder / "copied"
    copied.mkdir()
    victims = {
        run: [training.train(run), training.sample(run, 1)],
        source / "notebooks": [notebooks.in_place(source)],
        copied: [caches.program(copied)],
    }
    words = []
    for place, processes in victims.items():
        before = contents(place)
        with read_only(place):
            words += [said(process) for process in processes]
        require(contents(place) == before, f"{place.name} has changed")
    training.require_same(run, shelf)
    return "; ".join(words)


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _size(folder: Path) -> int:
    """Return the bytes that a folder takes on a disk with pages of 4 KiB."""
    pages = (-(-p.stat().st_size // (4 * KIB)) + 1 for p in folder.rglob("*"))
    return sum(pages) * 4 * KIB
