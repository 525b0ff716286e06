"""A small training run as the victim: its plan, its bits, its checkpoints."""

import json
import shutil
from functools import cache
from pathlib import Path

import jax
import numpy as np

from benchmarks.chaos.processes import course, finished, killed, seconds_of
from benchmarks.chaos.trials import require
from gan_utils import runs
from gan_utils.saving import checkpoints

STEPS = 6  # a checkpoint after each: most moments are moments of writing
PLAN = runs.Plan("mlp28", "sample", 0, STEPS, False, checkpoint_every=1)
CHAIN = 4  # kills of one run
SAMPLES = 3000  # of the victim `sample`; as many as take a while to write


def begin(folder: Path) -> Path:
    """Make a run's folder with its plan, as if it was stopped just after that."""
    PLAN.write(folder)
    return folder


def train(folder: Path, **options) -> dict:
    """Describe the process that goes on with the run in a folder."""
    words = f"train {PLAN.recipe} --data {PLAN.data} --steps {STEPS} --resume --out"
    return course(*words.split(), folder, **options)


def sample(folder: Path, seed: int, **options) -> dict:
    """Describe the process that draws samples from the run in a folder."""
    return course("sample", folder, "--n", SAMPLES, "--seed", seed, **options)


@cache
def undisturbed(shelf: Path) -> tuple[Path, float]:
    """Train a run without disturbing it; return its folder and its seconds."""
    finished(train(begin(shelf / "warm")))  # compiles, and answers the engine's choices
    folder = begin(shelf / "undisturbed")
    return folder, seconds_of(train(folder))


@cache
def drawn(shelf: Path, seed: int) -> bytes:
    """Return the samples that an undisturbed `sample` writes."""
    folder = shelf / f"drawn-{seed}"
    shutil.copytree(undisturbed(shelf)[0], folder)
    finished(sample(folder, seed))
    return (folder / "samples.npy").read_bytes()


def newest(folder: Path) -> int:
    """Return the step of the newest checkpoint, 0 where there is none."""
    return max(checkpoints.steps(folder / runs.CHECKPOINTS), default=0)


def require_same(folder: Path, shelf: Path) -> None:
    """Require that a run has ended with the bits of the undisturbed one.

    Raises:
        Lost: it has not.
    """
    other = undisturbed(shelf)[0]
    require(newest(folder) == STEPS, f"the newest checkpoint is {newest(folder)}")
    same = [bits(folder), bits(other)]
    pairs = zip(*same, strict=True)
    require(all(map(np.array_equal, *zip(*pairs, strict=True))), "other weights")
    files = [(f / "samples.npy").read_bytes() for f in (folder, other)]
    require(files[0] == files[1], "other samples")
    losses = [
        json.loads((f / runs.REPORT).read_text())["last_losses"]
        for f in (folder, other)
    ]
    require(losses[0] == losses[1], f"other losses: {losses}")


def bits(folder: Path) -> list[np.ndarray]:
    """Read all numbers of the newest checkpoint."""
    recipe, state = PLAN.begin()
    state, _ = checkpoints.restore(folder / runs.CHECKPOINTS, recipe.gan, state)
    leaves = jax.tree.leaves(state)
    keys = jax.dtypes.prng_key
    return [
        np.asarray(jax.random.key_data(leaf) if is_key else leaf)
        for leaf in leaves
        for is_key in [jax.dtypes.issubdtype(leaf.dtype, keys)]
    ]


def kill_train(rng, folder: Path, shelf: Path, kills: int = CHAIN) -> str:
    """Kill a training again and again, resume it, and compare its end."""
    _, seconds = undisturbed(shelf)
    run, moments, before = begin(folder / "run"), [], 0
    for _ in range(kills):
        after, _ = killed(train(run), rng, seconds)
        moments.append(f"{after:.2f} s")
        now = newest(run)
        require(now >= before, f"checkpoint {before} is gone, {now} is the newest")
        before = now
    finished(train(run))
    require_same(run, shelf)
    return "killed after " + ", ".join(moments)


def kill_sample(rng, folder: Path, shelf: Path) -> str:
    """Kill `sample` while a run's earlier samples lie there."""
    run, seed = folder / "run", int(rng.integers(1, 4))
    shutil.copytree(undisturbed(shelf)[0], run)
    old, new = (run / "samples.npy").read_bytes(), drawn(shelf, seed)
    after, _ = killed(sample(run, seed), rng, _seconds_of_sample(shelf))
    now = (run / "samples.npy").read_bytes()
    require(now in (old, new), f"samples.npy is cut at {len(now)} bytes")
    require_picture(run / "samples.png")
    finished(sample(run, seed))
    require((run / "samples.npy").read_bytes() == new, "other samples")
    return f"killed after {after:.2f} s"


@cache
def _seconds_of_sample(shelf: Path) -> float:
    folder = shelf / "timed"
    shutil.copytree(undisturbed(shelf)[0], folder)
    return seconds_of(sample(folder, 1))


def require_picture(path: Path) -> None:
    """Require a whole PNG."""
    from PIL import Image

    try:
        Image.open(path).load()
    except (OSError, SyntaxError) as error:
        require(False, f"{path.name}: {error}")
