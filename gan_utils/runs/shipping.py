"""Pack finished runs as the generators that come with the course.

The averaged generator is written with 8 bits a weight, and measured as it was written,
beside the same samples before rounding.
"""

import datetime
from pathlib import Path

from gan_utils import array_files, shipped
from gan_utils.runs import judging, training
from gan_utils.runs.drawing import draw
from gan_utils.runs.plan import CHECKPOINTS, Request, read_plan
from gan_utils.saving import checkpoints
from gan_utils.training import recipes
from gan_utils.training.recipes import pretrained_generators, quantised
from gan_utils.whole_files import read_json, write_json

HOME = Path(recipes.__file__).parent / pretrained_generators.FOLDER
CONDITIONAL = "-conditional"  # ends the name of a class-conditional version
FULL = {  # updates: about six to twelve minutes each on two quick cores
    "brain": 36_000,
    "calculus": 100_000,
    "probability": 15_000,
    "art": 36_000,
    "mechanism": 36_000,
    "mlp28": 80_000,
    "dcgan28": 20_000,
    "dcgan28" + CONDITIONAL: 4_972,
}


def request_for(
    name: str,
    seed: int = 0,
    steps: int | None = None,
    minutes: float | None = None,
) -> Request:
    """Ask for the run on MNIST that a name stands for.

    Args:
        name: of a recipe in recipes.IMAGES; with `-conditional`, of its version with
            classes.
        seed: of the run.
        steps: updates.
        minutes: time, when steps is None.
    """
    return Request(
        recipe=name.removesuffix(CONDITIONAL),
        seed=seed,
        steps=steps,
        minutes=minutes,
        conditional=name.endswith(CONDITIONAL),
    )


def pack(name: str, folder: Path, home: Path = HOME) -> dict:
    """Write a finished run's averaged generator and how it came about.

    Args:
        name: which the weights are loaded by.
        folder: of a finished run.
        home: folder to write to.

    Returns:
        The entry of `weights.json`.
    """
    home.mkdir(exist_ok=True)
    plan, report = read_plan(folder), _read(folder / training.REPORT)
    recipe, state = plan.begin()
    state, _ = checkpoints.restore(folder / CHECKPOINTS, recipe.gan, state)
    averaged = state.g.variables._replace(params=state.ema)
    file = home / f"{name}.npz"
    sha256 = shipped.write(file, quantised.quantise(averaged))
    entry = {
        "recipe": plan.recipe,
        "conditional": plan.conditional,
        "data": plan.data,
        "seed": plan.seed,
        "steps": plan.steps,
        "seconds": report["seconds"],
        "sha256": sha256,
        "bytes": file.stat().st_size,
        "date": datetime.date.today().isoformat(),
        "versions": report["versions"] | {"python": report["python"]},
        "device": report["device"],
        "before_rounding": report["metrics"],
        "metrics": _measured(recipe.gan, state, plan, file),
    }
    about = _read(home / pretrained_generators.PROVENANCE) | {name: entry}
    order = [known for known in FULL if known in about]
    write_json(
        home / pretrained_generators.PROVENANCE,
        {known: about[known] for known in order},
    )
    pretrained_generators.provenance.cache_clear()
    return entry


def _measured(gan, state, plan, file: Path) -> dict:
    """Judge samples of the weights as they were written."""
    variables = quantised.restore(gan.generator, array_files.unpack(file.read_bytes()))
    player = state.g._replace(variables=variables)
    rounded = state._replace(g=player, ema=variables.params)
    x, y = draw(gan, rounded, training.SAMPLES, plan.seed)
    return judging.judged(x, y, training.load(plan.data, "test"), plan.data)


def _read(path: Path) -> dict:
    return read_json(path) if path.is_file() else {}
