"""What a folder's run is: its plan, and the refusal of another one's options."""

import dataclasses
import json
import time
from pathlib import Path

import jax

from gan_utils.cli.files import write_json
from gan_utils.cli.places import CourseError
from gan_utils.data import batches
from gan_utils.training import GANState, checkpoints, recipes, run

PLAN, CHECKPOINTS = "plan.json", "checkpoints"
TRIAL = 2.0  # seconds of updates that are timed before the number of them is fixed
DEFAULT_MINUTES = 10.0  # when neither --steps nor --minutes is given
SAVE_EVERY = 20.0  # seconds between two checkpoints, about


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

    def begin(self) -> tuple[recipes.Recipe, GANState]:
        """Make the recipe, and the state before the first update."""
        recipe = self.build()
        return recipe, recipe.init(jax.random.key(self.seed))

    def write(self, folder: Path) -> None:
        """Keep the plan in a folder, which is made for it."""
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / PLAN, dataclasses.asdict(self))


def recipe_of(name: str, steps: int, conditional: bool) -> recipes.Recipe:
    """Make a recipe by name, with ten classes when it is to be conditional."""
    return recipes.IMAGES[name](steps=steps, classes=10 if conditional else 0)


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


def resumed(folder: Path, options) -> Plan | None:
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


def make_plan(options, images, say) -> Plan:
    """Fix the number of updates and the distance of checkpoints by a short trial."""
    seconds = seconds_a_step(options, images)
    minutes = options.minutes or DEFAULT_MINUTES
    steps = options.steps or max(1, round(60 * minutes / seconds))
    every = max(1, round(SAVE_EVERY / seconds))
    say(f"{options.recipe}: {steps} updates of about {1e3 * seconds:.3g} ms")
    return Plan(
        options.recipe, options.data, options.seed, steps, options.conditional, every
    )


def seconds_a_step(options, images) -> float:
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
