"""What a folder's run is: its plan, and the refusal of another one's request."""

import dataclasses
import time
from pathlib import Path

import jax

from gan_utils.data import batches
from gan_utils.runs.errors import RunError
from gan_utils.saving import checkpoints
from gan_utils.training import GANState, recipes, run
from gan_utils.whole_files import read_json, write_json

PLAN, CHECKPOINTS = "plan.json", "checkpoints"
TRIAL = 2.0  # seconds of updates that are timed before the number of them is fixed
DEFAULT_MINUTES = 10.0  # when neither --steps nor --minutes is given
SAVE_EVERY = 20.0  # seconds between two checkpoints, about
MOST_STEPS = 2**31 - 1  # a state counts its updates in 32 bits
SEEDS = -(2**63), 2**63 - 1  # that make a key


@dataclasses.dataclass(frozen=True)
class Request:
    """What a run is asked to be; `gan-course train` takes these words."""

    recipe: str  # one of recipes.IMAGES
    data: str = "mnist"  # one of runs.DATA
    seed: int = 0
    steps: int | None = None  # updates; when None, as many as fit into the minutes
    minutes: float | None = None  # DEFAULT_MINUTES when None
    conditional: bool = False  # generate digits of a chosen class


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
        return _checked(Plan(**read_json(path)))
    except (ValueError, TypeError, RecursionError) as error:
        raise RunError(
            f"{path} cannot be read ({error}). It says what the run is; restore it, or "
            "start again in another folder."
        ) from error


def _checked(plan: Plan) -> Plan:
    """Refuse a plan that no run wrote."""
    for field in dataclasses.fields(plan):
        value = getattr(plan, field.name)
        if type(value) is not field.type:
            name = field.type.__name__
            raise ValueError(f"{field.name} is {value!r}; expected {name}")
    if plan.recipe not in recipes.IMAGES or min(plan.steps, plan.checkpoint_every) < 1:
        raise ValueError("an unknown recipe, or numbers below 1")
    if plan.steps > MOST_STEPS or not SEEDS[0] <= plan.seed <= SEEDS[1]:
        raise ValueError("numbers that are too large")
    return plan


def resumed(folder: Path, request: Request) -> Plan | None:
    """Return the plan of a run that is to go on; refuse another one's request."""
    plan = read_plan(folder)
    if plan is None and checkpoints.steps(folder / CHECKPOINTS):
        raise RunError(
            f"{folder} holds checkpoints but no {PLAN}, which says what they are of. "
            "Name another folder with --out."
        )
    if plan is None:
        return None
    names = ("recipe", "data", "seed", "conditional")
    asked = {name: getattr(request, name) for name in names}
    asked |= {"steps": request.steps} if request.steps else {}
    other = [
        f"{name} {getattr(plan, name)}, not {value}"
        for name, value in asked.items()
        if getattr(plan, name) != value
    ]
    if other:
        raise RunError(
            f"the run in {folder} has {'; '.join(other)}. Its schedules depend on "
            "these. Give its own options, or name another folder with --out."
        )
    return plan


def make_plan(request: Request, images, say) -> Plan:
    """Fix the number of updates and the distance of checkpoints by a short trial."""
    seconds = seconds_a_step(request, images)
    minutes = request.minutes or DEFAULT_MINUTES
    steps = request.steps or max(1, round(60 * minutes / seconds))
    every = max(1, round(SAVE_EVERY / seconds))
    say(f"{request.recipe}: {steps} updates of about {1e3 * seconds:.3g} ms")
    return Plan(
        request.recipe, request.data, request.seed, steps, request.conditional, every
    )


def seconds_a_step(request: Request, images) -> float:
    """Time updates of a run that is thrown away."""
    recipe = recipe_of(request.recipe, 1000, request.conditional)
    source = batches(tuple(images), recipe.batch_size, recipe.gan.update.draws)
    state, _ = run(recipe.gan, recipe.init(jax.random.key(0)), source, 1)  # compiles
    steps, seconds = 1, 0.0
    while seconds < TRIAL:
        clock = time.perf_counter()
        state, _ = jax.block_until_ready(run(recipe.gan, state, source, steps))
        seconds, steps = time.perf_counter() - clock, 2 * steps
    return 2 * seconds / steps
