"""Taking the best generator down from the wall, scoring a new one, hanging it up."""

import re
from importlib import resources

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import shipped as shipped_files
from gan_utils.gallery import folder, scores
from gan_utils.gallery.board import Board
from gan_utils.metrics import faces_report
from gan_utils.plots import sheet
from gan_utils.training import GAN, GANState, Player, cosine
from gan_utils.training.recipes import faces32
from gan_utils.training.recipes.quantised import named_leaves
from gan_utils.training.recipes.recipe import Recipe
from gan_utils.whole_files import write_with

FIRST = "00"  # it trains from scratch, the others go on from `start`
SHIPPED = "start.npz"  # in half precision; made by `train_start`
SHA256 = "39df7af4db19362eff69d2c498b7cbab3185a6f62e0a236fa4d9d101b253333a"
SAMPLE_KEY = 2026  # of the faces that are scored, the same for everybody
RATE = 1e-3, 2e-5  # at first and in the end: 4e-3 would undo what is there
SHOWN = 24  # faces on a sheet: the first ones, not the best ones


def start(steps: int = 1000, **hyper) -> tuple[Recipe, GANState]:
    """Take the best networks so far, to train them on.

    They are the learner's own, from their gallery, or, where that is empty, what the
    course ships. The optimisers start afresh.

    Args:
        steps: updates that the schedules of the recipe are made for.
        hyper: hyper-parameters that replace the recipe's, as in `GAN.init`. The rate
            begins at a quarter of the recipe's, since the networks know a lot already.

    Returns:
        The recipe, `faces32`, and the state of a run that has just begun.

    Raises:
        ValueError: the gallery's file is damaged.
    """
    recipe = faces32(steps)
    gently = {"learning_rate": cosine(*RATE, steps)}
    recipe = recipe._replace(hyper=recipe.hyper | gently | hyper)
    arrays, score = folder.read_best(folder.home() / folder.BEST) or shipped()
    averaged = {n: a for n, a in arrays.items() if n.startswith("ema.")}
    arrays = {n.replace("ema.", "g.", 1): a for n, a in averaged.items()} | arrays
    state = recipe.init(jax.random.key(score.updates))
    return recipe, filled(state, arrays)


def shipped() -> tuple[dict, scores.Score]:
    """Read the networks that come with the course, and their score."""
    file = resources.files(__package__) / SHIPPED
    what = "the course's networks for the gallery"
    return folder.unpack(shipped_files.read(file, SHA256, what))


def keep(notebook: str, gan: GAN, state: GANState) -> Board:
    """Score a generator of faces, and hang it up if it is the best so far.

    The score goes on the scoreboard in any case; a better generator is never
    overwritten by a worse one. Where nothing hangs yet, what the course ships is the
    one to beat, but for notebook 00, which begins anew.

    Args:
        notebook: its number, "03".
        gan: a structure with the networks of `faces32`.
        state: of its run.

    Returns:
        The scoreboard.

    Raises:
        ValueError: no number of a notebook, other networks than those of `faces32`, or
            a damaged gallery.
        OSError: the gallery cannot be written.
    """
    if not (isinstance(notebook, str) and re.fullmatch(r"[0-9]{2}", notebook)):
        raise ValueError(
            f"notebook is {notebook!r}; expected its number as text of two digits, "
            'such as "03". Likely cause: a number without quotation marks.'
        )
    arrays = named(state)
    like = {k: v.shape for k, v in named(faces32().gan.outline).items()}
    if {k: v.shape for k, v in arrays.items()} != like:
        raise ValueError(
            "gan has other networks than faces32(); expected the same, so that every "
            "notebook can go on with them. Losses, penalties and rules may differ."
        )
    x = gan.sample(state, jax.random.key(SAMPLE_KEY), scores.SAMPLES)
    home = folder.home()
    best = folder.read_best(home / folder.BEST)
    start = best or (None if notebook == FIRST else shipped())
    before = 0 if notebook == FIRST else start[1].updates
    new = scores.score(faces_report(x), notebook, before + state.updates)
    folder.write_score(home, new)
    if new.better_than(start and start[1]):
        folder.write_best(home, {k: np.asarray(v) for k, v in arrays.items()}, new)
        _write_sheet(home, x)
    return scoreboard()


def scoreboard() -> Board:
    """Show all scores so far, beside drawn faces."""
    return Board(tuple(folder.read_scores(folder.home())))


def _write_sheet(home, x):
    page = sheet(x[:SHOWN], columns=8)
    write_with(home / folder.SHEET, lambda file: page.savefig(file, format="png"))


def named(state: GANState) -> dict:
    """List the arrays of both networks and of the averaged generator by name."""
    return dict(named_leaves(_networks(state)))


def _networks(state: GANState) -> dict:
    d, g = (player.variables.params for player in (state.d, state.g))
    return {"d": d, "ema": state.ema, "g": g}  # in the order in which JAX keeps a dict


def filled(state: GANState, arrays: dict) -> GANState:
    """Put named arrays into a state of the same networks."""
    shapes = {name: leaf.shape for name, leaf in named(state).items()}
    if shapes != {name: array.shape for name, array in arrays.items()}:
        raise ValueError(
            "the gallery holds other networks than this version of the course trains. "
            "Move the folder my_gallery away and begin with notebook 00."
        )
    leaves = [jnp.asarray(arrays[name], "float32") for name in shapes]
    new = jax.tree.unflatten(jax.tree.structure(_networks(state)), leaves)
    return state._replace(
        d=_with(state.d, new["d"]), g=_with(state.g, new["g"]), ema=new["ema"]
    )


def _with(player: Player, params) -> Player:
    return player._replace(variables=player.variables._replace(params=params))
