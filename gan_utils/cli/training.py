"""Train a recipe from the command line; a killed run goes on where it was."""

import dataclasses
import json
import platform
import time
from importlib.metadata import version
from pathlib import Path

import jax
import numpy as np

import gan_utils
from gan_utils import data
from gan_utils.cli import judging
from gan_utils.cli.files import write_json, write_with
from gan_utils.cli.places import CourseError
from gan_utils.data import Images, batches
from gan_utils.data.image_sets import stand_in
from gan_utils.training import checkpoints, recipes, run, train

DATA = ("mnist", "fashion_mnist", "kmnist", "sample")
SAMPLES = 5000  # in samples.npy after a run
PLAN, CHECKPOINTS, REPORT = "plan.json", "checkpoints", "report.json"
TRIAL = 2.0  # seconds of updates that are timed before the number of them is fixed
DEFAULT_MINUTES = 10.0  # when neither --steps nor --minutes is given
SAVE_EVERY = 20.0  # seconds between two checkpoints, about
PACKAGES = ("jax", "flax", "optax", "numpy")


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a folder's run is: written down before the first update, never changed."""

    recipe: str
    data: str
    seed: int
    steps: int
    conditional: bool
    checkpoint_every: int

    def build(self) -> recipes.Recipe:
        """Make the recipe; its schedules end at the last update."""
        return recipe_of(self.recipe, self.steps, self.conditional)


def recipe_of(name: str, steps: int, conditional: bool) -> recipes.Recipe:
    """Make a recipe by name, with ten classes when it is to be conditional."""
    return recipes.IMAGES[name](steps=steps, classes=10 if conditional else 0)


def start(options, say=print) -> int:
    """Run `gan-course train`: plan or resume, train, sample, report.

    Args:
        options: recipe, data, steps, minutes, seed, conditional, out and resume.
        say: called with lines of text.

    Raises:
        CourseError: the folder is used and `--resume` is missing, what was asked for is
            not what the folder holds, or the disk is full.
    """
    folder = options.out
    _check_names(options)
    used = folder.is_dir() and any(folder.iterdir())
    if used and not options.resume:
        raise CourseError(
            f"{folder} is not empty. Add --resume to go on with the run in it, or name "
            "another folder with --out; nothing was changed."
        )
    try:
        images = load(options.data)
        plan = _planned(folder, options)
        if plan is None:
            plan = _make_plan(options, images, say)
            folder.mkdir(parents=True, exist_ok=True)
            write_json(folder / PLAN, dataclasses.asdict(plan))
        return _train(folder, plan, images, say)
    except OSError as error:
        raise CourseError(
            f"{error}. What was saved in {folder} is whole; mend the cause (often a "
            "full disk) and run the same command with --resume."
        ) from error


def _check_names(options) -> None:
    for name, known in (("recipe", recipes.IMAGES), ("data", DATA)):
        if getattr(options, name) not in known:
            raise CourseError(
                f"{name} is {getattr(options, name)!r}; expected one of "
                f"{', '.join(known)}."
            )


def load(name: str, split: str = "train") -> Images:
    """Load images with labels by the set's name on the command line.

    Raises:
        CourseError: they are not here and cannot be downloaded. A run must not go on
            with other images than those it names.
    """
    if name == "sample":
        return stand_in(split)
    try:
        return getattr(data, name)(split, download="required")
    except ConnectionError as error:
        raise CourseError(
            f"{error} Without a network, --data sample trains on the 4,000 digits that "
            "come with the course."
        ) from error


def read_plan(folder: Path) -> Plan | None:
    """Read what a folder's run is, or None when it was stopped before that."""
    path = folder / PLAN
    if not path.is_file():
        return None
    try:
        return Plan(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise CourseError(
            f"{path} cannot be read ({error}). It says what the run is; restore it, or "
            "start again in another folder."
        ) from error


def _planned(folder: Path, options) -> Plan | None:
    """Return the plan of a run that is to go on; refuse another one's options."""
    plan = read_plan(folder)
    if plan is None and checkpoints.steps(folder / CHECKPOINTS):
        raise CourseError(
            f"{folder} holds checkpoints but no {PLAN}, which says what they are of. "
            "Name another folder with --out."
        )
    if plan is None:
        return None
    asked = {name: getattr(options, name) for name in ("recipe", "data", "seed")}
    asked |= {"conditional": options.conditional}
    asked |= {"steps": options.steps} if options.steps else {}
    other = [
        f"{name} {getattr(plan, name)}, not {value}"
        for name, value in asked.items()
        if getattr(plan, name) != value
    ]
    if other:
        raise CourseError(
            f"the run in {folder} has {'; '.join(other)}. Its schedules depend on "
            "these. Give its own options, or name another folder with --out."
        )
    return plan


def _make_plan(options, images, say) -> Plan:
    """Fix the number of updates and the distance of checkpoints by a short trial."""
    seconds = _seconds_a_step(options, images)
    minutes = options.minutes or DEFAULT_MINUTES
    steps = options.steps or max(1, round(60 * minutes / seconds))
    every = max(1, round(SAVE_EVERY / seconds))
    say(f"{options.recipe}: {steps} updates of about {1e3 * seconds:.3g} ms")
    return Plan(
        options.recipe, options.data, options.seed, steps, options.conditional, every
    )


def _seconds_a_step(options, images) -> float:
    """Time updates of a run that is thrown away."""
    recipe = recipe_of(options.recipe, 1000, options.conditional)
    source = batches(tuple(images), recipe.batch_size, recipe.gan.update.draws)
    state, _ = run(recipe.gan, recipe.init(jax.random.key(0)), source, 1)  # compiles
    steps, seconds = 1, 0.0
    while seconds < TRIAL:
        clock = time.perf_counter()
        state, _ = jax.block_until_ready(run(recipe.gan, state, source, steps))
        seconds, steps = time.perf_counter() - clock, 2 * steps
    return 2 * seconds / steps


def _train(folder: Path, plan: Plan, images, say) -> int:
    recipe, state = _begin(plan)
    clock = time.perf_counter()
    try:
        state, history = train(
            recipe.gan,
            state,
            tuple(images),
            plan.steps,
            recipe.batch_size,
            checkpoint_dir=folder / CHECKPOINTS,
            checkpoint_every=plan.checkpoint_every,
            resume=True,
        )
    except checkpoints.Damaged:  # nothing was trained yet: go on before it
        say(f"a checkpoint is damaged; it now lies in {set_newest_aside(folder)}")
        return _train(folder, plan, images, say)
    seconds = time.perf_counter() - clock
    if int(state.step) < plan.steps:
        say(f"{history.stopped}. Go on with --resume.")
        return 1
    x, y = draw(recipe.gan, state, SAMPLES, plan.seed)
    write_samples(folder, x)
    found = judging.judged(x, y, load(plan.data, "test"), plan.data)
    write_json(folder / REPORT, _report(plan, history, seconds, found))
    say(judging.sentence(found))
    say(f"Written: {folder.resolve()}")
    return 0


def _begin(plan: Plan):
    recipe = plan.build()
    return recipe, recipe.init(jax.random.key(plan.seed))


def set_newest_aside(folder: Path) -> Path:
    """Move the newest checkpoint out of the way, and return where it lies now."""
    newest = folder / CHECKPOINTS / str(checkpoints.steps(folder / CHECKPOINTS)[-1])
    shelf = folder / "damaged"
    shelf.mkdir(exist_ok=True)
    return newest.rename(shelf / f"{newest.name}-{sum(1 for _ in shelf.iterdir())}")


def draw(gan, state, n: int, seed: int, chunk: int = 500):
    """Draw n samples by the averaged generator, in parts that fit into memory.

    Returns:
        (x, y): samples (n, H, W, C) float32 in [-1, 1], and their labels (n,) when the
        recipe is conditional, else None.
    """
    key = jax.random.fold_in(jax.random.key(seed), np.uint32(2**32 - 1))
    z = gan.latent.sample(key, n)
    y = np.arange(n, dtype="int32") % gan.classes if gan.classes else None
    parts = [
        gan.generate(state, z[i : i + chunk], None if y is None else y[i : i + chunk])
        for i in range(0, n, chunk)
    ]
    return np.concatenate([np.asarray(part) for part in parts]), y


def write_samples(folder: Path, x: np.ndarray) -> None:
    """Write samples.npy and a sheet of the first 64, samples.png; unselected."""
    from gan_utils import plots

    write_with(folder / "samples.npy", lambda file: np.save(file, x))
    figure = plots.sheet(x[:64], what="generated samples", title="The first samples")
    write_with(folder / "samples.png", lambda file: figure.savefig(file, format="png"))


def sample(options, say=print) -> int:
    """Run `gan-course sample`: draw from the newest checkpoint of a folder.

    Raises:
        CourseError: the folder holds no run, or no checkpoint that can be read.
    """
    folder = options.folder
    plan = read_plan(folder)
    if plan is None or not checkpoints.steps(folder / CHECKPOINTS):
        raise CourseError(
            f"{folder} holds no trained run; expected a folder that `gan-course train` "
            "has written to with --out."
        )
    recipe, state = _begin(plan)
    try:
        state, _ = checkpoints.restore(folder / CHECKPOINTS, recipe.gan, state)
    except checkpoints.Damaged as error:
        hint = "`gan-course train ... --resume` sets it aside and goes on before it."
        raise CourseError(f"{error} {hint}") from error
    seed = plan.seed if options.seed is None else options.seed
    x, _ = draw(recipe.gan, state, options.n, seed)
    write_samples(folder, x)
    say(
        f"{options.n} samples after {int(state.step)} updates: {folder / 'samples.npy'}"
    )
    return 0


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
