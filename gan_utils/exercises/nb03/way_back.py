"""Exercise: from an arrow on one sample back to the weights of a small generator."""

import jax
import jax.numpy as jnp

from gan_utils.by_hand import way_back
from gan_utils.exercises.exercise import Exercise, register


def _way_back(v, W, z, arrow):
    back = way_back(z, v, W, arrow)
    return back["v"], back["W"]


def _asleep_heard(v, W, z, arrow):
    return z * (W @ arrow), _way_back(v, W, z, arrow)[1]


def _gate_of_the_wish(v, W, z, arrow):
    return z * jax.nn.relu(W @ arrow), _way_back(v, W, z, arrow)[1]


def _relu_forgotten(v, W, z, arrow):
    return _way_back(v, W, z, arrow)[0], jnp.outer(z * v, arrow)


def _without_z(v, W, z, arrow):
    for_v, for_W = _way_back(v, W, z, arrow)
    return for_v / z, for_W


def _units_in_place_of_z(v, W, z, arrow):
    units = jax.nn.relu(z * v)
    return units * (W @ arrow), jnp.outer(units, arrow)


def _weight_in_place_of_unit(v, W, z, arrow):
    return _way_back(v, W, z, arrow)[0], W * arrow


def _lying_down(v, W, z, arrow):
    for_v, for_W = _way_back(v, W, z, arrow)
    return for_v, for_W.T


def _exchanged(v, W, z, arrow):
    return _way_back(v, W, z, arrow)[::-1]


def _against(v, W, z, arrow):
    return tuple(-asked for asked in _way_back(v, W, z, arrow))


def _small_networks(rng):
    """Networks in which some units sleep, for noise of both signs."""
    cases = []
    for units, z in ((3, 2.0), (4, -0.7), (7, 1.3), (9, -1.6)):
        v, W, arrow = rng.normal(size=(units,)), rng.normal(size=(units, 2)), [0.5, -2]
        v[0], v[1] = abs(v[0]), -abs(v[1])  # one awake, one asleep
        as_jax = [jnp.asarray(a, "float32") for a in (v, W, z, arrow)]
        cases.append(tuple(as_jax))
    return cases


task = register(
    Exercise(
        name="way_back",
        notebook="03",
        difficulty=3,
        minutes=10,
        reference=_way_back,
        cases=_small_networks,
        rtol=1e-3,
        atol=1e-4,
    )
)

task.wrong(
    _asleep_heard,
    "A unit that is asleep is not asked for anything: multiply what the units are "
    "asked by (units > 0).",
)
task.wrong(
    _gate_of_the_wish,
    "You silenced the units that are asked for less. What counts is whether a unit "
    "itself is awake, (units > 0); a unit that is awake may well be asked for less.",
)
task.wrong(
    _relu_forgotten,
    "For W you used z * v where the units belong. Pass it through ReLU first: a unit "
    "that is asleep is worth 0, and so its weights have no effect.",
)
task.wrong(
    _without_z,
    "The first weights are multiplied by z on their way to their units, so what a "
    "unit is asked counts z times for its weight.",
)
task.wrong(
    _units_in_place_of_z,
    "For v you multiplied by the units. The number that meets v on its way is the "
    "noise z.",
)
task.wrong(
    _weight_in_place_of_unit,
    "For W you multiplied the arrow by the weights. Weights carry the wish on to the "
    "units; what a weight itself is asked is its unit times the arrow.",
)
task.wrong(
    _lying_down,
    "What W is asked has the shape (2, units). Units come first, as in W: "
    "jnp.outer(units, arrow).",
)
task.wrong(_exchanged, "You returned W's part first. Return the pair (for_v, for_W).")
task.wrong(
    _against,
    "Your signs are turned round: the sample would go against the arrow. A slope of a "
    "loss has a minus sign; an arrow says where to go and has none.",
)
