"""Experiments that show whether a small GAN works, and if not, what is still wrong."""

from functools import partial

import jax
import jax.numpy as jnp

from gan_utils.exercises.nb06.world import (
    BATCH,
    HIDDEN,
    LEASH,
    RATE,
    STEPS,
    World,
    noise,
    play,
    raw_data,
    start,
)

SEPARATED = 1.0  # least gap of D's mean logits on data and on fakes that are far off


def remaining_symptom(world: World) -> str:
    """Try a world and say what still goes wrong.

    A world whose samples come to lie where the data are has passed, whatever its
    losses are; D alone is asked only to explain why they do not.

    Args:
        world: the parts, one of them the learner's.

    Returns:
        A sentence, or "" when everything works.
    """
    for experiment in (_reach, _extremes, _corrected, _straight, _one_step):
        if message := experiment(world):
            return message
    duel = _duel(world)
    return duel and (_d_alone(world) or _without_g(world) or duel)


def _batch(world: World):
    """Draw data and noise, (64, 1) each."""
    x = world.prepare(jnp.asarray(raw_data(BATCH, seed=2)))
    return x, jnp.asarray(noise(BATCH, seed=2))


def _reach(world: World) -> str:
    """Compare the range of the data with that of the generator."""
    x, _ = _batch(world)
    reach = float(jnp.abs(x).max())
    if reach > 1.05:
        return f"the data reach {reach:.3g}; G ends in tanh and cannot leave [-1, 1]."
    if float((jnp.abs(x) > 0.999).mean()) > 0.5:
        return "most of the data lie at -1 or 1: their values are lost."
    return ""


def _extremes(world: World) -> str:
    """Ask the losses of a D that is very sure."""
    for name, (value, slope) in _sure_losses(world).items():
        if not _finite(value, slope):
            return (
                f"with a D whose logits are in the hundreds, {name}'s loss is not "
                "finite, or its gradient. In a long run that ends in NaN."
            )
    return ""


def _corrected(world: World) -> str:
    """See whether D's loss pulls at a D that is surely wrong, of data or of fakes."""
    _, slope = _sure_losses(world)["D"]
    if _moved(jax.tree.map(jnp.zeros_like, slope), slope) < 1e-6:
        return (
            "with a D that is wrong and very sure of it, D's loss is flat: no slope "
            "ever corrects her."
        )
    return ""


@partial(jax.jit, static_argnames="world")
def _sure_losses(world: World) -> dict:
    """Compute both losses and their gradients for D's last weights at 40 and -40."""
    d, g = start()
    x, z = _batch(world)
    losses = {
        "D": lambda d: world.d_loss(world.D, world.G, d, g, x, z),
        "G": lambda d: world.g_loss(world.D, world.G, d, g, z),
    }
    last = jnp.stack([40.0 * jnp.ones_like(d["w"]), -40.0 * jnp.ones_like(d["w"])])

    def ask(loss):
        return jax.vmap(lambda w: jax.value_and_grad(loss)(d | {"w": w}))(last)

    return {name: ask(loss) for name, loss in losses.items()}


def _straight(world: World) -> str:
    """See whether D, with any last weights, is a straight line in x, or monotone."""
    x = jnp.linspace(-0.8, 1.0, 19)[:, None]
    last = jnp.asarray(noise(16, HIDDEN))  # sixteen draws of D's last weights
    rises = jnp.diff(_opinions(world, last, x), axis=1)
    if bool((jnp.ptp(rises, 1) < 1e-4 * jnp.abs(rises).sum(1)).all()):
        return (
            "D is a straight line in x, whatever its weights. It can tell left from "
            "right, but never narrow fakes from wide data at the same place."
        )
    one_way = (rises >= 0).all(1) | (rises <= 0).all(1)
    if bool(one_way.all() & rises.any()):
        return (
            "D only rises with x, or only falls, whatever its weights: the bend comes "
            "after the last sum, where the two sums are still one straight line."
        )
    return ""


@partial(jax.jit, static_argnames="world")
def _opinions(world: World, last, x):
    """Ask D with each of several last weights (N, HIDDEN, 1): logits (N, B)."""
    d, _ = start()
    return jax.vmap(lambda w: world.D(d | {"w": w}, x).ravel())(last)


def _one_step(world: World) -> str:
    """See whose loss moves whom in one step."""
    for who, (before, after) in _moves_by_the_other(world).items():
        if _moved(before, after) > 1e-6:
            return (
                f"with {who}'s own loss at 0, {who} still moves: the other player's "
                "loss moves it."
            )
    return ""


@partial(jax.jit, static_argnames="world")
def _moves_by_the_other(world: World) -> dict:
    """Make a step with one player's loss at 0: that player, without and with the
    other's loss. (Without any loss it may still shrink, as under weight decay.)"""
    d, g = start()
    d["w"] = d["w"] + 0.1  # with last weights of 0 no gradient reaches G
    x, z = _batch(world)

    def none(*_):
        return jnp.zeros(())

    def step(d_loss, g_loss):
        return world.step(world.D, world.G, d_loss, g_loss, d, g, x, z, RATE)

    alone = step(none, none)
    return {
        "D": (alone[0], step(none, world.g_loss)[0]),
        "G": (alone[1], step(world.d_loss, none)[1]),
    }


def _d_alone(world: World) -> str:
    """Train D alone against fakes that are easy to recognise."""
    d, g = start(shift=-1.5, scale=0.05)
    d["w"] = d["w"] + 0.1  # at 0 a loss that is no use may have no slope either
    course = play(world, (d, g), False)
    if not _finite(course.end, course.loss):
        return f"after {STEPS} updates of D alone its parameters are not finite."
    if _moved(LEASH**STEPS * d["w"], course.end[0]["w"]) < 1e-6:
        return "D's parameters do not change: no gradient reaches them."
    on_data, on_fakes = float(course.on_data.mean()), float(course.on_fakes.mean())
    told = (
        f"trained alone, D gives data a mean logit of {on_data:.2f} and fakes, which "
        f"lie far away, {on_fakes:.2f}"
    )
    if on_data - on_fakes < -SEPARATED:
        return f"{told}: it is trained to be wrong."
    if on_data - on_fakes < SEPARATED:
        if min(on_data, on_fakes) > SEPARATED:
            return f"{told}: it calls both data."
        if max(on_data, on_fakes) < -SEPARATED:
            return f"{told}: it calls both fake."
        return f"{told}: it has learned no difference."
    return ""


def _without_g(world: World) -> str:
    """See whether D's loss changes with what G draws."""
    d, here = start()
    d["w"] = d["w"] + 0.1  # with last weights of 0 D has one answer for all
    there = start(shift=0.5)[1]
    x, z = _batch(world)
    losses = [float(world.d_loss(world.D, world.G, d, g, x, z)) for g in (here, there)]
    if losses[0] == losses[1]:
        return "D's loss is the same whatever G draws: what D is shown is not from G."
    return ""


def _duel(world: World) -> str:
    """Train both and compare the samples with the data."""
    course = play(world, start(), True)
    if not _finite(course.end):
        return f"after {STEPS} updates the parameters are not finite."
    if _moved(course.start[1], course.end[1]) < 1e-6:
        return (
            "the generator's parameters do not change: no gradient reaches them, or "
            "the step leaves them."
        )
    (mean, width), (goal, wide) = (
        (float(rows.mean()), float(rows.std())) for rows in (course.fakes, course.data)
    )
    if abs(mean - goal) < 0.75 * wide and 0.4 < width / wide < 2.0:
        return ""
    return (
        f"after {STEPS} updates the samples have mean {mean:.2f} and deviation "
        f"{width:.2f}, the data {goal:.2f} and {wide:.2f}."
    )


def _finite(*trees) -> bool:
    return all(bool(jnp.isfinite(leaf).all()) for leaf in jax.tree.leaves(trees))


def _moved(before, after) -> float:
    pairs = zip(jax.tree.leaves(before), jax.tree.leaves(after), strict=True)
    return max(float(jnp.abs(a - b).max()) for a, b in pairs)
