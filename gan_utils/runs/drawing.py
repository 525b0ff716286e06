"""Draw from a trained recipe: samples.npy, and a sheet of the first."""

from pathlib import Path

import jax
import numpy as np

from gan_utils import system_errors, validate
from gan_utils.runs.errors import RunError
from gan_utils.runs.plan import CHECKPOINTS, read_plan
from gan_utils.saving import checkpoints
from gan_utils.whole_files import write_with

OF_SAMPLES = np.uint32(2**32 - 1)  # folded into the key; no update has this number


def draw(gan, state, n: int, seed: int, chunk: int = 500):
    """Draw n samples by the averaged generator, in parts that fit into memory.

    Args:
        gan: structure.
        state: of one run.
        n: how many samples, 1 or more; with classes, they go through them in turn.
        seed: of the draw.
        chunk: samples in a part.

    Returns:
        (x, y): samples (n, H, W, C) float32 in [-1, 1], and their labels (n,) when the
        recipe is conditional, else None.

    Raises:
        ValueError: n is below 1.
    """
    validate.count(n, "n", minimum=1)
    key = jax.random.fold_in(jax.random.key(seed), OF_SAMPLES)
    z = gan.latent.sample(key, n)
    y = np.arange(n, dtype="int32") % gan.classes if gan.classes else None
    parts = [
        gan.generate(state, z[i : i + chunk], None if y is None else y[i : i + chunk])
        for i in range(0, n, chunk)
    ]
    return np.concatenate([np.asarray(part) for part in parts]), y


def write_samples(folder: Path, x: np.ndarray) -> None:
    """Write samples.npy, unselected."""
    write_with(folder / "samples.npy", lambda file: np.save(file, x))


def write_sheet(folder: Path, x: np.ndarray, say=print) -> None:
    """Write a sheet of the first 64 samples, samples.png, or say why there is none.

    A user's own matplotlib settings can make any drawing fail; no run is lost by it.
    """
    try:
        from gan_utils import plots

        sheet = plots.sheet(x[:64], what="generated samples", title="The first samples")
        write_with(
            folder / "samples.png", lambda file: sheet.savefig(file, format="png")
        )
    except Exception as error:
        say(
            f"No picture samples.png: {_reason(error)} All else is written; "
            "`gan-course sample` tries again."
        )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return system_errors.sentence(error)
    text = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {text}. Likely cause: matplotlib's settings."


def sample(folder: Path, n: int, seed: int | None = None, say=print) -> None:
    """Draw from the newest sound checkpoint of a folder; write the samples there.

    Args:
        folder: of a run that `train` began.
        n: how many samples, 1 or more.
        seed: of the draw; the run's own when None.
        say: called with a line of text.

    Raises:
        RunError: the folder holds no run, or no checkpoint that can be read.
        ValueError: n is below 1, or the checkpoints are of another structure.
        OSError: the samples cannot be written.
    """
    plan = read_plan(folder)
    if plan is None or not checkpoints.steps(folder / CHECKPOINTS):
        raise RunError(
            f"{folder} holds no trained run; expected a folder that `gan-course train` "
            "has written to with --out."
        )
    recipe, state = plan.begin()  # its shapes are those of the checkpoint
    try:
        (state, *_), damaged = checkpoints.newest(
            folder / CHECKPOINTS, recipe.gan, state
        )
    except checkpoints.Damaged as error:
        hint = "`gan-course train ... --resume` sets it aside and begins the run again."
        raise RunError(f"{error} {hint}") from error
    for step in damaged:
        say(f"The checkpoint of step {step} is damaged; this is an older one.")
    seed = plan.seed if seed is None else seed
    x, _ = draw(recipe.gan, state, n, seed)
    write_samples(folder, x)
    write_sheet(folder, x, say)
    say(f"{n} samples after {int(state.step)} updates: {folder / 'samples.npy'}")
