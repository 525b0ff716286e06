"""The lab as pure functions for a page: what `gan_utils.page` turns into programs.

A page has five programs at work, each for few choices, so that choices combine freely:

    data    draws batches of one data set, and knows its density and its modes
    noise   draws the latents of one prior
    start   makes the state of step 0 of two networks with one optimiser
    train   makes their single moves under one loss, penalty and optimiser
    look    says what both networks say of the view, under any loss

Numbers that the lab can change without a new structure are arguments. How many moves an
update has is counted by the page: it asks for one move after the other, as
`Alternating` does. What is drawn for a move does not depend on how much is drawn at
once, so a page draws for at least as many moves as it needs.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.data import batches, latents
from gan_utils.data.streams import INSIDE, stream
from gan_utils.lab import picture, slow, view
from gan_utils.lab.frame import ARROW_COUNT, POINTS
from gan_utils.lab.loss_readings import READINGS
from gan_utils.lab.settings import Settings
from gan_utils.lab.structure import hyper_of, setup_of
from gan_utils.losses import LOSSES
from gan_utils.training import GANState, step
from gan_utils.training.state import Player

BLOCK = 16  # updates that are drawn for at once
DRAWS = (1, 2, 3, 5, 10)  # batches of data in an update
MOVES = (2, 3, 4, 6, 11, 20)  # batches of latents in an update
ROW = 20  # places whose density is computed at once

KEY = jax.eval_shape(lambda: jax.random.key(0))
NUMBER = jax.ShapeDtypeStruct((), "int32")
SEED = jax.ShapeDtypeStruct((), "uint32")


class Program(NamedTuple):
    """Functions and what they start from, as `gan_utils.page.module` takes them."""

    functions: dict[str, tuple[Callable, tuple[str, ...]]]
    given: dict[str, Any]


def data(settings: Settings) -> Program:
    """Draw, evaluate and count the modes of the settings' data, in their batches.

    The points of a drawing are an argument; every other set is part of its program.
    """
    setup = setup_of(settings)
    drawn = settings.data == "drawing"
    own, wanted = ({"source": setup.source}, ("source",)) if drawn else ({}, ())

    def of(source):
        return source[0] if source else setup.source

    def draw(k):
        def many(key, now, *source):
            rows = batches(of(source), settings.batch, k)
            later = now + jnp.arange(BLOCK)
            return {f"x{k}": jax.vmap(lambda at: rows.draw(key, at))(later)}

        return many

    def real(seed, *source):
        points = of(source).sample(jax.random.key(seed), view.SAMPLE)
        return {"points": points}

    def density(places, *source):
        rows = places.reshape(-1, ROW, *dim)
        found = jax.lax.map(lambda x: of(source).log_prob(x), rows)
        return {"log_density": found.reshape(-1)}

    def modes(seen, *source):
        return {"modes": picture.modes(of(source), seen)}

    dim = (setup.source.dim,)
    functions = {f"draw{k}": (draw(k), ("key", "step", *wanted)) for k in DRAWS}
    functions |= {
        "real": (real, ("seed", *wanted)),
        "density": (density, ("places", *wanted)),
        "modes": (modes, ("seen", *wanted)),
    }
    given = {"key": KEY, "step": NUMBER, "seed": SEED}
    given |= {"places": cells(*dim), "seen": floats(POINTS, *dim)}
    return Program(functions, given | own)


def noise(settings: Settings) -> Program:
    """Draw the latents of updates, and those that every picture shows."""
    prior = setup_of(settings).gan.latent

    def draw(m):
        def many(key, now):
            one = lambda at: latents.draw(prior, m, key, at, settings.batch)  # noqa: E731
            return {f"z{m}": jax.vmap(one)(now + jnp.arange(BLOCK))}

        return many

    functions = {f"draw{m}": (draw(m), ("key", "step")) for m in MOVES}
    functions["view"] = (lambda: {"view": view.drawn(prior)}, ())
    return Program(functions, {"key": KEY, "step": NUMBER})


def start(settings: Settings) -> Program:
    """Make the state of step 0 from a seed."""
    gan = setup_of(settings).gan

    def begin(seed):
        return {"state": gan.init(jax.random.key(seed), **hyper_of(settings))}

    return Program({"begin": (begin, ("seed",))}, {"seed": SEED})


def train(settings: Settings) -> Program:
    """Move one network once, report, and end an update."""
    gan = setup_of(settings).gan
    dim, size = gan.sample_shape[0], gan.latent.size

    def turn(state, x, z, move):
        # A key split into many is the key with each one's number folded in.
        key = jax.random.fold_in(stream(state.key, state.step, INSIDE), move)
        return step.Turn(x, None, z, key)

    def move_d(state, *what):
        state, said = step.move_d(gan, state, turn(state, *what))
        return {"state": state, "said": said}

    def move_g(state, *what):
        state, said = step.move_g(gan, state, turn(state, *what))
        return {"state": state, "answered": said}

    def report(state, *what):
        return {"report": step.look(gan, state, turn(state, *what))}

    what = ("state", "x", "z", "move")
    functions = {
        "move_d": (move_d, what),
        "move_g": (move_g, what),
        "report": (report, what),
        "end": (lambda state: {"state": step.average(state)}, ("state",)),
    }
    given = {
        "state": gan.outline,
        "x": floats(settings.batch, dim),
        "z": floats(settings.batch, size),
        "move": NUMBER,
    }
    return Program(functions, given)


def look(settings: Settings) -> Program:
    """Take the picture, move the points of the arrows, and explain an update.

    The loss that both networks are judged by is an argument: its place in LOSSES.
    """
    setup = setup_of(settings)
    gan, dim = setup.gan, setup.source.dim
    size, state = gan.latent.size, setup.gan.outline

    def of(d, g):
        return GANState(Player(d, None), Player(g, None), *[None] * 4)

    def take(d, g, z, nodes, places, real, loss):
        seen = (z, nodes, places, real, *chosen(loss))
        return {"seen": picture.compared(gan, of(d, g), *seen)._asdict()}

    def points(d, g, few):
        return {"placed": picture.place(gan, of(d, g), few)}

    def phases(d, g, new_d, new_g, x, z_d, z_g, places, loss):
        shown = (x, z_d, z_g, places, *chosen(loss))
        return {"phases": slow.explain(gan, of(d, g), of(new_d, new_g), *shown)}

    networks = {"d": state.d.variables, "g": state.g.variables}
    batch = floats(settings.batch, size)
    given = networks | {f"new_{name}": tree for name, tree in networks.items()}
    given |= {
        "z": floats(view.SAMPLE, size),
        "nodes": floats(len(view.net(gan.latent).nodes), size),
        "places": cells(dim),
        "real": floats(POINTS, dim),
        "few": floats(ARROW_COUNT, size),
        "x": floats(settings.batch, dim),
        "z_d": batch,
        "z_g": batch,
        "loss": NUMBER,
    }
    shown = ("new_d", "new_g", "x", "z_d", "z_g", "places", "loss")
    functions = {
        "take": (take, ("d", "g", "z", "nodes", "places", "real", "loss")),
        "points": (points, ("d", "g", "few")),
        "explain": (phases, ("d", "g", *shown)),
    }
    return Program(functions, given)


def chosen(loss) -> tuple[Callable, Callable]:
    """Choose a loss and its reading by their number in LOSSES, within a program."""

    def pair(real, fake):
        return jax.lax.switch(loss, list(LOSSES.values()), real, fake)

    def reading(scores, middle, spread):
        every = [row.probability for row in READINGS.values()]
        return jax.lax.switch(loss, every, scores, middle, spread)

    return pair, reading


def cells(dim: int) -> jax.ShapeDtypeStruct:
    """Describe the places of the view's cells."""
    return floats(*view.centres(dim).shape)


def floats(*shape: int) -> jax.ShapeDtypeStruct:
    """Describe an array of single precision."""
    return jax.ShapeDtypeStruct(shape, "float32")


PROGRAMS = {"data": data, "noise": noise, "start": start, "train": train, "look": look}
