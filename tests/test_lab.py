"""The find-the-bug lab: each bug is caught, and any true repair is accepted."""

import jax
import jax.numpy as jnp
import pytest
from jax.nn import leaky_relu, log_sigmoid, relu, softplus

from gan_utils.exercises import nb06
from gan_utils.exercises.nb06.bugs import IMPORTS
from gan_utils.exercises.nb06.experiments import remaining_symptom
from gan_utils.exercises.nb06.world import World

NUMBERS = range(1, 11)
SAYS = {  # words of the symptom that is left in each broken text
    1: "the samples have mean",
    2: "calls both data",
    3: "straight line",
    4: "ends in NaN",
    5: "generator's parameters do not change",
    6: "learned no difference",
    7: "trained to be wrong",
    8: "cannot leave",
    9: "no slope ever corrects her",
    10: "still moves",
}


pytestmark = pytest.mark.usefixtures("settings_of_a_learner")


def function(text: str, part: str):
    space = {}
    exec(IMPORTS + text, space)
    return space[part]


def test_there_are_ten_bugs_of_a_few_lines():
    assert len(nb06.BUGS) == 10
    for number in NUMBERS:
        bug = nb06.bug(number)
        assert 3 <= len(bug.broken.splitlines()) <= 16
        assert bug.broken.startswith(f"def {bug.part}(")
        assert nb06.text(number) == bug.broken
    with pytest.raises(ValueError, match="expected 1 to 10"):
        nb06.bug(11)


def test_the_sound_world_has_no_symptom():
    assert remaining_symptom(World()) == ""


@pytest.mark.parametrize("number", NUMBERS)
def test_the_broken_text_is_caught_and_its_repair_accepted(number):
    bug = nb06.bug(number)
    caught = nb06.check(number, function(bug.broken, bug.part))
    assert not caught.passed and SAYS[number] in caught.message, caught
    assert bug.named not in caught.message
    repaired = nb06.check(number, function(bug.repaired, bug.part))
    assert repaired.passed and bug.named in repaired.message, repaired


def hinge(D, G, d, g, x, z):
    return (relu(1 - D(d, x)) + relu(1 + D(d, G(g, z)))).mean()


def paper(D, G, d, g, x, z):
    return -(log_sigmoid(D(d, x)) + log_sigmoid(-D(d, G(g, z)))).mean()


def saturating(D, G, d, g, z):
    return -softplus(D(d, G(g, z))).mean()


def halved(raw):
    return raw / 255.0


def bent(d, x):
    return jnp.tanh(x @ d["v"] + d["a"]) @ d["w"] + d["b"]


def smoothed(D, G, d, g, x, z):
    def cross_entropy(logit, label):
        return softplus(logit) - label * logit

    return (cross_entropy(D(d, x), 0.8) + cross_entropy(D(d, G(g, z)), 0.2)).mean()


def small_squares(D, G, d, g, x, z):
    return 0.01 * ((D(d, x) - 1) ** 2 + (D(d, G(g, z)) + 1) ** 2).mean()


def relativistic(D, G, d, g, x, z):
    return softplus(D(d, G(g, z)) - D(d, x)).mean()


def decaying(D, G, d_loss, g_loss, d, g, x, z, rate):
    to_d = jax.grad(lambda d: d_loss(D, G, d, g, x, z))(d)
    d = jax.tree.map(lambda p, slope: 0.999 * p - rate * slope, d, to_d)
    to_g = jax.grad(lambda g: g_loss(D, G, d, g, z))(g)
    return d, jax.tree.map(lambda p, slope: p - rate * slope, g, to_g)


@pytest.mark.parametrize(
    "number, repair",
    [
        (7, hinge),
        (7, smoothed),
        (7, small_squares),
        (7, relativistic),
        (2, paper),
        (5, saturating),
        (8, halved),
        (3, bent),
        (10, decaying),
    ],
)
def test_repairs_that_nobody_wrote_down_are_accepted(number, repair):
    assert nb06.check(number, repair).passed, nb06.check(number, repair)


def both_fake(D, G, d, g, x, z):
    return (softplus(D(d, x)) + softplus(D(d, G(g, z)))).mean()


def cut_off(raw):
    return jnp.clip(raw - 127.5, -1, 1)


def resting(D, G, d_loss, g_loss, d, g, x, z, rate):
    to_d = jax.grad(lambda d: d_loss(D, G, d, g, x, z))(d)
    return jax.tree.map(lambda p, slope: p - rate * slope, d, to_d), g


def bent_outside(d, x):
    hidden = x @ d["v"] + d["a"]
    return leaky_relu(hidden @ d["w"] + d["b"])


def noise_as_fakes(D, G, d, g, x, z):
    return (softplus(-D(d, x)) + softplus(D(d, jnp.tanh(z)))).mean()


@pytest.mark.parametrize(
    "number, attempt, says",
    [
        (7, both_fake, "calls both fake"),
        (8, cut_off, "values are lost"),
        (10, resting, "the step leaves them"),
        (3, bent_outside, "bend comes after the last sum"),
        (2, noise_as_fakes, "not from G"),
    ],
)
def test_a_new_mistake_is_named(number, attempt, says):
    verdict = nb06.check(number, attempt)
    assert not verdict.passed and says in verdict.message, verdict


@pytest.mark.parametrize("small, says", [(1e-7, "flat"), (1e-8, "ends in NaN")])
def test_a_small_constant_inside_the_logarithm_is_no_cure(small, says):
    """As the hint of bug 4 says: where the loss becomes finite, its slope is 0."""

    def patched(D, G, d, g, x, z):
        p, q = jax.nn.sigmoid(D(d, x)), jax.nn.sigmoid(D(d, G(g, z)))
        return -(jnp.log(p + small) + jnp.log(1 - q + small)).mean()

    verdict = nb06.check(4, patched)
    assert not verdict.passed and says in verdict.message, verdict


def test_an_attempt_that_does_not_run_is_told_why():
    def forgotten(D, G, d, g, z):
        return D(d, G(g, noise)).mean()  # noqa: F821

    verdict = nb06.check(1, forgotten)
    assert not verdict.passed and "NameError" in verdict.message
    with pytest.raises(ValueError, match="expected the function g_loss"):
        nb06.check(1, 0.3)
