"""Train a recipe in a folder; a killed run goes on where it was."""

import dataclasses
import difflib
import os
import platform
import time
import warnings
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import jax

import gan_utils
from gan_utils import data, system_errors
from gan_utils.data import Images
from gan_utils.data.image_sets import stand_in
from gan_utils.runs import judging
from gan_utils.runs.drawing import draw, write_samples, write_sheet
from gan_utils.runs.errors import RunError
from gan_utils.runs.lock import LOCK, held
from gan_utils.runs.plan import CHECKPOINTS, PLAN, Plan, Request, make_plan, resumed
from gan_utils.saving import checkpoints
from gan_utils.training import recipes
from gan_utils.training import train as train_to
from gan_utils.whole_files import write_json

DATA = ("mnist", "fashion_mnist", "kmnist", "sample")
SAMPLES = 5000  # in samples.npy after a run
REPORT = "report.json"
PACKAGES = ("jax", "flax", "optax", "numpy")


def train(
    folder: Path, request: Request, resume: bool = False, say=print
) -> dict | None:
    """Plan or resume a run, train, sample, report.

    Args:
        folder: of the run; made when it is not there.
        request: what the run is to be.
        resume: go on in a folder that is already used.
        say: called with lines of text.

    Returns:
        The report, also written to the folder; None when the run stopped early, which
        has then been said.

    Raises:
        RunError: the folder is used and `resume` is False, another run is in it, what
            was asked for is not what the folder holds, or it cannot be written.
    """
    _check_names(request)
    try:
        _check_empty(folder, resume)
        images, test = load(request.data), load(request.data, "test")
        with held(folder):
            _check_empty(folder, resume)
            plan = resumed(folder, request)
            if plan and request.minutes:
                say(
                    f"--minutes {request.minutes:g} changes nothing: the run was "
                    f"planned with {plan.steps} updates."
                )
            if plan is None:
                plan = make_plan(request, images, say)
                plan.write(folder)
            return _train(folder, plan, images, test, say)
    except OSError as error:
        said = system_errors.sentence(error)
        if os.path.exists(folder / PLAN):
            said += f" What was saved in {folder} is whole: the same command with "
            said += "--resume goes on."
        raise RunError(said) from error


def _check_empty(folder: Path, resume: bool) -> None:
    """Refuse a folder in which a run would replace what is no part of it."""
    names = sorted(p.name for p in folder.iterdir()) if folder.exists() else []
    others = [n for n in names if n != LOCK and not n.startswith(f".{PLAN}.")]
    if not others:
        return
    if not resume:
        raise RunError(
            f"{folder} is not empty. Add --resume to go on with the run in it, or name "
            "another folder with --out; nothing was changed."
        )
    if not {PLAN, CHECKPOINTS} & set(others):
        raise RunError(
            f"{folder} holds {', '.join(others[:4])}, but no run that could go on. "
            "Name a run's folder, or an empty one, with --out; nothing was changed."
        )


def _check_names(request: Request) -> None:
    for name, known in (("recipe", recipes.IMAGES), ("data", DATA)):
        given = getattr(request, name)
        if given not in known:
            plain = given.lower().replace("-", "_")
            close = difflib.get_close_matches(plain, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise RunError(
                f"{name} is {given!r}; expected one of {', '.join(known)}.{hint}"
            )


def load(name: str, split: str = "train") -> Images:
    """Load images with labels by the set's name, one of DATA.

    Raises:
        RunError: they are not here and cannot be downloaded. A run must not go on
            with other images than those it names.
    """
    if name == "sample":
        return stand_in(split)
    try:
        return getattr(data, name)(split, download="required")
    except ConnectionError as error:
        raise RunError(
            f"{error} Without a network, --data sample trains on the 4,000 digits that "
            "come with the course."
        ) from error


def _train(folder: Path, plan: Plan, images, test, say) -> dict | None:
    recipe, state = plan.begin()
    clock = time.perf_counter()
    try:
        with _warnings_to(say):
            state, history = train_to(
                recipe.gan,
                state,
                tuple(images),
                plan.steps,
                recipe.batch_size,
                checkpoint_dir=folder / CHECKPOINTS,
                checkpoint_every=plan.checkpoint_every,
                resume=True,
            )
    except checkpoints.Damaged:  # all of them are, and nothing was trained yet
        for step in checkpoints.steps(folder / CHECKPOINTS):
            place = checkpoints.set_aside(folder / CHECKPOINTS, step)
        say(f"Every checkpoint is damaged; they now lie in {place.parent}.")
        return _train(folder, plan, images, test, say)
    seconds = time.perf_counter() - clock
    if int(state.step) < plan.steps:
        say(f"{history.stopped}. Go on with --resume.")
        return None
    x, y = draw(recipe.gan, state, SAMPLES, plan.seed)
    write_samples(folder, x)
    found = judging.judged(x, y, test, plan.data)
    report = _report(plan, history, seconds, found)
    write_json(folder / REPORT, report)
    write_sheet(folder, x, say)
    say(judging.sentence(found))
    say(f"Written: {folder.resolve()}")
    return report


@contextmanager
def _warnings_to(say):
    """Say warnings in a line each, without the place in the program they came from."""
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *_: say(f"Note: {message}")
        yield


def _report(plan: Plan, history, seconds: float, metrics: dict) -> dict:
    return dataclasses.asdict(plan) | {
        "metrics": metrics,
        "seconds": round(seconds, 1),  # of the last start, with compilation
        "last_losses": dict(zip(("d", "g"), history.latest(), strict=True)),
        "samples": SAMPLES,
        "versions": {name: version(name) for name in PACKAGES}
        | {"gan_utils": gan_utils.__version__},
        "python": platform.python_version(),
        "device": str(jax.devices()[0].device_kind),
    }
